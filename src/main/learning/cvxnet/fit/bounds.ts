import { intersectHalfSpaces } from '../../../../shared/geometry/polytope';
import type { Numbers } from '../../../../shared/geometry/types';
import { INACTIVE_OFFSET, type PackedShape } from '../../../../shared/shape/types';

/** Half-size of the cube in part coordinates beyond which no sample lies: the diagonal of learning space. */
const FARTHEST = 2;

/** An axis-aligned box: low x, y, z, high x, y, z. */
export type Bounds = readonly [number, number, number, number, number, number];

/**
 * The bounding box of part `k` with every plane moved outwards by `margin`, or null when nothing is inside. Exact from
 * the part's vertices, widened for float32 planes.
 */
export function boundsOfPart(shape: PackedShape<Float32Array>, k: number, margin: number): Bounds | null {
  const rows: number[] = [];
  for (let i = k * shape.planes; i < (k + 1) * shape.planes; i++) {
    if (shape.offsets[i] >= INACTIVE_OFFSET) continue;
    const n = shape.normals.subarray(i * 3, i * 3 + 3);
    rows.push(n[0], n[1], n[2], shape.offsets[i] + margin + 1e-5);
  }
  const body = intersectHalfSpaces(rows, { box: FARTHEST });
  if (!body.ok) return body.error.code === 'empty-polytope' ? null : EVERYWHERE;
  const { vertices } = body.value;
  return boundsOfPoints(vertices.map((value, i) => value + shape.translations[k * 3 + (i % 3)]));
}

const EVERYWHERE: Bounds = [-Infinity, -Infinity, -Infinity, Infinity, Infinity, Infinity];

/** The bounding box of points [N, 3]; turned inside out for none. */
export function boundsOfPoints(points: Numbers): Bounds {
  const bounds: [number, number, number, number, number, number] = [...NOWHERE];
  for (let i = 0; i < points.length; i++) {
    bounds[i % 3] = Math.min(bounds[i % 3], points[i]);
    bounds[3 + (i % 3)] = Math.max(bounds[3 + (i % 3)], points[i]);
  }
  return bounds;
}

const NOWHERE: Bounds = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
