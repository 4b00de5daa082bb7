import type { Random } from '../random';
import { triangleArea } from './triangle';
import type { TriangleMesh } from './types';

/** Points on a surface with the normals of the triangles that they were drawn from. */
export interface SurfaceSamples {
  /** [N, 3] */
  readonly points: Float32Array;
  /** [N, 3] unit; 0 for a triangle without area. */
  readonly normals: Float32Array;
}

/** [N, 3] points uniform in the cube [-halfSize, halfSize)^3. */
export function sampleBox(count: number, halfSize: number, random: Random): Float32Array {
  const points = new Float32Array(count * 3);
  for (let i = 0; i < points.length; i++) points[i] = (2 * random.uniform() - 1) * halfSize;
  return points;
}

/**
 * Points uniform by area on a mesh's triangles (Turk 1990, the square-root warp).
 * @returns no points when the mesh has no area.
 */
export function sampleSurface(mesh: TriangleMesh, count: number, random: Random): SurfaceSamples {
  const { positions, indices } = mesh;
  const { cumulative, normals: faceNormals } = areas(mesh);
  const total = cumulative.length > 0 ? cumulative[cumulative.length - 1] : 0;
  if (!(total > 0)) return { points: new Float32Array(0), normals: new Float32Array(0) };
  const points = new Float32Array(count * 3);
  const normals = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    const t = firstAbove(cumulative, random.uniform() * total);
    const root = Math.sqrt(random.uniform());
    const v = random.uniform();
    const wa = 1 - root;
    const wb = root * (1 - v);
    const wc = root * v;
    for (let c = 0; c < 3; c++) {
      points[i * 3 + c] =
        wa * positions[indices[t * 3] * 3 + c] +
        wb * positions[indices[t * 3 + 1] * 3 + c] +
        wc * positions[indices[t * 3 + 2] * 3 + c];
      normals[i * 3 + c] = faceNormals[t * 3 + c];
    }
  }
  return { points, normals };
}

/** [N, 3] surface points moved by an isotropic Gaussian of standard deviation `band`. */
export function sampleNearSurface(
  mesh: TriangleMesh,
  count: number,
  band: number,
  random: Random,
): Float32Array {
  const { points } = sampleSurface(mesh, count, random);
  for (let i = 0; i < points.length; i++) points[i] += band * random.normal();
  return points;
}

/** [T] running sum of triangle areas, [T, 3] unit normals. */
function areas(mesh: TriangleMesh): { cumulative: Float64Array; normals: Float64Array } {
  const count = mesh.indices.length / 3;
  const cumulative = new Float64Array(count);
  const normals = new Float64Array(count * 3);
  let sum = 0;
  for (let t = 0; t < count; t++) {
    sum += triangleArea(mesh, t, normals.subarray(t * 3, t * 3 + 3));
    cumulative[t] = sum;
  }
  return { cumulative, normals };
}

function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Total surface area. */
export function surfaceArea(mesh: TriangleMesh): number {
  const { cumulative } = areas(mesh);
  return cumulative.length > 0 ? cumulative[cumulative.length - 1] : 0;
}
