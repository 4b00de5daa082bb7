import {
  add,
  cast,
  mul,
  range,
  relu,
  slice,
  tensor1d,
  tensor2d,
  topk,
  type Scalar,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { VaeNetwork, VaeTraining } from '../../../../shared/recipes/vae';
import type { Random } from '../../../../shared/random';
import { withoutGradient } from '../../network/constant';
import { inferencePass } from '../../network/pass';
import type { Weights } from '../../network/weights';
import { traceEncoder, type TracedEncoder } from '../network/encoder';
import { weightsOfSeeds } from './maps';
import { attentionOverlap } from './overlap';
import { meanSeeds, sampleSeeds, type Seeds } from './seeds';
import { response, weightedMaps } from './weighting';

export type AttentionLossOptions = Pick<
  NonNullable<VaeTraining['attention']>,
  'layer' | 'mode' | 'pairs' | 'latent'
>;

const PAPER = { variant: 'paper', activation: 'post' } as const;

/**
 * The overlap of different latents' maps (Liu et al. 2020, Eq. 5) of pictures [N, H, W, C] in 0..1, at the map's own
 * resolution, mean over pictures and pairs; a scalar in 0..1 to be differentiated. Its gradient reaches the weights
 * through the map and through alpha, itself a gradient; with 'detachAlpha' through the map alone, with 'none' not at
 * all. Batch normalisation goes by the moving statistics. One pair is drawn for the whole batch.
 */
export function attentionLoss(
  network: VaeNetwork,
  weights: Weights,
  images: Tensor4D,
  options: AttentionLossOptions,
  random: Random,
): Scalar {
  if (network.latent < 2) throw new Error('Attention of two latents takes a network with two of them.');
  const loss = () => overlapOfPairs(network, weights, images, options, random);
  return options.mode === 'none' ? withoutGradient(loss) : loss();
}

function overlapOfPairs(
  network: VaeNetwork,
  weights: Weights,
  images: Tensor4D,
  { layer, mode, pairs, latent }: AttentionLossOptions,
  random: Random,
): Scalar {
  const encoder = traceEncoder(network, inferencePass(weights), images);
  const noise = latent === 'z' ? drawNoise(images.shape[0], network.latent, random) : null;
  const seedsOf = (latents: Tensor): Seeds =>
    noise === null ? meanSeeds(latents, network.latent) : sampleSeeds(latents, encoder, noise);
  const chosen = choose(pairs, network.latent, random, () =>
    strongest(encoder, layer, seedsOf(everyLatent(network.latent))),
  );
  const alphas = () => weightsOfSeeds(encoder, layer, seedsOf(chosen), PAPER);
  const alpha = mode === 'detachAlpha' ? withoutGradient(alphas) : alphas();
  return overlapOfAll(relu(weightedMaps(alpha, encoder.maps[layer].post)));
}

function choose(
  pairs: AttentionLossOptions['pairs'],
  latent: number,
  random: Random,
  top2: () => Tensor,
): Tensor {
  if (pairs === 'all') return everyLatent(latent);
  if (pairs === 'top2') return top2();
  const first = random.integer(latent);
  const other = random.integer(latent - 1);
  return tensor1d([first, other < first ? other : other + 1], 'int32');
}

/** The two latents of the largest mean |alpha|; they stay on the backend, in the middle of a forward pass. */
function strongest(encoder: TracedEncoder, layer: number, seeds: Seeds): Tensor {
  return withoutGradient(() => {
    const strengths = response(weightsOfSeeds(encoder, layer, seeds, PAPER));
    return cast(topk(strengths, 2).indices, 'int32');
  });
}

/** Mean overlap of every two of the maps [N, R, h, w]: those that lie 1 apart, then 2, and so on. */
function overlapOfAll(maps: Tensor4D): Scalar {
  const [, count] = maps.shape;
  const part = (from: number, length: number): Tensor => slice(maps, [0, from, 0, 0], [-1, length, -1, -1]);
  const pairs = (count * (count - 1)) / 2;
  return Array.from({ length: count - 1 }, (_, i) => i + 1)
    .map((apart) => {
      const length = count - apart;
      return mul(attentionOverlap(part(0, length), part(apart, length)), length / pairs);
    })
    .reduce((total, each) => add(total, each)) as Scalar;
}

function drawNoise(count: number, latent: number, random: Random): Tensor {
  return tensor2d(
    Float32Array.from({ length: count * latent }, () => random.normal()),
    [count, latent],
  );
}

function everyLatent(latent: number): Tensor {
  return range(0, latent, 1, 'int32');
}
