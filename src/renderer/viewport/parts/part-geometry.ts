import type { Polytope } from '../../../shared/geometry/types';

/** A polytope as draw buffers, in the polytope's own space. */
export interface PartBuffers {
  /** [T*3*3] triangles, a fan per face, corners not shared so that every face is flat. */
  readonly positions: Float32Array;
  /** [T*3*3] the face's unit normal at each corner. */
  readonly normals: Float32Array;
  /** [T] the plane that made the triangle's face; negative for the clipping box, as in PolytopeFace. */
  readonly planes: Int32Array;
  /** [E*6] both ends of every edge, each once. */
  readonly edges: Float32Array;
  /** Mean of the vertices. */
  readonly centre: readonly [number, number, number];
}

/** Triangles, normals and edges of a polytope. Edges are its real ones: lines where two planes meet. */
export function partBuffers(polytope: Polytope): PartBuffers {
  const { vertices, faces } = polytope;
  const count = vertices.length / 3;
  let triangles = 0;
  let halfEdges = 0;
  for (const face of faces) {
    triangles += face.loop.length - 2;
    halfEdges += face.loop.length;
  }
  const positions = new Float32Array(triangles * 9);
  const normals = new Float32Array(triangles * 9);
  const planes = new Int32Array(triangles);
  const edges = new Float32Array((halfEdges / 2) * 6);
  let triangle = 0;
  let edge = 0;
  for (const { loop, plane } of faces) {
    const [nx, ny, nz] = loopNormal(vertices, loop);
    for (let i = 0; i < loop.length; i++) {
      const a = loop[i];
      const b = loop[(i + 1) % loop.length];
      // Each edge belongs to two faces that run along it in opposite directions.
      if (a < b && edge + 6 <= edges.length) {
        for (let k = 0; k < 3; k++) {
          edges[edge + k] = vertices[a * 3 + k];
          edges[edge + 3 + k] = vertices[b * 3 + k];
        }
        edge += 6;
      }
    }
    for (let i = 1; i + 1 < loop.length; i++) {
      planes[triangle] = plane;
      const corners = [loop[0], loop[i], loop[i + 1]];
      for (let corner = 0; corner < 3; corner++) {
        const at = triangle * 9 + corner * 3;
        for (let k = 0; k < 3; k++) positions[at + k] = vertices[corners[corner] * 3 + k];
        normals[at] = nx;
        normals[at + 1] = ny;
        normals[at + 2] = nz;
      }
      triangle += 1;
    }
  }
  const centre: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < vertices.length; i++) centre[i % 3] += vertices[i] / count;
  return { positions, normals, planes, edges: edges.subarray(0, edge), centre };
}

/** Newell's normal of a vertex loop, unit length: robust to nearly collinear corners. */
export function loopNormal(vertices: Float64Array, loop: readonly number[]): [number, number, number] {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 0; i < loop.length; i++) {
    const a = loop[i] * 3;
    const b = loop[(i + 1) % loop.length] * 3;
    x += (vertices[a + 1] - vertices[b + 1]) * (vertices[a + 2] + vertices[b + 2]);
    y += (vertices[a + 2] - vertices[b + 2]) * (vertices[a] + vertices[b]);
    z += (vertices[a] - vertices[b]) * (vertices[a + 1] + vertices[b + 1]);
  }
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** Area-weighted centroid of a face: inside it, also where one side has many short edges. */
export function loopCentroid(vertices: Float64Array, loop: readonly number[]): [number, number, number] {
  const o = loop[0] * 3;
  const normal = loopNormal(vertices, loop);
  const sum: [number, number, number] = [0, 0, 0];
  let total = 0;
  for (let i = 1; i + 1 < loop.length; i++) {
    const a = loop[i] * 3;
    const b = loop[i + 1] * 3;
    const u = [0, 1, 2].map((k) => vertices[a + k] - vertices[o + k]);
    const v = [0, 1, 2].map((k) => vertices[b + k] - vertices[o + k]);
    const area =
      (u[1] * v[2] - u[2] * v[1]) * normal[0] +
      (u[2] * v[0] - u[0] * v[2]) * normal[1] +
      (u[0] * v[1] - u[1] * v[0]) * normal[2];
    total += area;
    for (let k = 0; k < 3; k++) {
      sum[k] += (area * (vertices[o + k] + vertices[a + k] + vertices[b + k])) / 3;
    }
  }
  if (total <= 0) {
    const mean: [number, number, number] = [0, 0, 0];
    for (const index of loop) for (let k = 0; k < 3; k++) mean[k] += vertices[index * 3 + k] / loop.length;
    return mean;
  }
  return [sum[0] / total, sum[1] / total, sum[2] / total];
}
