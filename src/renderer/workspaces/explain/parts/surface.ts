import { partPolytope } from '../../../../shared/shape/explicit';
import type { ConvexPart } from '../../../../shared/shape/types';
import { partBuffers } from '../../../viewport/parts/part-geometry';

/** A part's faces in triangles small enough to carry a map. Learning space. */
export interface FineSurface {
  /** [T*3*3] */
  readonly positions: Float32Array;
  /** [T*3*3] the face's normal at each corner. */
  readonly normals: Float32Array;
}

/** Longest edge of a triangle, learning units: less than half of what one place of a map of 8 x 8 covers. */
const EDGE = 0.03;
/** Triangles of all parts together, about; larger shapes get coarser ones. */
const MOST_TRIANGLES = 60_000;

/** The surfaces of parts by their id; parts without a body have none. */
export function fineSurfaces(parts: readonly ConvexPart[]): ReadonlyMap<string, FineSurface> {
  const bodies = parts.flatMap((part) => {
    const body = partPolytope(part);
    return body.ok ? [{ id: part.id, buffers: partBuffers(body.value) }] : [];
  });
  const area = bodies.reduce((sum, { buffers }) => sum + areaOf(buffers.positions), 0);
  // Halving the longest edge until all are short leaves triangles of about a quarter of its square.
  const edge = Math.max(EDGE, Math.sqrt((4 * area) / MOST_TRIANGLES));
  return new Map(bodies.map(({ id, buffers }) => [id, refine(buffers.positions, buffers.normals, edge)]));
}

function refine(positions: Float32Array, normals: Float32Array, edge: number): FineSurface {
  const corners: number[] = [];
  const directions: number[] = [];
  for (let at = 0; at < positions.length; at += 9) {
    const stack = [Array.from(positions.subarray(at, at + 9))];
    for (let triangle = stack.pop(); triangle; triangle = stack.pop()) {
      const [longest, length] = longestEdge(triangle);
      if (length > edge) {
        stack.push(...halves(triangle, longest));
        continue;
      }
      corners.push(...triangle);
      for (let corner = 0; corner < 3; corner++) directions.push(...normals.subarray(at, at + 3));
    }
  }
  return { positions: Float32Array.from(corners), normals: Float32Array.from(directions) };
}

/** The edge from corner i to the next, and its length. */
function longestEdge(triangle: readonly number[]): [edge: number, length: number] {
  let [edge, longest] = [0, -1];
  for (let i = 0; i < 3; i++) {
    const [a, b] = [3 * i, 3 * ((i + 1) % 3)];
    const length = Math.hypot(
      triangle[a] - triangle[b],
      triangle[a + 1] - triangle[b + 1],
      triangle[a + 2] - triangle[b + 2],
    );
    if (length > longest) [edge, longest] = [i, length];
  }
  return [edge, longest];
}

function halves(triangle: readonly number[], edge: number): [number[], number[]] {
  const corner = (i: number): number[] => triangle.slice(3 * (i % 3), 3 * (i % 3) + 3);
  const [a, b, c] = [corner(edge), corner(edge + 1), corner(edge + 2)];
  const middle = a.map((value, axis) => (value + b[axis]) / 2);
  return [
    [...a, ...middle, ...c],
    [...middle, ...b, ...c],
  ];
}

function areaOf(positions: Float32Array): number {
  let area = 0;
  for (let at = 0; at < positions.length; at += 9) {
    const [ux, uy, uz] = [0, 1, 2].map((k) => positions[at + 3 + k] - positions[at + k]);
    const [vx, vy, vz] = [0, 1, 2].map((k) => positions[at + 6 + k] - positions[at + k]);
    area += Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
  }
  return area;
}
