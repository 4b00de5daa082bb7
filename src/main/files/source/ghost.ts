import type { Numbers, TriangleMesh } from '../../../shared/geometry/types';

export interface Ghost {
  readonly positions: Float32Array;
  readonly indices: Uint32Array | null;
}

const MAXIMUM_TRIANGLES = 300_000;
const MAXIMUM_POINTS = 200_000;

/** The mesh as the window draws it: as it is, or with its vertices clustered on the finest grid that is small enough. */
export function meshGhost(mesh: TriangleMesh, maximumTriangles = MAXIMUM_TRIANGLES): Ghost {
  let drawn = mesh;
  for (let cells = 256; drawn.indices.length / 3 > maximumTriangles; cells = Math.floor(cells * 0.8)) {
    drawn = clusterVertices(mesh, 1 / cells);
  }
  return { positions: Float32Array.from(drawn.positions), indices: drawn.indices.slice() };
}

/** Every n-th point, n the least that is few enough. */
export function pointGhost(points: Numbers, maximumPoints = MAXIMUM_POINTS): Ghost {
  const count = points.length / 3;
  const stride = Math.max(1, Math.ceil(count / maximumPoints));
  const positions = new Float32Array(Math.ceil(count / stride) * 3);
  for (let i = 0; i < positions.length; i += 3) {
    for (let c = 0; c < 3; c++) positions[i + c] = points[i * stride + c];
  }
  return { positions, indices: null };
}

/** Vertices of one grid cell become their mean (Rossignac and Borrel 1993); triangles that collapse are dropped. */
function clusterVertices({ positions, indices }: TriangleMesh, cell: number): TriangleMesh {
  const names = new Map<number, number>();
  const cluster = new Uint32Array(positions.length / 3);
  const sums: number[] = [];
  const counts: number[] = [];
  // Learning coordinates lie in [-0.5, 0.5]: three cell numbers make one exact key.
  const span = Math.ceil(1 / cell) + 2;
  for (let v = 0; v < cluster.length; v++) {
    const [i, j, k] = [0, 1, 2].map((c) => Math.floor((positions[v * 3 + c] + 0.5) / cell));
    const key = (i * span + j) * span + k;
    let name = names.get(key);
    if (name === undefined) {
      name = counts.length;
      names.set(key, name);
      counts.push(0);
      sums.push(0, 0, 0);
    }
    cluster[v] = name;
    counts[name]++;
    for (let c = 0; c < 3; c++) sums[name * 3 + c] += positions[v * 3 + c];
  }
  const kept: number[] = [];
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [cluster[indices[t]], cluster[indices[t + 1]], cluster[indices[t + 2]]];
    if (a !== b && b !== c && c !== a) kept.push(a, b, c);
  }
  return {
    positions: Float64Array.from(sums, (sum, i) => sum / counts[Math.floor(i / 3)]),
    indices: Uint32Array.from(kept),
  };
}
