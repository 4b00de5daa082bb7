import { buildBvh } from './bvh';
import type { Numbers } from './types';

/** Nearest-neighbour queries among fixed points. */
export interface PointIndex {
  /** Squared distance to the nearest point; Infinity when there is none. */
  readonly nearestSquared: (x: number, y: number, z: number) => number;
  /** Squared distance to the k-th nearest point, k >= 1; Infinity when there are fewer. */
  readonly kthSquared: (x: number, y: number, z: number, k: number) => number;
}

/** @param points [N, 3] */
export function createPointIndex(points: Numbers): PointIndex {
  const count = points.length / 3;
  const boxes = new Float64Array(count * 6);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) boxes[i * 6 + c] = boxes[i * 6 + 3 + c] = points[i * 3 + c];
  }
  const { order, skip, bounds, first, size, nodeCount } = buildBvh(boxes, 8);
  const sorted = new Float64Array(count * 3);
  for (let i = 0; i < count; i++) for (let c = 0; c < 3; c++) sorted[i * 3 + c] = points[order[i] * 3 + c];
  const stack = new Int32Array(128);
  const stackSquared = new Float64Array(128);

  const boxSquared = (node: number, x: number, y: number, z: number): number => {
    const b = node * 6;
    const dx = x < bounds[b] ? bounds[b] - x : x > bounds[b + 3] ? x - bounds[b + 3] : 0;
    const dy = y < bounds[b + 1] ? bounds[b + 1] - y : y > bounds[b + 4] ? y - bounds[b + 4] : 0;
    const dz = z < bounds[b + 2] ? bounds[b + 2] - z : z > bounds[b + 5] ? z - bounds[b + 5] : 0;
    return dx * dx + dy * dy + dz * dz;
  };
  /** Squared distances of the `k` nearest in ascending order. */
  const search = (x: number, y: number, z: number, best: Float64Array, k: number): void => {
    best.fill(Infinity, 0, k);
    if (nodeCount === 0) return;
    let top = 0;
    stack[0] = 0;
    stackSquared[0] = boxSquared(0, x, y, z);
    while (top >= 0) {
      const node = stack[top];
      const reach = stackSquared[top--];
      if (reach >= best[k - 1]) continue;
      if (skip[node] === node + 1) {
        const end = (first[node] + size[node]) * 3;
        for (let p = first[node] * 3; p < end; p += 3) {
          const dx = sorted[p] - x;
          const dy = sorted[p + 1] - y;
          const dz = sorted[p + 2] - z;
          insert(best, k, dx * dx + dy * dy + dz * dz);
        }
        continue;
      }
      const left = node + 1;
      const right = skip[left];
      const leftSquared = boxSquared(left, x, y, z);
      const rightSquared = boxSquared(right, x, y, z);
      const leftLast = leftSquared <= rightSquared;
      stack[++top] = leftLast ? right : left;
      stackSquared[top] = leftLast ? rightSquared : leftSquared;
      stack[++top] = leftLast ? left : right;
      stackSquared[top] = leftLast ? leftSquared : rightSquared;
    }
  };
  const one = new Float64Array(1);
  return {
    nearestSquared: (x, y, z) => {
      search(x, y, z, one, 1);
      return one[0];
    },
    kthSquared: (x, y, z, k) => {
      const best = new Float64Array(k);
      search(x, y, z, best, k);
      return best[k - 1];
    },
  };
}

function insert(best: Float64Array, k: number, square: number): void {
  if (square >= best[k - 1]) return;
  let at = k - 1;
  while (at > 0 && best[at - 1] > square) {
    best[at] = best[at - 1];
    at--;
  }
  best[at] = square;
}

/** [N] distances from points [N, 3] to the nearest of targets [M, 3]; Infinity when there are no targets. */
export function nearestDistances(points: Numbers, targets: Numbers | PointIndex): Float64Array {
  const index = 'nearestSquared' in targets ? targets : createPointIndex(targets);
  const out = new Float64Array(points.length / 3);
  for (let i = 0; i < out.length; i++) {
    out[i] = Math.sqrt(index.nearestSquared(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]));
  }
  return out;
}

/**
 * [N] surface area that each point of a surface sample [N, 3] stands for: pi r^2 / k with r the distance to its k-th
 * neighbour, the unbiased density estimate of points scattered over a plane.
 */
export function estimatePointAreas(points: Numbers, k = 8): Float64Array {
  const count = points.length / 3;
  const index = createPointIndex(points);
  const neighbours = Math.min(k, count - 1);
  const areas = new Float64Array(count);
  if (neighbours < 1) return areas;
  for (let i = 0; i < count; i++) {
    // The point finds itself first.
    const square = index.kthSquared(points[i * 3], points[i * 3 + 1], points[i * 3 + 2], neighbours + 1);
    areas[i] = (Math.PI * square) / neighbours;
  }
  return areas;
}
