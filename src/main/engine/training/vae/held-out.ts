import { slice, tensor4d } from '@tensorflow/tfjs-core';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import { ok, type Result } from '../../../../shared/result';
import type { Weights } from '../../../learning/network/weights';
import { randomFor } from '../../../learning/training/data-order';
import type { Exchange } from '../../../learning/training/exchange';
import { measurePictures, overlapOfPictures } from '../../../learning/vae/training/validate';
import type { Validation } from '../course';
import type { PictureSource } from './source';

/** Pictures that go through the network together. */
const GROUP = 64;
/** Pictures whose maps are compared: all pairs of latents cost more than everything else. */
const OVERLAPS = 64;
/** Latents whose divergence is recorded one by one. */
const NAMED_LATENTS = 64;
/** Nats from which a latent is said to be used. */
const ACTIVE = 0.01;

/** `count` indices of a source, spread evenly. */
export function spreadIndices(source: PictureSource, count: number): number[] {
  const taken = Math.min(count, source.count);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * source.count) / taken));
}

/** [N * H * W * C] of pictures, 0..1. */
export async function readImages(
  source: PictureSource,
  indices: readonly number[],
  { height, width, channels }: VaeTraining['network'],
): Promise<Result<Float32Array>> {
  const size = height * width * channels;
  const images = new Float32Array(indices.length * size);
  const reads = indices.map((index, i) => source.read(index, images.subarray(i * size, (i + 1) * size)));
  for (const read of await Promise.all(reads)) if (!read.ok) return read;
  return ok(images);
}

/**
 * Loss per held-out picture and its terms, by codes whose noise is always the same; divergence per latent; where
 * attention is trained, the mean overlap of all pairs of latents. Workers share the pictures and all get the result.
 */
export async function validateVae(
  config: VaeTraining,
  source: PictureSource,
  weights: Weights,
  exchange: Exchange,
): Promise<Result<Validation>> {
  const { network, seed, attention } = config;
  const { height, width, channels, latent } = network;
  const indices = spreadIndices(source, config.validation.pictures);
  const sums = new Float32Array(3 + latent);
  for (let from = exchange.rank * GROUP; from < indices.length; from += GROUP * exchange.count) {
    const group = indices.slice(from, from + GROUP);
    const images = await readImages(source, group, network);
    if (!images.ok) return images;
    const noise = new Float32Array(group.length * latent);
    group.forEach((_, i) => {
      const random = randomFor(seed, 'heldOut', from + i);
      for (let d = 0; d < latent; d++) noise[i * latent + d] = random.normal();
    });
    const batch = tensor4d(images.value, [group.length, height, width, channels]);
    const measured = await measurePictures(config, weights, batch, noise);
    sums[0] += measured.reconstruction;
    measured.divergence.forEach((value, d) => (sums[3 + d] += value));
    const compared = Math.min(group.length, OVERLAPS - from);
    if (attention !== null && compared > 0) {
      const some = slice(batch, 0, compared);
      const random = randomFor(seed, 'heldOut', 0);
      sums[1] += await overlapOfPictures(config, weights, some, attention.layer, random);
      sums[2] += compared;
      some.dispose();
    }
    batch.dispose();
  }
  exchange.average(sums);
  const total = indices.length / exchange.count;
  const perLatent = [...sums.subarray(3)].map((value) => value / total);
  const reconstruction = sums[0] / total;
  const divergence = perLatent.reduce((sum, value) => sum + value, 0);
  const overlap = attention === null ? 0 : sums[1] / sums[2];
  const loss =
    reconstruction + config.beta * divergence + (attention === null ? 0 : attention.weight * overlap);
  const figures: Record<string, number> = {
    validationLoss: loss,
    validationReconstruction: reconstruction,
    validationDivergence: divergence,
    activeLatents: perLatent.filter((value) => value > ACTIVE).length,
  };
  if (attention !== null) figures.validationOverlap = overlap;
  perLatent.slice(0, NAMED_LATENTS).forEach((value, d) => (figures[`divergenceOfLatent${d + 1}`] = value));
  return ok({ figures, value: loss });
}
