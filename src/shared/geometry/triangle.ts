import type { TriangleMesh } from './types';

/**
 * Area of triangle `t` of a mesh. Its unit normal, counter-clockwise outside, goes to `normal`; zero when the area is.
 */
export function triangleArea({ positions, indices }: TriangleMesh, t: number, normal: Float64Array): number {
  const a = indices[t * 3] * 3;
  const b = indices[t * 3 + 1] * 3;
  const c = indices[t * 3 + 2] * 3;
  const ux = positions[b] - positions[a];
  const uy = positions[b + 1] - positions[a + 1];
  const uz = positions[b + 2] - positions[a + 2];
  const vx = positions[c] - positions[a];
  const vy = positions[c + 1] - positions[a + 1];
  const vz = positions[c + 2] - positions[a + 2];
  const nx = uy * vz - uz * vy;
  const ny = uz * vx - ux * vz;
  const nz = ux * vy - uy * vx;
  const length = Math.hypot(nx, ny, nz);
  const scale = length === 0 ? 0 : 1 / length;
  normal[0] = nx * scale;
  normal[1] = ny * scale;
  normal[2] = nz * scale;
  return length / 2;
}
