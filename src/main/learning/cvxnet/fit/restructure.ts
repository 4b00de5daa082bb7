import type { Random } from '../../../../shared/random';
import { gatherPoints, kMeans } from './clusters';
import {
  coverage,
  coverByPart,
  coveredIou,
  partValues,
  type Coverage,
  type WeightedPoints,
} from './coverage';
import { cutAround, type StartingPart } from './cutting-planes';
import { readPart, withoutParts, writePart, type FitParameters } from './parameters';

/** Points that a new part is cut from and against. */
const SUBSET = 4000;
/** Uncovered interior points below this count make no part. */
const LEAST_POINTS = 12;
/** A change must win this share of the interior's weight: the optimiser pays for every change with some steps. */
const LEAST_GAIN = 0.0005;

export interface Restructured {
  /** The parameters to go on with: fewer parts when slots found no better use. */
  readonly parameters: FitParameters;
  /** How many slots were given to new places. */
  readonly seeded: number;
}

interface Workspace {
  readonly parameters: FitParameters;
  readonly samples: WeightedPoints;
  readonly exterior: Float32Array;
  readonly cover: Coverage;
  readonly penalty: number;
  readonly least: number;
  readonly random: Random;
}

/**
 * Moves parts to where they earn more, judged by the explicit IoU on `samples`: slots of parts that are worth nothing,
 * then of parts whose points a neighbour could take in, are given to clusters of uncovered interior points or to halves
 * of a part that encloses too much outside. Only slots the fit made are touched, and only while the IoU gains.
 */
export function restructure(
  parameters: FitParameters,
  samples: WeightedPoints,
  random: Random,
): Restructured {
  const { shape } = parameters;
  const cover = coverage(shape, samples.points);
  const outside: number[] = [];
  let interior = 0;
  for (let i = 0; i < samples.inside.length; i++) {
    if (samples.inside[i] === 0) outside.push(i);
    else interior += samples.weights[i];
  }
  const work: Workspace = {
    parameters,
    samples,
    exterior: gatherPoints(samples.points, thin(outside)),
    cover,
    penalty: coveredIou(cover.counts, samples),
    least: LEAST_GAIN * interior,
    random,
  };
  const free = (k: number): boolean => parameters.origins[k] === null;
  const values = partValues(cover, samples, work.penalty);
  const slots: number[] = [];
  for (let k = 0; k < shape.parts; k++) {
    if (!free(k) || values[k] > work.least) continue;
    slots.push(k);
    clearPart(work, k);
  }
  let seeded = 0;
  // Bounded by the parts: every round either fills a slot or ends.
  for (let round = 0; round < shape.parts; round++) {
    const seed = bestSeed(work);
    if (seed === null) break;
    if (slots.length === 0) {
      const merge = cheapestMerge(work, free, seed.gain - work.least);
      if (merge === null) break;
      placePart(work, merge.keep, merge.part);
      clearPart(work, merge.drop);
      slots.push(merge.drop);
    }
    const slot = slots.pop();
    if (slot === undefined) break;
    placePart(work, slot, seed.part);
    seeded++;
  }
  return { parameters: withoutParts(parameters, slots), seeded };
}

function thin(indices: readonly number[]): number[] {
  const stride = Math.max(1, indices.length / SUBSET);
  const out: number[] = [];
  for (let i = 0; i < indices.length; i += stride) out.push(indices[Math.floor(i)]);
  return out;
}

function setCover({ cover }: Workspace, k: number, covered: Uint8Array): void {
  const before = cover.byPart[k];
  for (let i = 0; i < covered.length; i++) cover.counts[i] += covered[i] - before[i];
  before.set(covered);
}

function clearPart(work: Workspace, k: number): void {
  setCover(work, k, new Uint8Array(work.samples.inside.length));
}

function placePart(work: Workspace, k: number, part: StartingPart): void {
  const { shape } = work.parameters;
  writePart(shape, k, part);
  const covered = new Uint8Array(work.samples.inside.length);
  coverByPart(shape, k, work.samples.points, covered);
  setCover(work, k, covered);
}

