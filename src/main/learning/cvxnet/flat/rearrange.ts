import type { Random } from '../../../../shared/random';
import type { PackedShape } from '../../../../shared/shape/types';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { gatherPoints, kMeans } from '../fit/clusters';
import { cutAround, type StartingPart } from '../fit/cutting-planes';
import { parametersOfParts, writePart } from '../fit/parameters';
import { coverOf, partValue, setHeld, type Cover, type JudgedSamples } from './cover';

/** A part that wins less than this share of the interior's weight is worth nothing. */
const LEAST_SHARE = 0.002;
/** Clusters of uncovered interior samples that are tried as places for a part. */
const TRIALS = 4;
/** Fewer samples than this make no part. */
const LEAST_SAMPLES = 12;
const MOST_CUT_AGAINST = 4000;

/**
 * Gives parts that are worth next to nothing, or less than another place would win, a new place among the interior
 * samples that no part holds. `penalty` is the IoU now: what a wrongly held sample costs against a rightly held one.
 * @returns how many parts moved
 */
export function rearrange(
  shape: PackedShape<Float32Array>,
  samples: JudgedSamples,
  penalty: number,
  kernel: ConvexFieldKernel,
  random: Random,
): number {
  const cover = coverOf(shape, samples, kernel);
  const least = LEAST_SHARE * interiorWeight(samples);
  const exterior = exteriorOf(samples);
  let moved = 0;
  for (; moved < shape.parts; moved++) {
    const weakest = weakestPart(cover, samples, penalty);
    const seed = bestSeed(shape, samples, cover, exterior, penalty, kernel, random);
    if (seed === null || seed.value < least || seed.value < weakest.value + least) break;
    writePart(shape, weakest.part, seed.start);
    setHeld(cover, weakest.part, seed.held);
  }
  return moved;
}

/** Slots of parts that can go without loss, the least valuable first. */
export function idleParts(
  shape: PackedShape<Float32Array>,
  samples: JudgedSamples,
  penalty: number,
  kernel: ConvexFieldKernel,
): number[] {
  const cover = coverOf(shape, samples, kernel);
  const least = LEAST_SHARE * interiorWeight(samples);
  const idle: number[] = [];
  while (idle.length < shape.parts - 1) {
    const weakest = weakestPart(cover, samples, penalty, idle);
    if (weakest.value >= least) break;
    idle.push(weakest.part);
    setHeld(cover, weakest.part, new Uint8Array(cover.counts.length));
  }
  return idle;
}

/** Samples outside the shape, thinned evenly. */
export function exteriorOf({ points, inside }: JudgedSamples): Float32Array {
  const indices = indicesWhere(inside, (i) => inside[i] === 0);
  const stride = Math.ceil(indices.length / MOST_CUT_AGAINST);
  return gatherPoints(
    points,
    indices.filter((_, i) => i % stride === 0),
    2,
  );
}

function weakestPart(
  cover: Cover,
  samples: JudgedSamples,
  penalty: number,
  except: readonly number[] = [],
): { readonly part: number; readonly value: number } {
  let weakest = { part: -1, value: Infinity };
  for (let k = 0; k < cover.byPart.length; k++) {
    if (except.includes(k)) continue;
    const value = partValue(cover, k, samples, penalty);
    if (value < weakest.value) weakest = { part: k, value };
  }
  return weakest;
}

interface Seed {
  readonly start: StartingPart;
  readonly held: Uint8Array;
  readonly value: number;
}

/** The part about a cluster of uncovered interior samples that would win most. */
function bestSeed(
  shape: PackedShape<Float32Array>,
  samples: JudgedSamples,
  cover: Cover,
  exterior: Float32Array,
  penalty: number,
  kernel: ConvexFieldKernel,
  random: Random,
): Seed | null {
  const open = indicesWhere(samples.inside, (i) => samples.inside[i] === 1 && cover.counts[i] === 0);
  if (open.length < LEAST_SAMPLES) return null;
  const uncovered = gatherPoints(samples.points, open, 2);
  let best: Seed | null = null;
  for (const cluster of kMeans(uncovered, TRIALS, random, 2)) {
    if (cluster.length < LEAST_SAMPLES) continue;
    const start = cutAround(gatherPoints(uncovered, cluster, 2), exterior, shape.planes, 2);
    const alone = parametersOfParts([start], shape.planes, shape.sharpness, 2).shape;
    alone.smoothness.fill(shape.smoothness[0]);
    const [held] = coverOf(alone, samples, kernel).byPart;
    let value = 0;
    for (let i = 0; i < held.length; i++) {
      if (held[i] === 0 || cover.counts[i] > 0) continue;
      value += samples.inside[i] === 1 ? samples.weights[i] : -penalty * samples.weights[i];
    }
    if (best === null || value > best.value) best = { start, held, value };
  }
  return best;
}

function interiorWeight({ inside, weights }: JudgedSamples): number {
  let sum = 0;
  for (let i = 0; i < inside.length; i++) sum += inside[i] * weights[i];
  return sum;
}

function indicesWhere(values: Uint8Array, holds: (i: number) => boolean): number[] {
  const indices: number[] = [];
  for (let i = 0; i < values.length; i++) if (holds(i)) indices.push(i);
  return indices;
}
