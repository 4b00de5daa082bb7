import type { Random } from '../../../../shared/random';
import type { PackedShape } from '../../../../shared/shape/types';
import { gatherPoints, kMeans } from './clusters';
import {
  coverage,
  coverByPart,
  coveredIou,
  partValues,
  type Coverage,
  type WeightedPoints,
} from './coverage';
import { cutAround } from './cutting-planes';
import { mergeCandidates } from './merge-candidates';
import { copyPart, parametersOfParts, withoutParts, type FitParameters } from './parameters';
import { polishPart } from './polish';

/** Points that a new part is cut from, and against. */
const CLUSTER_POINTS = 800;
const EXTERIOR_POINTS = 4000;
/** Uncovered interior points below this count make no part. */
const LEAST_POINTS = 12;
/** Clusters of uncovered points that are tried as new parts. */
const SEEDS = 12;
/** A new part must win this share of the interior's weight: the optimiser pays for every change with some steps. */
const LEAST_GAIN = 0.0005;

/** A merge may cost this share of the interior's weight: the optimiser makes up for it, with planes to spare. */
const MERGE_LOSS = 0.003;

export interface Restructured {
  /** The parameters to go on with: fewer parts when slots found no better use. */
  readonly parameters: FitParameters;
  readonly dropped: number;
  readonly merged: number;
  readonly seeded: number;
}

/** A part that could take a slot, and what it is worth beside the others. */
interface Trial {
  readonly shape: PackedShape<Float32Array>;
  readonly covered: Uint8Array;
  readonly value: number;
}

/**
 * Moves parts to where they earn more, judged by the explicit IoU on `samples`: parts that are worth nothing are
 * dropped, pairs that one part replaces without loss are merged, and the slots so won go to clusters of uncovered
 * interior points. Only parts that the fit made are touched.
 */
export function restructure(
  parameters: FitParameters,
  samples: WeightedPoints,
  slotsToUse: number,
  random: Random,
): Restructured {
  const { shape } = parameters;
  const cover = coverage(shape, samples.grid);
  const penalty = coveredIou(cover.counts, samples);
  const exterior = gatherPoints(samples.grid.points, thin(indicesOf(samples.inside, 0), EXTERIOR_POINTS));
  const least = LEAST_GAIN * interiorWeight(samples);
  const mergeLoss = MERGE_LOSS * interiorWeight(samples);
  const free = new Set(Array.from(parameters.origins.keys()).filter((k) => parameters.origins[k] === null));
  const tryPart = (points: readonly number[], others: Uint16Array): Trial =>
    trialPart(samples, points, exterior, others, shape.planes, penalty);

  const slots: number[] = [];
  const values = partValues(cover, samples, penalty);
  for (const k of free) {
    if (values[k] > 0) continue;
    setCover(cover, k, new Uint8Array(samples.inside.length));
    slots.push(k);
  }
  const dropped = slots.length;
  for (const k of slots) free.delete(k);

  let merged = 0;
  for (const [a, b] of mergeCandidates(shape, cover, samples, free, random)) {
    if (!free.has(a) || !free.has(b)) continue;
    const rest = cover.counts.map((count, i) => count - cover.byPart[a][i] - cover.byPart[b][i]);
    const points: number[] = [];
    let value = 0;
    for (let i = 0; i < rest.length; i++) {
      if (rest[i] > 0 || (cover.byPart[a][i] === 0 && cover.byPart[b][i] === 0)) continue;
      value += samples.inside[i] === 1 ? samples.weights[i] : -penalty * samples.weights[i];
      if (samples.inside[i] === 1) points.push(i);
    }
    if (points.length < LEAST_POINTS) continue;
    const trial = tryPart(points, rest);

    if (trial.value < value - mergeLoss) continue;
    copyPart(trial.shape, 0, shape, a);
    setCover(cover, a, trial.covered);
    setCover(cover, b, new Uint8Array(samples.inside.length));
    free.delete(b);
    slots.push(b);
    merged++;
  }

  let seeded = 0;
  while (slots.length > 0 && seeded < slotsToUse) {
    const missing: number[] = [];
    for (let i = 0; i < samples.inside.length; i++) {
      if (samples.inside[i] === 1 && cover.counts[i] === 0) missing.push(i);
    }
    const best = bestSeed(samples.grid.points, missing, random, (points) => tryPart(points, cover.counts));
    if (best === null || best.value < least) break;
    const slot = slots.pop() as number;
    copyPart(best.shape, 0, shape, slot);
    setCover(cover, slot, best.covered);
    seeded++;
  }
  return { parameters: withoutParts(parameters, slots), dropped, merged, seeded };
}

function indicesOf(inside: Uint8Array, occupancy: 0 | 1): number[] {
  const out: number[] = [];
  for (let i = 0; i < inside.length; i++) if (inside[i] === occupancy) out.push(i);
  return out;
}

function interiorWeight({ inside, weights }: WeightedPoints): number {
  let sum = 0;
  for (let i = 0; i < inside.length; i++) sum += inside[i] * weights[i];
  return sum;
}

/** About `count` of the indices, evenly spread over the list. */
function thin(indices: readonly number[], count: number): number[] {
  const stride = Math.max(1, indices.length / count);
  const out: number[] = [];
  for (let i = 0; i < indices.length; i += stride) out.push(indices[Math.floor(i)]);
  return out;
}

function setCover({ byPart, counts }: Coverage, k: number, covered: Uint8Array): void {
  const before = byPart[k];
  for (let i = 0; i < covered.length; i++) counts[i] += covered[i] - before[i];
  before.set(covered);
}

/** A part cut around the interior points with the given indices, its planes placed best beside what `others` covers. */
function trialPart(
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

/** The best new part among clusters of the uncovered interior points, or null when there are too few. */
function bestSeed(
  points: Float32Array,
  missing: readonly number[],
  random: Random,
  tryPart: (points: readonly number[]) => Trial,
): Trial | null {
  if (missing.length < LEAST_POINTS) return null;
  const thinned = thin(missing, EXTERIOR_POINTS);
  const count = Math.min(SEEDS, Math.ceil(thinned.length / LEAST_POINTS));
  const clusters = kMeans(gatherPoints(points, thinned), count, random)
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
