import { createRandom, type Random } from '../../../shared/random';

/** Streams of random numbers of one seed, so that no draw of one purpose moves those of another. */
const STREAMS = {
  order: 1,
  row: 2,
  start: 3,
  permutation: 4,
  attention: 5,
  heldOut: 6,
  discriminator: 7,
} as const;

/**
 * A generator that depends on its arguments alone: a resumed run draws what an uninterrupted one would, whatever ran
 * before and on how many workers.
 */
export function randomFor(seed: number, stream: keyof typeof STREAMS, index: number): Random {
  const mixed = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(STREAMS[stream], 0x85ebca6b);
  return createRandom((mixed >>> 0) + (index + 1) * 4294967296);
}

/**
 * The order in which a run sees its shapes: every epoch a new permutation.
 * @returns the index of the shape that is seen after `position` others
 */
export function createDataOrder(seed: number, shapes: number): (position: number) => number {
  let epoch = -1;
  let order: Uint32Array = new Uint32Array(0);
  return (position) => {
    const wanted = Math.floor(position / shapes);
    if (wanted !== epoch) {
      epoch = wanted;
      order = permutation(shapes, randomFor(seed, 'order', epoch));
    }
    return order[position % shapes];
  };
}

/** Fisher and Yates. */
function permutation(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
