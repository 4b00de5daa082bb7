import type { VaeTraining } from '../../../../shared/recipes/vae';
import { ok, type Result } from '../../../../shared/result';
import { createDataOrder, randomFor } from '../../../learning/training/data-order';
import type { PictureRows } from '../../../learning/vae/training/learner';
import type { PictureSource } from './source';

/** Reads the pictures of coming steps while a step computes. */
export interface PictureLoader {
  /** This worker's pictures of a step; steps are taken in order. */
  take(step: number): Promise<Result<PictureRows>>;
}

/**
 * This worker's share of each batch: rows rank, rank + count, ... The noise of each row depends on the seed and the
 * row's position alone, so workers of any number draw the same batch. With a discriminator a step takes two batches.
 */
export function createPictureLoader(
  source: PictureSource,
  config: VaeTraining,
  { rank, count }: { readonly rank: number; readonly count: number },
): PictureLoader {
  const { batch, seed, network, factor } = config;
  const size = network.height * network.width * network.channels;
  const pick = createDataOrder(seed, source.count);
  const batches = factor === null ? 1 : 2;
  const coming = new Map<number, Promise<Result<PictureRows>>>();

  const readBatch = async (from: number): Promise<Result<Omit<PictureRows, 'others'>>> => {
    const own = batch / count;
    const images = new Float32Array(own * size);
    const noise = new Float32Array(own * network.latent);
    const reads: Promise<Result<null>>[] = [];
    for (let row = 0; row < own; row++) {
      const position = from + row * count + rank;
      reads.push(source.read(pick(position), images.subarray(row * size, (row + 1) * size)));
      const random = randomFor(seed, 'row', position);
      for (let d = 0; d < network.latent; d++) noise[row * network.latent + d] = random.normal();
    }
    for (const read of await Promise.all(reads)) if (!read.ok) return read;
    return ok({ count: own, images, noise });
  };
  const read = async (step: number): Promise<Result<PictureRows>> => {
    const first = await readBatch(step * batches * batch);
    if (!first.ok) return first;
    const others = factor === null ? ok(null) : await readBatch((step * batches + 1) * batch);
    return others.ok ? ok({ ...first.value, others: others.value }) : others;
  };
  const begin = (step: number): Promise<Result<PictureRows>> => {
    const begun = coming.get(step) ?? read(step);
    coming.set(step, begun);
    return begun;
  };
  return {
    take: async (step) => {
      const rows = await begin(step);
      coming.delete(step);
      void begin(step + 1);
      return rows;
    },
  };
}
