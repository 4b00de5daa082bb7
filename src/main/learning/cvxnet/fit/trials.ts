import type { Random } from '../../../../shared/random';
import type { PackedShape } from '../../../../shared/shape/types';
import { gatherPoints, kMeans } from './clusters';
import { coverByPart, type Coverage, type WeightedPoints } from './coverage';
import { cutAround } from './cutting-planes';
import { parametersOfParts } from './parameters';
import { polishPart } from './polish';

/** Points that a new part is cut from. */
const CLUSTER_POINTS = 800;
/** Uncovered interior points below this count make no part. */
export const LEAST_POINTS = 12;
/** Clusters of uncovered points; the larger half of them is tried. */
const SEEDS = 12;
/** Uncovered points that are clustered. */
const MISSING_POINTS = 4000;
/** Parts with the most exterior inside that are tried to be split. */
const SPLITS = 4;

/** A part that could take a slot, and what it is worth beside the others. */
export interface Trial {
  readonly shape: PackedShape<Float32Array>;
  readonly covered: Uint8Array;
  readonly value: number;
}

/** About `count` of the indices, evenly spread over the list. */
export function thin(indices: readonly number[], count: number): number[] {
  const stride = Math.max(1, indices.length / count);
  const out: number[] = [];
  for (let i = 0; i < indices.length; i += stride) out.push(indices[Math.floor(i)]);
  return out;
}

/** A part cut around the interior points with the given indices, its planes placed best beside what `others` covers. */
export function trialPart(
  samples: WeightedPoints,
  indices: readonly number[],
  exterior: Float32Array,
  others: Uint16Array,
  planes: number,
  penalty: number,
): Trial {
  const cluster = gatherPoints(samples.grid.points, thin(indices, CLUSTER_POINTS));
  const trial = parametersOfParts([cutAround(cluster, exterior, planes)], planes, 1);
  const covered = new Uint8Array(samples.inside.length);
  coverByPart(trial.shape, 0, samples.grid, covered);
  const counts = others.slice();
  for (let i = 0; i < counts.length; i++) counts[i] += covered[i];
  polishPart(trial, 0, samples, counts, covered, penalty);
  let value = 0;
  for (let i = 0; i < covered.length; i++) {
    if (covered[i] === 0 || others[i] > 0) continue;
    value += samples.inside[i] === 1 ? samples.weights[i] : -penalty * samples.weights[i];
  }
  return { shape: trial.shape, covered, value };
}

type TryPart = (points: readonly number[], others: Uint16Array) => Trial;

/** The best new part among clusters of the uncovered interior points, or null when there are too few. */
export function bestSeed(
  { grid, inside }: WeightedPoints,
  { counts }: Coverage,
  random: Random,
  tryPart: (points: readonly number[]) => Trial,
): Trial | null {
  const missing: number[] = [];
  for (let i = 0; i < inside.length; i++) if (inside[i] === 1 && counts[i] === 0) missing.push(i);
  if (missing.length < LEAST_POINTS) return null;
  const thinned = thin(missing, MISSING_POINTS);
  const count = Math.min(SEEDS, Math.ceil(thinned.length / LEAST_POINTS));
  const clusters = kMeans(gatherPoints(grid.points, thinned), count, random)
    .filter((cluster) => cluster.length >= LEAST_POINTS)
    .sort((a, b) => b.length - a.length)
    .slice(0, SEEDS / 2);
  let best: Trial | null = null;
  for (const cluster of clusters) {
    const trial = tryPart(cluster.map((i) => thinned[i]));
    if (best === null || trial.value > best.value) best = trial;
  }
  return best;
}

/** A part, the two halves that replace it, and what that wins. */
export interface Split {
  readonly part: number;
  readonly halves: readonly [Trial, Trial];
  readonly gain: number;
}

/** The split that wins most among the free parts that enclose the most exterior, or null when none can be split. */
export function bestSplit(
  samples: WeightedPoints,
  { byPart, counts }: Coverage,
  penalty: number,
  free: ReadonlySet<number>,
  random: Random,
  tryPart: TryPart,
): Split | null {
  const { inside, weights, grid } = samples;
  const wrong = new Float64Array(byPart.length);
  for (const k of free) {
    for (let i = 0; i < counts.length; i++) {
      if (byPart[k][i] === 1 && counts[i] === 1 && inside[i] === 0) wrong[k] += weights[i];
    }
  }
  let best: Split | null = null;
  for (const part of Array.from(free)
    .sort((a, b) => wrong[b] - wrong[a] || a - b)
    .slice(0, SPLITS)) {
    const rest = counts.map((count, i) => count - byPart[part][i]);
    const points: number[] = [];
    let value = 0;
    for (let i = 0; i < rest.length; i++) {
      if (byPart[part][i] === 0 || rest[i] > 0) continue;
      value += inside[i] === 1 ? weights[i] : -penalty * weights[i];
      if (inside[i] === 1) points.push(i);
    }
    if (points.length < 2 * LEAST_POINTS) continue;
    const halves = kMeans(gatherPoints(grid.points, points), 2, random);
    if (halves.length < 2 || halves.some((half) => half.length < LEAST_POINTS)) continue;
    const first = tryPart(
      halves[0].map((i) => points[i]),
      rest,
    );
    const withFirst = rest.map((count, i) => count + first.covered[i]);
    const second = tryPart(
      halves[1].map((i) => points[i]),
      withFirst,
    );
    const gain = first.value + second.value - value;
    if (best === null || gain > best.gain) best = { part, halves: [first, second], gain };
  }
  return best;
}
