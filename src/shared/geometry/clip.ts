import { ON_PLANE } from './epsilon';
import type { Numbers } from './types';

/**
 * A simple polytope (three faces at every vertex) under construction, as a 3-regular graph in flat buffers. Vertices that
 * more than three planes share are several vertices with edges of length zero here; welding joins them at the end.
 * Vertices are 0..count-1 without gaps. Vertex v touches faces face[4v..4v+2], counter-clockwise from outside; the edge of
 * slot 4v+i lies between the faces of the other two slots, and twin[4v+i] is the same edge's slot at its other end.
 */
export interface ClipState {
  /** Half-spaces; the six box sides come after the caller's. */
  nx: Float64Array;
  ny: Float64Array;
  nz: Float64Array;
  d: Float64Array;
  planes: number;
  /** 1 for each plane that has cut something. */
  hasCut: Uint8Array;
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  count: number;
  /** To the plane of the cut under way. */
  distance: Float64Array;
  face: Int32Array;
  twin: Int32Array;
  outside: Int32Array;
  /** Per face the slot of an inside vertex whose edge the cut crosses with that face on its left. */
  entry: Int32Array;
  /** Those slots in the order of the cut's ring. */
  ring: Int32Array;
  /** At least the largest distance of a vertex from the origin. */
  reach: number;
}

const state: ClipState = allocate(64);

function allocate(planes: number): ClipState {
  // A simple polytope with F faces has 2F - 4 vertices; a cut adds at most F before it drops any.
  const vertices = 3 * (planes + 6);
  return {
    nx: new Float64Array(planes + 6),
    ny: new Float64Array(planes + 6),
    nz: new Float64Array(planes + 6),
    d: new Float64Array(planes + 6),
    planes: 0,
    hasCut: new Uint8Array(planes + 6),
    x: new Float64Array(vertices),
    y: new Float64Array(vertices),
    z: new Float64Array(vertices),
    count: 0,
    distance: new Float64Array(vertices),
    face: new Int32Array(4 * vertices),
    twin: new Int32Array(4 * vertices),
    outside: new Int32Array(vertices),
    entry: new Int32Array(planes + 6),
    ring: new Int32Array(3 * vertices),
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
    nx[plane] = planes[4 * plane];
    ny[plane] = planes[4 * plane + 1];
    nz[plane] = planes[4 * plane + 2];
    d[plane] = planes[4 * plane + 3];
  }
  for (let side = 0; side < 6; side++) {
    const sign = side & 1 ? 1 : -1;
    nx[count + side] = side < 2 ? sign : 0;
    ny[count + side] = side >> 1 === 1 ? sign : 0;
    nz[count + side] = side > 3 ? sign : 0;
    d[count + side] = box;
  }
  state.planes = count;
  state.hasCut.fill(0, 0, count);
  state.reach = Math.sqrt(3) * box;
  startCube(count, box);
  return state;
}

/** The slot of an axis at a corner: corners with an odd number of negative signs see the axes the other way round. */
function slotOf(corner: number, axis: number): number {
  const odd = ((corner ^ (corner >> 1) ^ (corner >> 2)) & 1) === 0;
  return axis === 0 || !odd ? axis : 3 - axis;
}

/** The cube's graph: for each corner's three slots the side of the box, and the slot at the edge's other end. */
const CUBE_FACE = new Int32Array(32);
const CUBE_TWIN = new Int32Array(32);
for (let corner = 0; corner < 8; corner++) {
  for (let axis = 0; axis < 3; axis++) {
    const slot = 4 * corner + slotOf(corner, axis);
    const across = corner ^ (1 << axis);
    CUBE_FACE[slot] = 2 * axis + ((corner >> axis) & 1);
    CUBE_TWIN[slot] = 4 * across + slotOf(across, axis);
  }
}

function startCube(count: number, box: number): void {
  const { x, y, z, face, twin } = state;
  for (let corner = 0; corner < 8; corner++) {
    x[corner] = corner & 1 ? box : -box;
    y[corner] = corner & 2 ? box : -box;
    z[corner] = corner & 4 ? box : -box;
  }
  for (let slot = 0; slot < 32; slot++) {
    face[slot] = count + CUBE_FACE[slot];
    twin[slot] = CUBE_TWIN[slot];
  }
  state.count = 8;
}

export type Cut = 'nothing' | 'some' | 'all';