/** The worth of `part` on the points that `counts` leaves uncovered. */
function gainOf(work: Workspace, part: StartingPart, counts: ArrayLike<number>): number {
  const { shape } = work.parameters;
  const trial = {
    ...shape,
    parts: 1,
    normals: Float32Array.from(part.normals),
    offsets: Float32Array.from(part.offsets),
    translations: Float32Array.from(part.centre),
  };
  const { samples } = work;
  const covered = new Uint8Array(samples.inside.length);
  coverByPart(trial, 0, samples.points, covered);
  let gain = 0;
  for (let i = 0; i < covered.length; i++) {
    if (covered[i] === 0 || counts[i] > 0) continue;
    gain += samples.inside[i] === 1 ? samples.weights[i] : -work.penalty * samples.weights[i];
  }
  return gain;
}

/** The new part that wins most among the clusters of uncovered interior points, or null. */
function bestSeed(work: Workspace): { part: StartingPart; gain: number } | null {
  const { samples, cover, parameters } = work;
  const missing: number[] = [];
  for (let i = 0; i < samples.inside.length; i++) {
    if (samples.inside[i] === 1 && cover.counts[i] === 0) missing.push(i);
  }
  if (missing.length < LEAST_POINTS) return null;
  const points = gatherPoints(samples.points, thin(missing));
  let best: { part: StartingPart; gain: number } | null = null;
  const clusters = kMeans(points, Math.min(12, Math.ceil(points.length / 3 / LEAST_POINTS)), work.random);
  for (const cluster of clusters) {
    if (cluster.length < LEAST_POINTS) continue;
    const part = cutAround(gatherPoints(points, cluster), work.exterior, parameters.shape.planes);
    const gain = gainOf(work, part, cover.counts);
    if (gain > work.least && (best === null || gain > best.gain)) best = { part, gain };
  }
  return best;
}

/** The pair of parts that one part replaces at the least loss, when that is below `limit`. */
function cheapestMerge(
  work: Workspace,
  free: (k: number) => boolean,
  limit: number,
): { keep: number; drop: number; part: StartingPart } | null {
  const { shape } = work.parameters;
  const { samples, cover } = work;
  let best: { keep: number; drop: number; part: StartingPart } | null = null;
  let lowest = limit;
  const values = partValues(cover, samples, work.penalty);
  const weak = Array.from(values.keys())
    .filter((k) => free(k) && cover.byPart[k].includes(1))
    .sort((a, b) => values[a] - values[b])
    .slice(0, 4);
  for (const drop of weak) {
    if (values[drop] < lowest) {
      // Cheaper than any merge: the slot is simply given up.
      lowest = values[drop];
      best = { keep: drop, drop, part: readPart(shape, drop) };
    }
    for (const keep of nearestParts(work, drop, free)) {
      const rest = cover.counts.map((count, i) => count - cover.byPart[drop][i] - cover.byPart[keep][i]);
      const points: number[] = [];
      let value = 0;
      for (let i = 0; i < rest.length; i++) {
        if (rest[i] > 0 || (cover.byPart[drop][i] === 0 && cover.byPart[keep][i] === 0)) continue;
        value += samples.inside[i] === 1 ? samples.weights[i] : -work.penalty * samples.weights[i];
        if (samples.inside[i] === 1) points.push(i);
      }
      if (points.length < LEAST_POINTS) continue;
      const part = cutAround(gatherPoints(samples.points, thin(points)), work.exterior, shape.planes);
      const loss = value - gainOf(work, part, rest);
      if (loss < lowest) {
        lowest = loss;
        best = { keep, drop, part };
      }
    }
  }
  return best;
}

/** The three free parts whose centres are nearest to that of `k`. */
function nearestParts({ parameters, cover }: Workspace, k: number, free: (k: number) => boolean): number[] {
  const { translations, parts } = parameters.shape;
  const distance = (j: number): number =>
    Math.hypot(...[0, 1, 2].map((a) => translations[j * 3 + a] - translations[k * 3 + a]));
  return Array.from({ length: parts }, (_, j) => j)
    .filter((j) => j !== k && free(j) && cover.byPart[j].includes(1))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 3);
}
