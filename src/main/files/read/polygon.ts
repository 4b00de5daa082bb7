import { ShapeUtils, Vector2 } from 'three';

/**
 * Triangles of a polygon given by its corners, as corner numbers in its own order: a fan when it is convex, else ear
 * clipping in the plane of its area vector.
 * @param corners [n, 3] positions
 */
export function triangulatePolygon(corners: readonly number[]): number[] {
  const count = corners.length / 3;
  if (count === 3) return [0, 1, 2];
  const normal = areaVector(corners);
  const length = Math.hypot(...normal);
  if (!(length > 0) || isConvex(corners, normal)) return fan(count);
  // Drop the axis along which the polygon is seen largest; the sign keeps the order of its corners.
  const axis = [0, 1, 2].reduce((best, a) => (Math.abs(normal[a]) > Math.abs(normal[best]) ? a : best), 0);
  const [u, v] = normal[axis] > 0 ? [(axis + 1) % 3, (axis + 2) % 3] : [(axis + 2) % 3, (axis + 1) % 3];
  const contour: Vector2[] = [];
  for (let i = 0; i < count; i++) contour.push(new Vector2(corners[i * 3 + u], corners[i * 3 + v]));
  const triangles = ShapeUtils.triangulateShape(contour, []);
  return triangles.length === count - 2 ? triangles.flat() : fan(count);
}

function fan(count: number): number[] {
  const out: number[] = [];
  for (let i = 2; i < count; i++) out.push(0, i - 1, i);
  return out;
}

function areaVector(c: readonly number[]): [number, number, number] {
  const out: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < c.length; i += 3) {
    const j = (i + 3) % c.length;
    out[0] += (c[i + 1] - c[j + 1]) * (c[i + 2] + c[j + 2]);
    out[1] += (c[i + 2] - c[j + 2]) * (c[i] + c[j]);
    out[2] += (c[i] - c[j]) * (c[i + 1] + c[j + 1]);
  }
  return out;
}

function isConvex(c: readonly number[], normal: readonly number[]): boolean {
  for (let i = 0; i < c.length; i += 3) {
    const j = (i + 3) % c.length;
    const k = (i + 6) % c.length;
    const ux = c[j] - c[i];
    const uy = c[j + 1] - c[i + 1];
    const uz = c[j + 2] - c[i + 2];
    const vx = c[k] - c[j];
    const vy = c[k + 1] - c[j + 1];
    const vz = c[k + 2] - c[j + 2];
    const turn =
      (uy * vz - uz * vy) * normal[0] + (uz * vx - ux * vz) * normal[1] + (ux * vy - uy * vx) * normal[2];
    if (turn < 0) return false;
  }
  return true;
}
