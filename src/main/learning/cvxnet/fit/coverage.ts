import { boundsOfPart } from './bounds';
import { createPointGrid, pointsNear, type PointGrid } from './point-grid';
import type { PackedShape } from '../../../../shared/shape/types';

/** Points with occupancy and weight: what the explicit polytopes are judged on. */
export interface WeightedPoints {
  /** The points, [N, 3] in the grid's order, which is that of `inside` and `weights`. */
  readonly grid: PointGrid;
  /** [N] 1 inside, 0 outside */
  readonly inside: Uint8Array;
  /** [N] */
  readonly weights: Float32Array;
}

/** Gathers labelled points for judging; the grid's order replaces the caller's. */
export function weighPoints(points: Float32Array, inside: Uint8Array, weights: Float32Array): WeightedPoints {
  const { grid, order } = createPointGrid(points);
  return {
    grid,
    inside: Uint8Array.from(order, (i) => inside[i]),
    weights: Float32Array.from(order, (i) => weights[i]),
  };
}

/**
 * Writes 1 for every point inside part `k` (max_h H <= 0, the explicit polytope), else 0, into `out` [N].
 */
export function coverByPart(
  shape: PackedShape<Float32Array>,
  k: number,
  grid: PointGrid,
  out: Uint8Array,
): void {
  const { points } = grid;
  const { planes, normals, offsets, translations } = shape;
  const cx = translations[k * 3];
  const cy = translations[k * 3 + 1];
  const cz = translations[k * 3 + 2];
  const first = k * planes;
  const last = first + planes;
  out.fill(0);
  for (const i of pointsNear(grid, boundsOfPart(shape, k, 0))) {
    const x = points[i * 3] - cx;
    const y = points[i * 3 + 1] - cy;
    const z = points[i * 3 + 2] - cz;
    let h = first;
    while (h < last && normals[h * 3] * x + normals[h * 3 + 1] * y + normals[h * 3 + 2] * z <= offsets[h]) {
      h++;
    }
    if (h === last) out[i] = 1;
  }
}

/** Whether any explicit polytope contains the point. */
export function isCovered(shape: PackedShape<Float32Array>, point: ArrayLike<number>): boolean {
  const { planes, normals, offsets, translations } = shape;
  for (let k = 0; k < shape.parts; k++) {
    const x = point[0] - translations[k * 3];
    const y = point[1] - translations[k * 3 + 1];
    const z = point[2] - translations[k * 3 + 2];
    let h = k * planes;
    const last = h + planes;
    while (h < last && normals[h * 3] * x + normals[h * 3 + 1] * y + normals[h * 3 + 2] * z <= offsets[h])
      h++;
    if (h === last) return true;
  }
  return false;
}

/** Which part covers which point, and how many cover each. */
export interface Coverage {
  /** Per part, [N] 1 where the part covers the point. */
  readonly byPart: Uint8Array[];
  /** [N] */
  readonly counts: Uint16Array;
}

export function coverage(shape: PackedShape<Float32Array>, grid: PointGrid): Coverage {
  const total = grid.points.length / 3;
  const counts = new Uint16Array(total);
  const byPart: Uint8Array[] = [];
  for (let k = 0; k < shape.parts; k++) {
    const covered = new Uint8Array(total);
    coverByPart(shape, k, grid, covered);
    for (let i = 0; i < total; i++) counts[i] += covered[i];
    byPart.push(covered);
  }
  return { byPart, counts };
}

/** Weighted intersection over union of what is covered and what is inside; 1 when both are empty. */
export function coveredIou(counts: Uint16Array, { inside, weights }: WeightedPoints): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < inside.length; i++) {
    if (counts[i] > 0 && inside[i] === 1) both += weights[i];
    if (counts[i] > 0 || inside[i] === 1) either += weights[i];
  }
  return either === 0 ? 1 : both / either;
}

/**
 * How much each part is worth, [K]: the weight of interior points that it alone covers less `penalty` times that of
 * such exterior ones. Removing a part of value <= 0 does not lower the IoU when `penalty` is the IoU: taking in points
 * of weights (in, out) raises a ratio I/U exactly when in > out * I/U.
 */
export function partValues(cover: Coverage, samples: WeightedPoints, penalty: number): Float64Array {
  const { inside, weights } = samples;
  return Float64Array.from(cover.byPart, (covered) => {
    let value = 0;
    for (let i = 0; i < covered.length; i++) {
      if (covered[i] === 0 || cover.counts[i] !== 1) continue;
      value += inside[i] === 1 ? weights[i] : -penalty * weights[i];
    }
    return value;
  });
}
