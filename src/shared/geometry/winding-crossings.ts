import { buildBvh, triangleBoxes } from './bvh';

/**
 * The winding number of a closed oriented surface, exactly, as signed crossings of the ray from the point along +z:
 * +1 where it leaves, -1 where it enters. Closed means that every edge is used equally often in both directions;
 * self-intersections, duplicated faces and non-manifold edges are allowed.
 *
 * A crossing is decided from three edge signs in the xy projection. The edge determinant below is exactly
 * antisymmetric in floating point and ties are broken by moving the point by (e, e^2), so the two triangles of an edge
 * never both take or both lose a point.
 *
 * @param corners [T, 9]
 */
export function createCrossingCounter(corners: Float64Array): (x: number, y: number, z: number) => number {
  const { bounds, skip, first, size, order, nodeCount } = buildBvh(triangleBoxes(corners), 4);
  const sorted = new Float64Array(corners.length);
  for (let i = 0; i < order.length; i++) {
    sorted.set(corners.subarray(order[i] * 9, order[i] * 9 + 9), i * 9);
  }
  return (x, y, z) => {
    let winding = 0;
    let node = 0;
    while (node < nodeCount) {
      const b = node * 6;
      if (x < bounds[b] || x > bounds[b + 3] || y < bounds[b + 1] || y > bounds[b + 4] || z > bounds[b + 5]) {
        node = skip[node];
        continue;
      }
      if (skip[node] === node + 1) {
        const end = (first[node] + size[node]) * 9;
        for (let t = first[node] * 9; t < end; t += 9) winding += crossing(sorted, t, x, y, z);
      }
      node++;
    }
    return winding;
  };
}

function crossing(corners: Float64Array, t: number, x: number, y: number, z: number): number {
  const ax = corners[t] - x;
  const ay = corners[t + 1] - y;
  const bx = corners[t + 3] - x;
  const by = corners[t + 4] - y;
  const ab = ax * by - bx * ay;
  const abPositive = ab !== 0 ? ab > 0 : tie(ax, ay, bx, by);
  const cx = corners[t + 6] - x;
  const cy = corners[t + 7] - y;
  const bc = bx * cy - cx * by;
  const bcPositive = bc !== 0 ? bc > 0 : tie(bx, by, cx, cy);
  if (abPositive !== bcPositive) return 0;
  const ca = cx * ay - ax * cy;
  const caPositive = ca !== 0 ? ca > 0 : tie(cx, cy, ax, ay);
  if (caPositive !== abPositive) return 0;
  const height = bc * (corners[t + 2] - z) + ca * (corners[t + 5] - z) + ab * (corners[t + 8] - z);
  if (abPositive) return height > 0 ? 1 : 0;
  return height < 0 ? -1 : 0;
}

/** Sign of the edge determinant after the point moved by (e, e^2), e -> 0. */
function tie(ax: number, ay: number, bx: number, by: number): boolean {
  if (by !== ay) return by < ay;
  return bx > ax;
}
