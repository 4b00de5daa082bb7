import type { Random } from '../../../../shared/random';
import type { Breath } from './breath';
import { gatherPoints } from './clusters';
import { partValues, type Coverage, type WeightedPoints } from './coverage';
import { mergeCandidates } from './merge-candidates';
import { copyPart, isAnchored, withoutParts, type FitParameters } from './parameters';
import type { Polished } from './polish';
import { bestSeed, bestSplit, LEAST_POINTS, thin, trialPart, type Trial } from './trials';

/** Exterior points that a new part is cut against. */
const EXTERIOR_POINTS = 4000;
/** Parts that are given a new place in one restructuring at most. */
const MOST_MOVES = 6;
/** A new part must win this share of the interior's weight: the optimiser pays for every change with some steps. */
const LEAST_GAIN = 0.0005;

/** A merge may cost this share of the interior's weight: the optimiser makes up for it, with planes to spare. */
const MERGE_LOSS = 0.003;

export interface Restructured {
  readonly dropped: number;
  readonly merged: number;
  readonly seeded: number;
}

/**
 * Moves parts to where they earn more, judged by the explicit IoU on `samples`: parts that are worth nothing are
 * dropped, pairs that one part replaces without loss are merged, and the slots so won, then those of the weakest parts,
 * go to clusters of uncovered interior points or to one half of a part that encloses too much. A slot without a better use is
 * left to the optimiser. Only parts that the fit made are touched. `polished` is what the parts cover now, and is used up.
 * Merging is optional: where it won nothing before, it seldom does later. Null when cancelled.
 */
export async function restructure(
  parameters: FitParameters,
  samples: WeightedPoints,
  polished: Polished,
  merging: boolean,
  random: Random,
  breath: Breath,
): Promise<Restructured | null> {
  const { shape } = parameters;
  const { cover, iou: penalty } = polished;
  const exterior = gatherPoints(samples.grid.points, thin(indicesOf(samples.inside, 0), EXTERIOR_POINTS));
  const least = LEAST_GAIN * interiorWeight(samples);
  const mergeLoss = MERGE_LOSS * interiorWeight(samples);
  const free = freeParts(parameters);
  const tryPart = (points: readonly number[], others: Uint16Array): Trial =>
    trialPart(samples, points, exterior, others, shape.planes, penalty);

  const place = (k: number, trial: Trial): void => {
    copyPart(trial.shape, 0, shape, k);
    setCover(cover, k, trial.covered);
  };

  const slots = dropIdle(cover, samples, penalty, free);
  const dropped = slots.length;

  let merged = 0;
  for (const [a, b] of merging ? mergeCandidates(shape, cover, samples, free, random) : []) {
    if (await breath.take()) return null;
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
    place(a, trial);
    setCover(cover, b, new Uint8Array(samples.inside.length));
    free.delete(b);
    slots.push(b);
    merged++;
  }

  let seeded = 0;
  while (seeded < MOST_MOVES) {
    if (await breath.take()) return null;
    const seed = bestSeed(samples, cover, random, (points) => tryPart(points, cover.counts));
    const enough = seed !== null && seed.value >= least;
    const halved = enough ? null : bestSplit(samples, cover, penalty, free, random, tryPart);
    const split = halved !== null && halved.gain > (seed?.value ?? 0) ? halved : null;
    const gain = split?.gain ?? seed?.value ?? 0;
    // A slot that nobody uses costs nothing.
    if (gain <= (slots.length > 0 ? 0 : least)) break;
    let slot = slots.pop();
    if (slot === undefined) {
      const weakest = weakestPart(partValues(cover, samples, penalty), free, split?.part);
      if (weakest === null || weakest.value + least > gain) break;
      slot = weakest.part;
    }
    if (split !== null) place(split.part, split.halves[0]);
    place(slot, split === null ? (seed as Trial) : split.halves[1]);
    free.add(slot);
    seeded++;
  }
  return { dropped, merged, seeded };
}

/**
 * The parameters less the parts that the fit made and that are worth nothing: without them the IoU is no lower.
 */
export function withoutIdleParts(
  parameters: FitParameters,
  samples: WeightedPoints,
  { cover, iou }: Polished,
): FitParameters {
  return withoutParts(parameters, dropIdle(cover, samples, iou, freeParts(parameters)));
}

/**
 * The parameters less the parts that are worth least, so that `most` remain, or those of which something is locked,
 * if they are more. Uses `polished` up.
 */
export function withoutWeakestParts(
  parameters: FitParameters,
  samples: WeightedPoints,
  { cover, iou }: Polished,
  most: number,
): FitParameters {
  const { origins } = parameters;
  const droppable = new Set(
    Array.from(origins.keys()).filter((k) => {
      const origin = origins[k];
      return origin === null || !isAnchored(origin);
    }),
  );
  const dropped: number[] = [];
  while (origins.length - dropped.length > most) {
    const weakest = weakestPart(partValues(cover, samples, iou), droppable, undefined);
    if (weakest === null) break;
    setCover(cover, weakest.part, new Uint8Array(samples.inside.length));
    droppable.delete(weakest.part);
    dropped.push(weakest.part);
  }
  return withoutParts(parameters, dropped);
}

function freeParts({ origins }: FitParameters): Set<number> {
  return new Set(Array.from(origins.keys()).filter((k) => origins[k] === null));
}

/**
 * Takes parts of no worth out of the cover and of `free`, one at a time: of two that cover the same, each alone is
 * worth nothing, but not both.
 */
function dropIdle(cover: Coverage, samples: WeightedPoints, penalty: number, free: Set<number>): number[] {
  const dropped: number[] = [];
  for (;;) {
    const weakest = weakestPart(partValues(cover, samples, penalty), free, undefined);
    if (weakest === null || weakest.value > 0) return dropped;
    setCover(cover, weakest.part, new Uint8Array(samples.inside.length));
    free.delete(weakest.part);
    dropped.push(weakest.part);
  }
}

/** The free part that is worth least, other than `except`. */
function weakestPart(
  values: Float64Array,
  free: ReadonlySet<number>,
  except: number | undefined,
): { part: number; value: number } | null {
  let weakest: { part: number; value: number } | null = null;
  for (const part of free) {
    if (part === except || (weakest !== null && values[part] >= weakest.value)) continue;
    weakest = { part, value: values[part] };
  }
  return weakest;
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

function setCover({ byPart, counts }: Coverage, k: number, covered: Uint8Array): void {
  const before = byPart[k];
  for (let i = 0; i < covered.length; i++) counts[i] += covered[i] - before[i];
  before.set(covered);
}
