import { ON_PLANE } from './epsilon';
import type { Numbers } from './types';

/**
 * A simple polytope (three faces at every vertex) under construction, as a 3-regular graph in flat buffers. Vertices that
 * more than three planes share are several vertices with edges of length zero here; welding joins them at the end.
 * Vertex v touches faces face[3v..3v+2], counter-clockwise from outside; the edge of slot i lies between the faces of the
 * other two slots, and twin[3v+i] is the same edge's slot at its other end.
 */
export interface ClipState {
  /** Half-spaces; the six box sides come after the caller's. */
  nx: Float64Array;
  ny: Float64Array;
  nz: Float64Array;
  d: Float64Array;
  planes: number;
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  distance: Float64Array;
  face: Int32Array;
  twin: Int32Array;
  /** 0 not reached, OUTSIDE or INSIDE the plane of the cut. */
  mark: Uint8Array;
  live: Int32Array;
  liveCount: number;
  /** Vertex slots below `used` that are free again. */
  free: Int32Array;
  freeCount: number;
  used: number;
  stack: Int32Array;
  /** For the cut's loop: the new vertex to which a face's part of the loop leads. */
  entry: Int32Array;
  fresh: Int32Array;
  /** Largest absolute coordinate. */
  reach: number;
}

const OUTSIDE = 1;
const INSIDE = 2;

/** A vertex is put exactly on its three planes when they are this far from being dependent (a determinant). */
const WELL_CONDITIONED = 1e-3;

const state: ClipState = allocate(64);

function allocate(planes: number): ClipState {
  // A simple polytope with F faces has 2F - 4 vertices; a cut adds at most F before it frees any.
  const vertices = 3 * (planes + 6);
  return {
    nx: new Float64Array(planes + 6),
    ny: new Float64Array(planes + 6),
    nz: new Float64Array(planes + 6),
    d: new Float64Array(planes + 6),
    planes: 0,
    x: new Float64Array(vertices),
    y: new Float64Array(vertices),
    z: new Float64Array(vertices),
    distance: new Float64Array(vertices),
    face: new Int32Array(3 * vertices),
    twin: new Int32Array(3 * vertices),
    mark: new Uint8Array(vertices),
    live: new Int32Array(vertices),
    liveCount: 0,
    free: new Int32Array(vertices),
    freeCount: 0,
    used: 0,
    stack: new Int32Array(vertices),
    entry: new Int32Array(planes + 6),
    fresh: new Int32Array(vertices),
    reach: 0,
  };
}

/**
 * The module's one state, started as the cube of half-size `box` around the origin with `count` checked planes [H,4]
 * loaded and none cut yet. The next call starts it again: read what you need before.
 */
export function startClip(planes: Numbers, count: number, box: number): ClipState {
  if (state.nx.length < count + 6) Object.assign(state, allocate(2 * count));
  const { nx, ny, nz, d } = state;
  for (let plane = 0; plane < count; plane++) {
    nx[plane] = planes[4 * plane]!;
    ny[plane] = planes[4 * plane + 1]!;
    nz[plane] = planes[4 * plane + 2]!;
    d[plane] = planes[4 * plane + 3]!;
  }
  for (let side = 0; side < 6; side++) {
    const axis = side >> 1;
    const sign = side & 1 ? 1 : -1;
    nx[count + side] = axis === 0 ? sign : 0;
    ny[count + side] = axis === 1 ? sign : 0;
    nz[count + side] = axis === 2 ? sign : 0;
    d[count + side] = box;
  }
  state.planes = count;
  state.reach = box;
  startCube(count, box);
  state.freeCount = 0;
  state.used = 8;
  return state;
}

/** The slot of an axis at a corner: corners with an odd number of negative signs see the axes the other way round. */
function slotOf(corner: number, axis: number): number {
  const odd = ((corner ^ (corner >> 1) ^ (corner >> 2)) & 1) === 0;
  return axis === 0 || !odd ? axis : 3 - axis;
}

function startCube(count: number, box: number): void {
  const { x, y, z, face, twin, live } = state;
  for (let corner = 0; corner < 8; corner++) {
    x[corner] = corner & 1 ? box : -box;
    y[corner] = corner & 2 ? box : -box;
    z[corner] = corner & 4 ? box : -box;
    for (let axis = 0; axis < 3; axis++) {
      const slot = 3 * corner + slotOf(corner, axis);
      const across = corner ^ (1 << axis);
      face[slot] = count + 2 * axis + ((corner >> axis) & 1);
      twin[slot] = 3 * across + slotOf(across, axis);
    }
    live[corner] = corner;
  }
  state.liveCount = 8;
}

export type Cut = 'nothing' | 'some' | 'all';

/**
 * Cuts the body by plane `plane`. 'nothing' when no vertex is beyond the plane by more than rounding, 'all' when none is
 * inside by more than rounding (the state is then left as it was).
 * The split is topological first (Sugihara): inside and outside vertices each stay one connected set whatever rounding
 * says about single vertices, so every face is crossed exactly twice or not at all and the result is always a polytope.
 */
export function cutBy(plane: number): Cut {
  const { x, y, z, distance, live, liveCount, mark } = state;
  const nx = state.nx[plane]!;
  const ny = state.ny[plane]!;
  const nz = state.nz[plane]!;
  const d = state.d[plane]!;
  let most = -Infinity;
  let least = Infinity;
  let mostAt = 0;
  let leastAt = 0;
  for (let index = 0; index < liveCount; index++) {
    const vertex = live[index]!;
    const value = nx * x[vertex]! + ny * y[vertex]! + nz * z[vertex]! - d;
    distance[vertex] = value;
    if (value > most) {
      most = value;
      mostAt = vertex;
    }
    if (value < least) {
      least = value;
      leastAt = vertex;
    }
  }
  const tolerance = ON_PLANE * Math.max(state.reach, Math.abs(d));
  if (most <= tolerance) return 'nothing';
  if (least >= -tolerance) return 'all';
  for (let index = 0; index < liveCount; index++) mark[live[index]!] = 0;
  flood(mostAt, OUTSIDE, tolerance);
  // Distances no longer matter here: whatever the inside does not reach belongs to the outside.
  flood(leastAt, INSIDE, -Infinity);
  splitAlong(plane);
  return 'some';
}

