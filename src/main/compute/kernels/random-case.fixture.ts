import { createRandom } from '../../../shared/random';
import { logitCount, shapeOfLogits } from '../../../shared/shape/parameters';
import { toFloat32 } from '../../../shared/shape/pack';
import type { PackedShape } from '../../../shared/shape/types';
import type { FieldGradient } from './types';

export interface FieldCase {
  readonly shape: PackedShape<Float32Array>;
  readonly points: Float32Array;
  readonly upstream: Float32Array;
}

/** A random learned-looking shape, uniform points in the cube of side 1.1, and a normal upstream. */
export function randomCase(
  seed: number,
  dims: 2 | 3,
  parts: number,
  planes: number,
  count: number,
): FieldCase {
  const random = createRandom(seed);
  const layout = { dims, parts, planes };
  const logits = Float64Array.from({ length: logitCount(layout) }, () => random.normal());
  for (let i = 0; i < parts * dims; i++) logits[parts + i] *= 0.2;
  const points = Float32Array.from({ length: count * dims }, () => 1.1 * (random.uniform() - 0.5));
  const upstream = Float32Array.from({ length: parts * count }, () => random.normal());
  return { shape: toFloat32(shapeOfLogits(logits, layout)), points, upstream };
}

export function emptyGradient({ shape, points }: FieldCase): FieldGradient {
  return {
    normals: new Float32Array(shape.normals.length),
    offsets: new Float32Array(shape.offsets.length),
    translations: new Float32Array(shape.translations.length),
    smoothness: new Float32Array(shape.parts),
    points: new Float32Array(points.length),
  };
}

export const gradientNames = ['normals', 'offsets', 'translations', 'smoothness', 'points'] as const;

/** Largest difference, relative to the largest value of `expected` or to `least`, if that is larger. */
export function relativeDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  least = 1e-30,
): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    // Negated, so that NaN counts as infinitely different.
    if (!(Math.abs(actual[i] - expected[i]) <= difference)) difference = Math.abs(actual[i] - expected[i]);
    if (Number.isNaN(difference)) return Infinity;
    size = Math.max(size, Math.abs(expected[i]));
  }
  return actual.length !== expected.length ? Infinity : difference / Math.max(size, least);
}
