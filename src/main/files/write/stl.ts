import type { TriangleMesh } from '../../../shared/geometry/types';

const HEADER_BYTES = 80;
const BYTES_PER_TRIANGLE = 50;

/** Binary STL, little-endian. STL has neither units nor names; `writeStlSidecar` says them beside it. */
export function writeStl(meshes: readonly TriangleMesh[]): Uint8Array {
  const triangles = meshes.reduce((sum, mesh) => sum + mesh.indices.length / 3, 0);
  const bytes = new Uint8Array(HEADER_BYTES + 4 + triangles * BYTES_PER_TRIANGLE);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('Halfspace convex parts, metres'));
  view.setUint32(HEADER_BYTES, triangles, true);
  let offset = HEADER_BYTES + 4;
  for (const { positions, indices } of meshes) {
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [3 * indices[t], 3 * indices[t + 1], 3 * indices[t + 2]];
      const corner = (i: number): readonly number[] => [positions[i], positions[i + 1], positions[i + 2]];
      const values = [...normalOf(positions, a, b, c), ...corner(a), ...corner(b), ...corner(c)];
      values.forEach((value, i) => view.setFloat32(offset + 4 * i, value, true));
      offset += BYTES_PER_TRIANGLE;
    }
  }
  return bytes;
}

function normalOf(p: Float64Array, a: number, b: number, c: number): readonly [number, number, number] {
  const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
  const [vx, vy, vz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
  const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** What STL cannot say, as JSON beside the file. */
export function writeStlSidecar(
  parts: readonly { name: string; triangles: number }[],
  upAxis: string,
): string {
  return `${JSON.stringify({ units: 'metres', upAxis, parts }, null, 2)}\n`;
}
