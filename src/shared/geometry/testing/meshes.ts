import bunny from 'bunny';
import teapot from 'teapot';
import type { TriangleMesh, Vec3 } from '../types';

const BOX_FACES = [
  0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5,
];

/** An axis-parallel box with two triangles per side, in the order -z, +z, -y, +y, -x, +x. */
export function boxMesh(low: Vec3, high: Vec3): TriangleMesh {
  const positions = new Float64Array(24);
  for (let v = 0; v < 8; v++) {
    positions.set([v & 1 ? high[0] : low[0], v & 2 ? high[1] : low[1], v & 4 ? high[2] : low[2]], v * 3);
  }
  return { positions, indices: Uint32Array.from(BOX_FACES) };
}

/** A closed grid of `around` x `along` quads, wrapped in the first and, for a torus, in the second direction. */
export function torusMesh(radius: number, tube: number, around: number, along: number): TriangleMesh {
  const positions: number[] = [];
  const indices: number[] = [];
  for (let i = 0; i < around; i++) {
    for (let j = 0; j < along; j++) {
      const u = (2 * Math.PI * i) / around;
      const v = (2 * Math.PI * j) / along;
      const ring = radius + tube * Math.cos(v);
      positions.push(ring * Math.cos(u), ring * Math.sin(u), tube * Math.sin(v));
      const a = i * along + j;
      const b = ((i + 1) % around) * along + j;
      const c = ((i + 1) % around) * along + ((j + 1) % along);
      const d = i * along + ((j + 1) % along);
      indices.push(a, b, c, a, c, d);
    }
  }
  return { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}

/** A sphere by latitude and longitude, around the origin. */
export function sphereMesh(radius: number, rings: number): TriangleMesh {
  const segments = 2 * rings;
  const positions: number[] = [0, 0, radius];
  for (let i = 1; i < rings; i++) {
    for (let j = 0; j < segments; j++) {
      const polar = (Math.PI * i) / rings;
      const azimuth = (2 * Math.PI * j) / segments;
      positions.push(
        radius * Math.sin(polar) * Math.cos(azimuth),
        radius * Math.sin(polar) * Math.sin(azimuth),
        radius * Math.cos(polar),
      );
    }
  }
  positions.push(0, 0, -radius);
  const south = positions.length / 3 - 1;
  const at = (i: number, j: number): number => 1 + (i - 1) * segments + (j % segments);
  const indices: number[] = [];
  for (let j = 0; j < segments; j++) {
    indices.push(0, at(1, j), at(1, j + 1));
    for (let i = 1; i < rings - 1; i++) {
      indices.push(at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j), at(i + 1, j + 1), at(i, j + 1));
    }
    indices.push(at(rings - 1, j), south, at(rings - 1, j + 1));
  }
  return { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}

/** The mesh without the triangles for which `drop` is true. */
export function withoutTriangles(mesh: TriangleMesh, drop: (triangle: number) => boolean): TriangleMesh {
  return { positions: mesh.positions, indices: mesh.indices.filter((_, i) => !drop(Math.floor(i / 3))) };
}

/** The triangles for which `turn` is true run the other way. */
export function turnTriangles(mesh: TriangleMesh, turn: (triangle: number) => boolean): TriangleMesh {
  const indices = mesh.indices.slice();
  for (let t = 0; t < indices.length / 3; t++) {
    if (turn(t)) indices.subarray(t * 3, t * 3 + 3).reverse();
  }
  return { positions: mesh.positions, indices };
}

/** The Stanford bunny, watertight, 3674 triangles, longest edge 1 around the origin. */
export function bunnyMesh(): TriangleMesh {
  return unitMesh(bunny);
}

/** The Utah teapot of 1976: three separate open bodies, 992 triangles, longest edge 1 around the origin. */
export function teapotMesh(): TriangleMesh {
  return unitMesh(teapot);
}

function unitMesh({ positions, cells }: { positions: number[][]; cells: number[][] }): TriangleMesh {
  const low = [0, 1, 2].map((c) => Math.min(...positions.map((p) => p[c])));
  const high = [0, 1, 2].map((c) => Math.max(...positions.map((p) => p[c])));
  const edge = Math.max(...high.map((h, c) => h - low[c]));
  return {
    positions: Float64Array.from(positions.flat(), (x, i) => (x - (low[i % 3] + high[i % 3]) / 2) / edge),
    indices: Uint32Array.from(cells.flat()),
  };
}