/** Marks what is connected to `seed`, not yet marked, and beyond `threshold`. */
function flood(seed: number, label: number, threshold: number): void {
  const { twin, mark, stack, distance } = state;
  let top = 0;
  stack[top++] = seed;
  mark[seed] = label;
  while (top > 0) {
    const from = 3 * stack[--top]!;
    for (let slot = from; slot < from + 3; slot++) {
      const vertex = (twin[slot]! / 3) | 0;
      if (mark[vertex] !== 0 || distance[vertex]! <= threshold) continue;
      mark[vertex] = label;
      stack[top++] = vertex;
    }
  }
}

function splitAlong(plane: number): void {
  const { face, twin, mark, live, liveCount, free, fresh, entry } = state;
  let freshCount = 0;
  for (let index = 0; index < liveCount; index++) {
    const vertex = live[index]!;
    if (mark[vertex] !== INSIDE) continue;
    for (let slot = 0; slot < 3; slot++) {
      const far = (twin[3 * vertex + slot]! / 3) | 0;
      if (mark[far] === INSIDE) continue;
      const right = face[3 * vertex + ((slot + 1) % 3)]!;
      const left = face[3 * vertex + ((slot + 2) % 3)]!;
      const made = state.freeCount > 0 ? free[--state.freeCount]! : state.used++;
      // Seen from outside, the new plane lies ahead of the edge, then counter-clockwise its left and its right face.
      face[3 * made] = plane;
      face[3 * made + 1] = left;
      face[3 * made + 2] = right;
      place(made, vertex, far);
      twin[3 * made] = 3 * vertex + slot;
      entry[left] = made;
      mark[made] = INSIDE;
      fresh[freshCount++] = made;
    }
  }
  let kept = 0;
  let reach = 0;
  const { x, y, z } = state;
  for (let index = 0; index < liveCount + freshCount; index++) {
    const vertex = index < liveCount ? live[index]! : fresh[index - liveCount]!;
    if (mark[vertex] !== INSIDE) {
      free[state.freeCount++] = vertex;
      continue;
    }
    live[kept++] = vertex;
    reach = Math.max(reach, Math.abs(x[vertex]!), Math.abs(y[vertex]!), Math.abs(z[vertex]!));
  }
  state.liveCount = kept;
  state.reach = reach;
  for (let index = 0; index < freshCount; index++) {
    const made = fresh[index]!;
    // The inside end of the edge now meets the new vertex instead of the one cut off.
    twin[twin[3 * made]!] = 3 * made;
    const ahead = entry[face[3 * made + 2]!]!;
    twin[3 * made + 1] = 3 * ahead + 2;
    twin[3 * ahead + 2] = 3 * made + 1;
  }
}

/** Puts vertex `made` where its edge (from -> to) meets its first face. */
function place(made: number, from: number, to: number): void {
  const { x, y, z, distance } = state;
  const near = distance[from]!;
  const far = distance[to]!;
  // Vertices that were moved to the other side for topology's sake sit on the plane within rounding.
  const t = near >= 0 ? 0 : far <= 0 ? 1 : near / (near - far);
  x[made] = x[from]! + t * (x[to]! - x[from]!);
  y[made] = y[from]! + t * (y[to]! - y[from]!);
  z[made] = z[from]! + t * (z[to]! - z[from]!);
  settle(made, WELL_CONDITIONED);
}

/**
 * One step of iterative refinement of a vertex onto its three planes, when |determinant| of their normals exceeds
 * `conditioned`. Returns |determinant|.
 */
export function settle(vertex: number, conditioned: number): number {
  const { nx, ny, nz, d, x, y, z, face } = state;
  const a = face[3 * vertex]!;
  const b = face[3 * vertex + 1]!;
  const c = face[3 * vertex + 2]!;
  const ax = nx[a]!;
  const ay = ny[a]!;
  const az = nz[a]!;
  const bx = nx[b]!;
  const by = ny[b]!;
  const bz = nz[b]!;
  const cx = nx[c]!;
  const cy = ny[c]!;
  const cz = nz[c]!;
  const ux = by * cz - bz * cy;
  const uy = bz * cx - bx * cz;
  const uz = bx * cy - by * cx;
  const determinant = ax * ux + ay * uy + az * uz;
  if (Math.abs(determinant) <= conditioned) return Math.abs(determinant);
  const px = x[vertex]!;
  const py = y[vertex]!;
  const pz = z[vertex]!;
  const ra = (d[a]! - ax * px - ay * py - az * pz) / determinant;
  const rb = (d[b]! - bx * px - by * py - bz * pz) / determinant;
  const rc = (d[c]! - cx * px - cy * py - cz * pz) / determinant;
  x[vertex] = px + ra * ux + rb * (cy * az - cz * ay) + rc * (ay * bz - az * by);
  y[vertex] = py + ra * uy + rb * (cz * ax - cx * az) + rc * (az * bx - ax * bz);
  z[vertex] = pz + ra * uz + rb * (cx * ay - cy * ax) + rc * (ax * by - ay * bx);
  return Math.abs(determinant);
}
