import { createRandom } from '../../../../../shared/random';
import type { MaskedPictures } from './overlap';
import { countBelow, countUpTo } from './pool';

/** What chance looks like on the same pixels. */
export interface ShuffledAuroc {
  readonly mean: number;
  readonly deviation: number;
  /** The mean plus three deviations: what a method must be above to have found anything that is a picture's own. */
  readonly bar: number;
}

/**
 * Pixel AUROC when every picture is judged by the mask of another (or its own) picture, in a random order: masks keep
 * their shapes and sizes, and only their tie to the pictures is gone. Shuffling single pixels would have a far smaller
 * deviation than maps and masks, which are smooth, allow for. The mean differs from 0.5 where maps and masks favour
 * the same places whatever the picture shows, which is no find. Null where pixels of one kind are missing.
 */
export function shuffledAuroc(
  { width, height, scores, labels }: MaskedPictures,
  { rounds, seed }: { rounds: number; seed: number },
): ShuffledAuroc | null {
  const pixels = width * height;
  const pictures = labels.length / pixels;
  const marked = Array.from({ length: pictures }, (_, picture) =>
    markedPixels(labels, picture * pixels, pixels),
  );
  const anomalous = marked.reduce((sum, { length }) => sum + length, 0);
  const normal = labels.length - anomalous;
  if (anomalous === 0 || normal === 0) return null;
  // The sum of the marked pixels' mid-ranks gives the statistic; ranks among all pixels do not depend on the masks.
  const ascending = scores.slice().sort();
  const random = createRandom(seed);
  const values = Array.from({ length: rounds }, () => {
    let ranks = 0;
    permutation(pictures, random.integer).forEach((mask, picture) => {
      for (const offset of marked[mask]) {
        const score = scores[picture * pixels + offset];
        ranks += (countBelow(ascending, score) + countUpTo(ascending, score) + 1) / 2;
      }
    });
    return (ranks - (anomalous * (anomalous + 1)) / 2) / anomalous / normal;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / rounds;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(rounds - 1, 1);
  const deviation = Math.sqrt(variance);
  return { mean, deviation, bar: mean + 3 * deviation };
}

function markedPixels(labels: Uint8Array, start: number, pixels: number): Uint32Array {
  const offsets: number[] = [];
  for (let i = 0; i < pixels; i++) if (labels[start + i] !== 0) offsets.push(i);
  return Uint32Array.from(offsets);
}

/** Fisher and Yates. */
function permutation(count: number, integer: (below: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
