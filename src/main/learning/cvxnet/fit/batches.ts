import type { Random } from '../../../../shared/random';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import type { PackedShape } from '../../../../shared/shape/types';

/** Share of a batch drawn from samples that are already settled, so that no part drifts over them unseen. */
const SETTLED_SHARE = 0.1;
/** A sample is settled when the band shape's indicator is this close to its label. */
const SETTLED_ERROR = 0.02;

/** Samples of one kind, split into those that still inform the fit and the rest. */
export interface SamplePool {
  readonly dims: 2 | 3;
  readonly points: Float32Array;
  readonly inside: Uint8Array;
  active: Int32Array;
  settled: Int32Array;
}

/** A pool of points [N, D] with all of them active. */
export function createPool(points: Float32Array, inside: Uint8Array, dims: 2 | 3 = 3): SamplePool {
  return { dims, points, inside, active: Int32Array.from(inside, (_, i) => i), settled: new Int32Array(0) };
}

/** Draws `count` samples with replacement into `points` [., D] and `labels` from row `at` on. */
export function drawSamples(
  pool: SamplePool,
  count: number,
  random: Random,
  points: Float32Array,
  labels: Float32Array,
  at: number,
): void {
  const { dims } = pool;
  const fromSettled =
    pool.active.length === 0 ? count : pool.settled.length === 0 ? 0 : Math.floor(count * SETTLED_SHARE);
  for (let i = 0; i < count; i++) {
    const list = i < fromSettled ? pool.settled : pool.active;
    const row = list[random.integer(list.length)];
    for (let a = 0; a < dims; a++) points[(at + i) * dims + a] = pool.points[row * dims + a];
    labels[at + i] = pool.inside[row];
  }
}

/**
 * Sorts the pool's samples anew: a sample farther than about `band` (learning units) from the shape's surface and on
 * the right side of it is settled, the others are active. Far samples have no gradient, so a step on active ones is
 * worth several on uniform ones.
 */
export function refreshPool(
  pool: SamplePool,
  shape: PackedShape<Float32Array>,
  kernel: ConvexFieldKernel,
  band: number,
): void {
  const total = pool.inside.length;
  const sharpness = Math.log(1 / SETTLED_ERROR - 1) / band;
  const indicator = new Float32Array(shape.parts * total);
  kernel.forward({ ...shape, sharpness }, pool.points, indicator);
  const active: number[] = [];
  const settled: number[] = [];
  for (let i = 0; i < total; i++) {
    let largest = 0;
    for (let k = 0; k < shape.parts; k++) largest = Math.max(largest, indicator[k * total + i]);
    (Math.abs(largest - pool.inside[i]) < SETTLED_ERROR ? settled : active).push(i);
  }
  pool.active = Int32Array.from(active);
  pool.settled = Int32Array.from(settled);
}