/**
 * Cuts the body by plane `plane`. 'nothing' when no vertex is beyond the plane by more than rounding, 'all' when none is
 * inside by more than rounding (the state is then left as it was).
 * Topology comes first (Sugihara): the inside and the outside vertices must each be one connected set, so that every
 * face is crossed twice or not at all and the result is again a polytope. Where rounding says otherwise about single
 * vertices, they change sides.
 */
export function cutBy(plane: number): Cut {
  const { x, y, z, distance, outside, count } = state;
  const nx = state.nx[plane];
  const ny = state.ny[plane];
  const nz = state.nz[plane];
  const d = state.d[plane];
  const tolerance = ON_PLANE * Math.max(state.reach, Math.abs(d));
  let outsides = 0;
  for (let vertex = 0; vertex < count; vertex++) {
    const value = nx * x[vertex] + ny * y[vertex] + nz * z[vertex] - d;
    distance[vertex] = value;
    if (value > tolerance) outside[outsides++] = vertex;
  }
  if (outsides === 0) return 'nothing';
  if (!someBelow(-tolerance)) return 'all';
  let crossings = findCrossings(outsides, tolerance);
  if (crossings < 0) {
    outsides = repairSides(tolerance);
    crossings = findCrossings(outsides, tolerance);
  }
  splitAlong(plane, crossings);
  fillGaps(outsides);
  state.hasCut[plane] = 1;
  return 'some';
}

function someBelow(limit: number): boolean {
  const { distance, count } = state;
  for (let vertex = 0; vertex < count; vertex++) if (distance[vertex] < limit) return true;
  return false;
}

/**
 * Notes each edge from inside to outside in `entry`. Their number, or -1 when they are not one cycle around the body: a
 * cut of a planar graph is a single cycle of the dual exactly when both sides are connected.
 */
function findCrossings(outsides: number, tolerance: number): number {
  const { face, twin, distance, outside, entry, ring } = state;
  let crossings = 0;
  let first = 0;
  for (let index = 0; index < outsides; index++) {
    const from = 4 * outside[index];
    for (let slot = from; slot < from + 3; slot++) {
      const inner = twin[slot];
      if (distance[inner >> 2] > tolerance) continue;
      entry[face[after(slot)]] = inner;
      first = inner;
      crossings++;
    }
  }
  let slot = first;
  for (let step = 1; step <= crossings; step++) {
    ring[step - 1] = slot;
    slot = entry[face[after(slot)]];
    if (slot === first) return step === crossings ? crossings : -1;
  }
  return -1;
}

/** The next slot of the same vertex, counter-clockwise; without a branch, which would be mispredicted every third time. */
export function after(slot: number): number {
  return slot + 1 - 3 * ((slot & 2) >> 1);
}

/** The slot before, counter-clockwise. */
function before(slot: number): number {
  return slot - 1 + 3 * (((slot & 3) - 1) >>> 31);
}

/**
 * Keeps outside what is connected to the farthest vertex, and inside what is then connected to the deepest; the rest goes
 * outside. Distances of vertices that change sides are set just beyond or onto the plane. Returns how many are outside.
 */
function repairSides(tolerance: number): number {
  const { distance, outside, count } = state;
  let outermost = 0;
  let innermost = 0;
  for (let vertex = 1; vertex < count; vertex++) {
    if (distance[vertex] > distance[outermost]) outermost = vertex;
    if (distance[vertex] < distance[innermost]) innermost = vertex;
  }
  const out = connected(outermost, (vertex) => distance[vertex] > tolerance);
  const inside = connected(innermost, (vertex) => !out.has(vertex));
  let outsides = 0;
  for (let vertex = 0; vertex < count; vertex++) {
    if (inside.has(vertex)) {
      distance[vertex] = Math.min(distance[vertex], tolerance);
    } else {
      distance[vertex] = Math.max(distance[vertex], 2 * tolerance);
      outside[outsides++] = vertex;
    }
  }
  return outsides;
}

/** The vertices that can be reached from `seed` over vertices that `belongs` accepts. */
function connected(seed: number, belongs: (vertex: number) => boolean): Set<number> {
  const { twin } = state;
  const reached = new Set([seed]);
  for (const vertex of reached) {
    for (let slot = 4 * vertex; slot < 4 * vertex + 3; slot++) {
      const other = twin[slot] >> 2;
      if (!reached.has(other) && belongs(other)) reached.add(other);
    }
  }
  return reached;
}

