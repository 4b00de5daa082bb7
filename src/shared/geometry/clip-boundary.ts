import { ON_PLANE, UNIT_NORMAL } from './epsilon';
import { after, FACE, settle, type ClipState } from './clip';
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

/** More than one component of such normals differs by, their lengths included: the first test, passed by few. */
const APART = 1e-4 + 2 * UNIT_NORMAL;

/** Numbers in a shared buffer: small, because one body keeps all of it alive. */
const POOL = 1024;

let starts = new Int32Array(128);
/** A plain array, because its slices are the loops. */
const corners: number[] = [];

/**
 * The boundary of the body in `state`. Vertices closer than `weld` times extent are one; without faces when that leaves
 * no body. Welding that would tear the boundary is tried at smaller distances.
 */
export function readBoundary(state: ClipState, weld: number): Boundary {
  const { vertex, count } = state;
  const vertices = takeNumbers(3 * count);
  let lowX = Infinity;
  let lowY = Infinity;
  let lowZ = Infinity;
  let highX = -Infinity;
  let highY = -Infinity;
  let highZ = -Infinity;
  for (let v = 0; v < count; v++) {
    const x = vertex[4 * v];
    const y = vertex[4 * v + 1];
    const z = vertex[4 * v + 2];
    vertices[3 * v] = x;
    vertices[3 * v + 1] = y;
    vertices[3 * v + 2] = z;
    if (x < lowX) lowX = x;
    if (x > highX) highX = x;
    if (y < lowY) lowY = y;
    if (y > highY) highY = y;
    if (z < lowZ) lowZ = z;
    if (z > highZ) highZ = z;
  }
  const extent = Math.max(highX - lowX, highY - lowY, highZ - lowZ);
  const raw = readLoops(state);
  const limit = Math.max(weld * extent, ON_PLANE * state.reach);
  // Unwelded vertices always make a sphere, edges of no length included.
  const boundary: Boundary = { planes: raw.planes, loops: raw.loops, vertices, extent };
  return raw.shortest > limit ? boundary : weldBoundary(state, boundary, raw.shortest, weld);
}

function weldBoundary(state: ClipState, raw: Boundary, shortest: number, weld: number): Boundary {
  for (const share of [1, 1e-2, 1e-4]) {
    const limit = Math.max(weld * raw.extent * share, ON_PLANE * state.reach);
    if (shortest > limit) break;
    const welded = weldLoops(raw, weldTargets(raw, raw.vertices, limit));
    if (welded) return compact({ ...raw, ...welded });
  }
  return raw;
}

let pool = new Float64Array(POOL);
let poolUsed = 0;

/** Numbers of their own in a buffer shared with other bodies: a buffer for each takes a tenth of the whole time. */
function takeNumbers(length: number): Float64Array {
  if (length > POOL / 4) return new Float64Array(length);
  if (poolUsed + length > POOL) {
    pool = new Float64Array(POOL);
    poolUsed = 0;
  }
  poolUsed += length;
  return new Float64Array(pool.buffer, 8 * (poolUsed - length), length);
}

/** The loops of all faces and the length of the shortest edge. */
function readLoops(state: ClipState): Loops & { readonly shortest: number } {
  const { vertex, link, planes: own, count } = state;
  const faceCount = own + 6;
  if (starts.length < faceCount) starts = new Int32Array(2 * faceCount);
  for (let face = 0; face < faceCount; face++) starts[face] = -1;
  for (let slot = 0; slot < 8 * count; slot += 8) {
    starts[link[slot + FACE]] = slot;
    starts[link[slot + 1 + FACE]] = slot + 1;
    starts[link[slot + 2 + FACE]] = slot + 2;
  }
  const planes: number[] = [];
  const loops: number[][] = [];
  let least = Infinity;
  for (let plane = 0; plane < faceCount; plane++) {
    const start = starts[plane];
    if (start < 0) continue;
    let length = 0;
    let slot = start;
    let at = (slot >> 3) * 4;
    do {
      corners[length++] = slot >> 3;
      // The edge that keeps this face on its left, then the slot of this face at its far end.
      slot = after(link[after(slot)]);
      const next = (slot >> 3) * 4;
      const dx = vertex[next] - vertex[at];
      const dy = vertex[next + 1] - vertex[at + 1];
      const dz = vertex[next + 2] - vertex[at + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared < least) least = squared;
      at = next;
    } while (slot !== start);
    planes.push(plane);
    loops.push(copyOf(corners, length));
  }
  return { planes, loops, shortest: Math.sqrt(least) };
}

/** The first `length` entries. Literals of the usual lengths take a third of a slice's time. */
function copyOf(list: readonly number[], length: number): number[] {
  if (length === 3) return [list[0], list[1], list[2]];
  if (length === 4) return [list[0], list[1], list[2], list[3]];
  if (length === 5) return [list[0], list[1], list[2], list[3], list[4]];
  if (length === 6) return [list[0], list[1], list[2], list[3], list[4], list[5]];
  if (length === 7) return [list[0], list[1], list[2], list[3], list[4], list[5], list[6]];
  return list.slice(0, length);
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
 * have cut the earlier one's face away, or been first.
 */
export function preferEarlier(state: ClipState, boundary: Boundary, within: number): Boundary {
  const { plane: rows, planes: count } = state;
  const { loops, vertices } = boundary;
  let planes = boundary.planes;
  let handed = false;
  let first = 0;
  for (let plane = 0; plane < count; plane++) {
    while (first < loops.length && boundary.planes[first] < plane) first++;
    if (boundary.planes[first] === plane) continue;
    const at = 4 * plane;
    for (let face = first; face < loops.length; face++) {
      const other = 4 * planes[face];
      if (other >= 4 * count) break;
      if (Math.abs(rows[at] - rows[other]) > APART) continue;
      const cosine = rows[at] * rows[other] + rows[at + 1] * rows[other + 1] + rows[at + 2] * rows[other + 2];
      if (cosine <= PARALLEL || other < at || !liesOn(rows, at, vertices, loops[face], within)) continue;
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

/** Whether all corners of a loop are within a distance of the plane in row `at` of `rows`. */
function liesOn(
  rows: Float64Array,
  at: number,
  vertices: Float64Array,
  loop: readonly number[],
  within: number,
): boolean {
  return loop.every((vertex) => {
    const along =
      rows[at] * vertices[3 * vertex] +
      rows[at + 1] * vertices[3 * vertex + 1] +
      rows[at + 2] * vertices[3 * vertex + 2];
    return Math.abs(rows[at + 3] - along) <= within;
  });
}
