import { ON_PLANE } from './epsilon';
import { after, settle, type ClipState } from './clip';
import { weldLoops, type Loops } from './clip-weld';

/** Loops of vertex numbers per plane: the caller's planes ascending, then box sides. */
export interface Boundary extends Loops {
  /** x,y,z per vertex. */
  readonly vertices: Float64Array;
  /** Longest side of the bounding box of the vertices. */
  readonly extent: number;
}

/** Cosine above which two normals may belong to one face. */
const PARALLEL = 1 - 1e-9;

let starts = new Int32Array(128);
/** A plain array, because its slices are the loops. */
const corners: number[] = [];

/**
 * The boundary of the body in `state`. Vertices closer than `weld` times extent are one; without faces when that leaves
 * no body. Welding that would tear the boundary is tried at smaller distances.
 */
export function readBoundary(state: ClipState, weld: number): Boundary {
  const { x, y, z, count } = state;
  const vertices = new Float64Array(3 * count);
  for (let vertex = 0; vertex < count; vertex++) {
    vertices[3 * vertex] = x[vertex];
    vertices[3 * vertex + 1] = y[vertex];
    vertices[3 * vertex + 2] = z[vertex];
  }
  const extent = extentOf(vertices);
  const raw = readLoops(state);
  const shortest = shortestEdge(state);
  for (const share of [1, 1e-2, 1e-4]) {
    const limit = Math.max(weld * extent * share, ON_PLANE * state.reach);
    if (shortest > limit) break;
    const welded = weldLoops(raw, weldTargets(raw, vertices, limit));
    if (welded) return compact({ ...welded, vertices, extent });
  }
  // Unwelded vertices always make a sphere, edges of no length included.
  return { planes: raw.planes, loops: raw.loops, vertices, extent };
}

function extentOf(vertices: Float64Array): number {
  let lowX = Infinity;
  let lowY = Infinity;
  let lowZ = Infinity;
  let highX = -Infinity;
  let highY = -Infinity;
  let highZ = -Infinity;
  for (let at = 0; at < vertices.length; at += 3) {
    const x = vertices[at];
    const y = vertices[at + 1];
    const z = vertices[at + 2];
    if (x < lowX) lowX = x;
    if (x > highX) highX = x;
    if (y < lowY) lowY = y;
    if (y > highY) highY = y;
    if (z < lowZ) lowZ = z;
    if (z > highZ) highZ = z;
  }
  return Math.max(highX - lowX, highY - lowY, highZ - lowZ);
}

function readLoops(state: ClipState): Loops {
  const { face, twin, count } = state;
  const faceCount = state.planes + 6;
  if (starts.length < faceCount) starts = new Int32Array(2 * faceCount);
  starts.fill(-1, 0, faceCount);
  for (let from = 0; from < 4 * count; from += 4) {
    starts[face[from]] = from;
    starts[face[from + 1]] = from + 1;
    starts[face[from + 2]] = from + 2;
  }
  const planes: number[] = [];
  const loops: number[][] = [];
  for (let plane = 0; plane < faceCount; plane++) {
    const start = starts[plane];
    if (start < 0) continue;
    let length = 0;
    let slot = start;
    do {
      corners[length++] = slot >> 2;
      // The edge that keeps this face on its left, then the slot of this face at its far end.
      slot = after(twin[after(slot)]);
    } while (slot !== start);
    planes.push(plane);
    loops.push(corners.slice(0, length));
  }
  return { planes, loops };
}

function shortestEdge({ x, y, z, twin, count }: ClipState): number {
  let least = Infinity;
  for (let vertex = 0; vertex < count; vertex++) {
    for (let slot = 4 * vertex; slot < 4 * vertex + 3; slot++) {
      const other = twin[slot] >> 2;
      if (other < vertex) continue;
      const dx = x[vertex] - x[other];
      const dy = y[vertex] - y[other];
      const dz = z[vertex] - z[other];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared < least) least = squared;
    }
  }
  return Math.sqrt(least);
}

function squaredDistance(vertices: Float64Array, a: number, b: number): number {
  const x = vertices[3 * a] - vertices[3 * b];
  const y = vertices[3 * a + 1] - vertices[3 * b + 1];
  const z = vertices[3 * a + 2] - vertices[3 * b + 2];
  return x * x + y * y + z * z;
}

/**
 * For each vertex the one it becomes part of when edges of at most `limit` are contracted: the best-conditioned of the
 * vertices that come together.
 */
function weldTargets({ loops }: Loops, vertices: Float64Array, limit: number): Int32Array {
  const parent = Int32Array.from({ length: vertices.length / 3 }, (_, vertex) => vertex);
  const rootOf = (vertex: number): number => {
    let root = vertex;
    while (parent[root] !== root) root = parent[root];
    return root;
  };
  for (const loop of loops) {
    for (let corner = 0; corner < loop.length; corner++) {
      const from = loop[corner];
      const to = loop[(corner + 1) % loop.length];
      if (from < to && squaredDistance(vertices, from, to) <= limit * limit)
        parent[rootOf(to)] = rootOf(from);
    }
  }
  const best = new Map<number, { vertex: number; determinant: number }>();
  for (let vertex = 0; vertex < parent.length; vertex++) {
    const determinant = settle(vertex, Infinity);
    const known = best.get(rootOf(vertex));
    if (!known || determinant > known.determinant) best.set(rootOf(vertex), { vertex, determinant });
  }
  return parent.map((_, vertex) => best.get(rootOf(vertex))!.vertex);
}

/** The same boundary without the vertices that no loop names. */
function compact(boundary: Boundary): Boundary {
  const used = [...new Set(boundary.loops.flat())].sort((a, b) => a - b);
  const renumbered = new Map(used.map((vertex, index) => [vertex, index]));
  const vertices = new Float64Array(3 * used.length);
  used.forEach((vertex, index) =>
    vertices.set(boundary.vertices.subarray(3 * vertex, 3 * vertex + 3), 3 * index),
  );
  return {
    ...boundary,
    vertices,
    loops: boundary.loops.map((loop) => loop.map((vertex) => renumbered.get(vertex)!)),
  };
}

/**
 * Hands a face to the first of the planes that coincide on it within a distance: of near duplicates the later one may
 * have cut the earlier one's face away.
 */
export function preferEarlier(state: ClipState, boundary: Boundary, within: number): Boundary {
  const { nx, ny, nz, d, hasCut, planes: count } = state;
  const { loops, vertices } = boundary;
  let planes = boundary.planes;
  const coincide = (plane: number, face: number): boolean => {
    const other = planes[face];
    if (nx[plane] * nx[other] + ny[plane] * ny[other] + nz[plane] * nz[other] <= PARALLEL) return false;
    return loops[face].every((vertex) => {
      const at = 3 * vertex;
      const along = nx[plane] * vertices[at] + ny[plane] * vertices[at + 1] + nz[plane] * vertices[at + 2];
      return Math.abs(d[plane] - along) <= within;
    });
  };
  let handed = false;
  for (let plane = 0; plane < count; plane++) {
    if (hasCut[plane] === 0 || planes.includes(plane)) continue;
    for (let face = 0; face < planes.length; face++) {
      if (planes[face] <= plane || planes[face] >= count || !coincide(plane, face)) continue;
      if (!handed) planes = planes.slice();
      planes[face] = plane;
      handed = true;
      break;
    }
  }
  if (!handed) return boundary;
  const order = planes.map((_, face) => face).sort((a, b) => planes[a] - planes[b]);
  return { ...boundary, planes: order.map((face) => planes[face]), loops: order.map((face) => loops[face]) };
}