/** Closes the inside by face `plane`: one new vertex per crossing, in a ring, behind the present vertices. */
function splitAlong(plane: number, crossings: number): void {
  const { x, y, z, distance, face, twin, ring, count } = state;
  const last = count + crossings - 1;
  for (let made = count; made <= last; made++) {
    const slot = ring[made - count];
    const near = slot >> 2;
    const far = twin[slot] >> 2;
    const at = 4 * made;
    // Seen from outside, the new plane lies ahead of the edge, then counter-clockwise its left and its right face.
    face[at] = plane;
    face[at + 1] = face[before(slot)];
    face[at + 2] = face[after(slot)];
    twin[at] = slot;
    twin[at + 1] = 4 * (made === last ? count : made + 1) + 2;
    twin[at + 2] = 4 * (made === count ? last : made - 1) + 1;
    const here = distance[near];
    const there = distance[far];
    // Vertices on the plane within rounding may carry either sign.
    const t = here >= 0 ? 0 : here / (here - there);
    x[made] = x[near] + t * (x[far] - x[near]);
    y[made] = y[near] + t * (y[far] - y[near]);
    z[made] = z[near] + t * (z[far] - z[near]);
    twin[slot] = at;
  }
  state.count = last + 1;
}

/** Moves vertices from the end to where the outside ones were. */
function fillGaps(outsides: number): void {
  const { x, y, z, face, twin, outside } = state;
  const count = state.count - outsides;
  let end = state.count - 1;
  let lastGap = outsides - 1;
  for (let index = 0; index < outsides; index++) {
    const gap = outside[index];
    if (gap >= count) break;
    while (lastGap >= 0 && outside[lastGap] === end) {
      lastGap--;
      end--;
    }
    x[gap] = x[end];
    y[gap] = y[end];
    z[gap] = z[end];
    for (let slot = 0; slot < 3; slot++) {
      face[4 * gap + slot] = face[4 * end + slot];
      const across = twin[4 * end + slot];
      twin[4 * gap + slot] = across;
      twin[across] = 4 * gap + slot;
    }
    end--;
  }
  state.count = count;
}

/** Brings `reach` up to date; until then it is an upper bound, which only makes tolerances wider. */
export function measureReach(): void {
  const { x, y, z, count } = state;
  let largest = 0;
  for (let vertex = 0; vertex < count; vertex++) {
    const squared = x[vertex] * x[vertex] + y[vertex] * y[vertex] + z[vertex] * z[vertex];
    if (squared > largest) largest = squared;
  }
  state.reach = Math.sqrt(largest);
}

/**
 * One step of iterative refinement of a vertex onto its three planes, when |determinant| of their normals exceeds
 * `conditioned`. Returns |determinant|.
 */
export function settle(vertex: number, conditioned: number): number {
  const { nx, ny, nz, d, x, y, z, face } = state;
  const a = face[4 * vertex];
  const b = face[4 * vertex + 1];
  const c = face[4 * vertex + 2];
  const ax = nx[a];
  const ay = ny[a];
  const az = nz[a];
  const bx = nx[b];
  const by = ny[b];
  const bz = nz[b];
  const cx = nx[c];
  const cy = ny[c];
  const cz = nz[c];
  const ux = by * cz - bz * cy;
  const uy = bz * cx - bx * cz;
  const uz = bx * cy - by * cx;
  const determinant = ax * ux + ay * uy + az * uz;
  if (Math.abs(determinant) <= conditioned) return Math.abs(determinant);
  const px = x[vertex];
  const py = y[vertex];
  const pz = z[vertex];
  const ra = (d[a] - ax * px - ay * py - az * pz) / determinant;
  const rb = (d[b] - bx * px - by * py - bz * pz) / determinant;
  const rc = (d[c] - cx * px - cy * py - cz * pz) / determinant;
  x[vertex] = px + ra * ux + rb * (cy * az - cz * ay) + rc * (ay * bz - az * by);
  y[vertex] = py + ra * uy + rb * (cz * ax - cx * az) + rc * (az * bx - ax * bz);
  z[vertex] = pz + ra * uz + rb * (cx * ay - cy * ax) + rc * (ax * by - ay * bx);
  return Math.abs(determinant);
}
