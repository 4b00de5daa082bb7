import type { PackedShape } from '../../../../shared/shape/types';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { gatherPoints } from '../fit/clusters';
import { cutAround, type StartingPart } from '../fit/cutting-planes';
import { parametersOfParts } from '../fit/parameters';
import { coverOf, type JudgedSamples } from './cover';
import { exteriorOf } from './rearrange';

/** Pairs that are tried: those whose centres are nearest. */
const MOST_PAIRS = 24;
/** A part around two that loses more of what they win together is no candidate; steps make up for less. */
const MOST_LOSS = 0.2;
const LEAST_SAMPLES = 12;
const MOST_SAMPLES = 600;

export interface Merge {
  readonly keep: number;
  readonly drop: number;
  /** What stands for both. */
  readonly start: StartingPart;
}

/** The two parts that one part around both replaces at the least loss; null when every pair would lose too much. */
export function bestMerge(
  shape: PackedShape<Float32Array>,
  samples: JudgedSamples,
  penalty: number,
  kernel: ConvexFieldKernel,
): Merge | null {
  const { byPart, counts } = coverOf(shape, samples, kernel);
  const { inside, weights } = samples;
  const exterior = exteriorOf(samples);
  const worth = (i: number): number => (inside[i] === 1 ? weights[i] : -penalty * weights[i]);
  let best: { readonly merge: Merge; readonly loss: number } | null = null;
  for (const [keep, drop] of nearestPairs(shape)) {
    const theirs: number[] = [];
    let value = 0;
    for (let i = 0; i < counts.length; i++) {
      const own = byPart[keep][i] + byPart[drop][i];
      if (own === 0 || counts[i] > own) continue;
      value += worth(i);
      if (inside[i] === 1) theirs.push(i);
    }
    if (theirs.length < LEAST_SAMPLES) continue;
    const stride = Math.ceil(theirs.length / MOST_SAMPLES);
    const thinned = theirs.filter((_, i) => i % stride === 0);
    const start = cutAround(gatherPoints(samples.points, thinned, 2), exterior, shape.planes, 2);
    const alone = parametersOfParts([start], shape.planes, shape.sharpness, 2).shape;
    alone.smoothness.fill(shape.smoothness[0]);
    const [held] = coverOf(alone, samples, kernel).byPart;
    let merged = 0;
    for (let i = 0; i < counts.length; i++) {
      if (held[i] === 1 && counts[i] === byPart[keep][i] + byPart[drop][i]) merged += worth(i);
    }
    const loss = value - merged;
    if (loss <= MOST_LOSS * value && (best === null || loss < best.loss)) {
      best = { merge: { keep, drop, start }, loss };
    }
  }
  return best?.merge ?? null;
}

function nearestPairs({ parts, translations }: PackedShape<Float32Array>): (readonly [number, number])[] {
  const pairs: { readonly pair: readonly [number, number]; readonly apart: number }[] = [];
  for (let a = 0; a < parts; a++) {
    for (let b = a + 1; b < parts; b++) {
      const apart = Math.hypot(
        translations[2 * a] - translations[2 * b],
        translations[2 * a + 1] - translations[2 * b + 1],
      );
      pairs.push({ pair: [a, b], apart });
    }
  }
  return pairs
    .sort((a, b) => a.apart - b.apart)
    .slice(0, MOST_PAIRS)
    .map(({ pair }) => pair);
}
