import { ON_PLANE } from './epsilon';
import type { Numbers } from './types';

/**
 * A simple polytope (three faces at every vertex) under construction, as a 3-regular graph in flat buffers. Vertices that
 * more than three planes share are several vertices with edges of length zero here; welding joins them at the end.
 * Vertices are 0..count-1 without gaps. Vertex v has the slots 8v..8v+2: it touches the faces link[slot + FACE],
 * counter-clockwise from outside; the edge of a slot lies between the faces of the other two slots, and link[slot] is the
 * same edge's slot at its other end.
 */
export interface ClipState {
  /** Rows nx, ny, nz, d: the caller's half-spaces, then the six box sides. */
  plane: Float64Array;
  planes: number;
  /** The range of d of the caller's; infinite the wrong way round without any. */
  smallest: number;
  largest: number;
  /** Rows x, y, z, signed distance to the plane of the cut under way. */
  vertex: Float64Array;
  count: number;
  link: Int32Array;
  /** 1 for each vertex that the cut under way takes away, and a list of them, ascending. */
  beyond: Uint8Array;
  outside: Int32Array;
  /** Slots of outside vertices whose edge leads inside. */
  crossing: Int32Array;
  /** Per face the slot of an inside vertex whose edge the cut crosses with that face on its left. */
  entry: Int32Array;
  /** Those slots in the order of the cut's ring, and rows x, y, z of the vertices that the cut makes there. */
  ring: Int32Array;
  fresh: Float64Array;
  /** At least the largest distance of a vertex from the origin. */
  reach: number;
}

/** From a slot to its face in `link`. */
export const FACE = 4;

const state: ClipState = allocate(64);

function allocate(planes: number): ClipState {
  // A simple polytope with F faces has 2F - 4 vertices; a cut adds at most F before it drops any.
  const vertices = 3 * (planes + 6);
  return {
    plane: new Float64Array(4 * (planes + 6)),
    planes: 0,
    smallest: 0,
    largest: 0,
    vertex: new Float64Array(4 * vertices),
    count: 0,
    link: new Int32Array(8 * vertices),
    beyond: new Uint8Array(vertices),
    // One more than fits: a list is written before it is known whether the entry counts.
    outside: new Int32Array(vertices + 1),
    crossing: new Int32Array(3 * vertices + 1),
    entry: new Int32Array(planes + 6),
    ring: new Int32Array(3 * vertices),
    fresh: new Float64Array(9 * vertices),
    reach: 0,
  };
}

/**
 * The module's one state with `count` checked planes [H,4] loaded, to be started. The next call loads it again: read what
 * you need before.
 */
export function loadPlanes(planes: Numbers, count: number): ClipState {
  if (state.entry.length < count + 6) Object.assign(state, allocate(2 * count));
  const { plane } = state;
  let smallest = Infinity;
  let largest = -Infinity;
  for (let at = 0; at < 4 * count; at += 4) {
    plane[at] = planes[at];
    plane[at + 1] = planes[at + 1];
    plane[at + 2] = planes[at + 2];
    const d = planes[at + 3];
    plane[at + 3] = d;
    if (d < smallest) smallest = d;
    if (d > largest) largest = d;
  }
  state.planes = count;
  state.smallest = smallest;
  state.largest = largest;
  return state;
}

/** Starts the state as the cube of half-size `box` around the origin, with none of the planes cut yet. */
export function startClip(box: number): void {
  const { plane, vertex, link, planes: count } = state;
  for (let side = 0; side < 6; side++) {
    const at = 4 * (count + side);
    plane[at] = side >> 1 === 0 ? 2 * side - 1 : 0;
    plane[at + 1] = side >> 1 === 1 ? 2 * side - 5 : 0;
    plane[at + 2] = side >> 1 === 2 ? 2 * side - 9 : 0;
    plane[at + 3] = box;
  }
  for (let corner = 0; corner < 8; corner++) {
    vertex[4 * corner] = corner & 1 ? box : -box;
    vertex[4 * corner + 1] = corner & 2 ? box : -box;
    vertex[4 * corner + 2] = corner & 4 ? box : -box;
  }
  for (let slot = 0; slot < 64; slot++) link[slot] = CUBE_LINK[slot] + (slot & FACE ? count : 0);
  state.count = 8;
  state.reach = Math.sqrt(3) * box;
}

/** The slot of an axis at a corner: corners with an odd number of negative signs see the axes the other way round. */
function slotOf(corner: number, axis: number): number {
  const odd = ((corner ^ (corner >> 1) ^ (corner >> 2)) & 1) === 0;
  return axis === 0 || !odd ? axis : 3 - axis;
}

/** The cube's graph: for each corner's three slots the slot at the edge's other end, and the side of the box. */
const CUBE_LINK = new Int32Array(64);
for (let corner = 0; corner < 8; corner++) {
  for (let axis = 0; axis < 3; axis++) {
    const slot = 8 * corner + slotOf(corner, axis);
    const across = corner ^ (1 << axis);
    CUBE_LINK[slot] = 8 * across + slotOf(across, axis);
    CUBE_LINK[slot + FACE] = 2 * axis + ((corner >> axis) & 1);
  }
}

export type Cut = 'nothing' | 'some' | 'all';

/**
 * Cuts the body by plane `index`. 'nothing' when no vertex is beyond the plane by more than rounding, 'all' when none is
 * inside by more than rounding (the state is then left as it was).
 * Topology comes first (Sugihara): the inside and the outside vertices must each be one connected set, so that every
 * face is crossed twice or not at all and the result is again a polytope. Where rounding says otherwise about single
 * vertices, they change sides.
 */
export function cutBy(index: number): Cut {
  const { plane, vertex, beyond, outside, count } = state;
  const nx = plane[4 * index];
  const ny = plane[4 * index + 1];
  const nz = plane[4 * index + 2];
  const d = plane[4 * index + 3];
  const tolerance = ON_PLANE * Math.max(state.reach, Math.abs(d));
  let outsides = 0;
  for (let v = 0; v < count; v++) {
    const at = 4 * v;
    const value = nx * vertex[at] + ny * vertex[at + 1] + nz * vertex[at + 2] - d;
    vertex[at + 3] = value;
    // Counting without a branch: which vertices are outside cannot be predicted.
    const out = +(value > tolerance);
    beyond[v] = out;
    outside[outsides] = v;
    outsides += out;
  }
  if (outsides === 0) return 'nothing';
  if (!someBelow(-tolerance)) return 'all';
  let crossings = findCrossings(outsides);
  if (crossings < 0) {
    outsides = repairSides(tolerance);
    crossings = findCrossings(outsides);
  }
  closeRing(index, crossings, outsides);
  if (outsides > crossings) dropOutside(outsides, crossings);
  state.count = count + crossings - outsides;
  return 'some';
}

function someBelow(limit: number): boolean {
  const { vertex, count } = state;
  for (let at = 3; at < 4 * count; at += 4) if (vertex[at] < limit) return true;
  return false;
}

/**
 * Walks the edges from inside to outside into `ring`. Their number, or -1 when they are not one cycle around the body: a
 * cut of a planar graph is a single cycle of the dual exactly when both sides are connected.
 */
function findCrossings(outsides: number): number {
  const { link, beyond, outside, crossing, entry, ring } = state;
  let crossings = 0;
  for (let index = 0; index < outsides; index++) {
    const slot = 8 * outside[index];
    crossing[crossings] = slot;
    crossings += 1 - beyond[link[slot] >> 3];
    crossing[crossings] = slot + 1;
    crossings += 1 - beyond[link[slot + 1] >> 3];
    crossing[crossings] = slot + 2;
    crossings += 1 - beyond[link[slot + 2] >> 3];
  }
  for (let index = 0; index < crossings; index++) {
    const slot = crossing[index];
    entry[link[after(slot) + FACE]] = link[slot];
  }
  const first = link[crossing[0]];
  let slot = first;
  for (let step = 0; step < crossings; step++) {
    ring[step] = slot;
    slot = entry[link[after(slot) + FACE]];
    if (slot === first) return step + 1 === crossings ? crossings : -1;
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
  const { vertex, beyond, outside, count } = state;
  let outermost = 0;
  let innermost = 0;
  for (let v = 1; v < count; v++) {
    if (vertex[4 * v + 3] > vertex[4 * outermost + 3]) outermost = v;
    if (vertex[4 * v + 3] < vertex[4 * innermost + 3]) innermost = v;
  }
  const out = connected(outermost, (v) => beyond[v] === 1);
  const inside = connected(innermost, (v) => !out.has(v));
  let outsides = 0;
  for (let v = 0; v < count; v++) {
    const at = 4 * v + 3;
    if (inside.has(v)) {
      beyond[v] = 0;
      vertex[at] = Math.min(vertex[at], tolerance);
    } else {
      beyond[v] = 1;
      vertex[at] = Math.max(vertex[at], 2 * tolerance);
      outside[outsides++] = v;
    }
  }
  return outsides;
}

/** The vertices that can be reached from `seed` over vertices that `belongs` accepts. */
function connected(seed: number, belongs: (vertex: number) => boolean): Set<number> {
  const { link } = state;
  const reached = new Set([seed]);
  for (const v of reached) {
    for (let slot = 8 * v; slot < 8 * v + 3; slot++) {
      const other = link[slot] >> 3;
      if (!reached.has(other) && belongs(other)) reached.add(other);
    }
  }
  return reached;
}

/**
 * Closes the inside by face `plane`: one new vertex per crossing, in a ring. They take the places of the outside
 * vertices, then those behind the present ones.
 */
function closeRing(plane: number, crossings: number, outsides: number): void {
  const { vertex, link, ring, fresh, outside, count } = state;
  for (let made = 0; made < crossings; made++) {
    const slot = ring[made];
    const near = (slot >> 3) * 4;
    const far = (link[slot] >> 3) * 4;
    const here = vertex[near + 3];
    // Vertices on the plane within rounding may carry either sign.
    const t = here >= 0 ? 0 : here / (here - vertex[far + 3]);
    fresh[3 * made] = vertex[near] + t * (vertex[far] - vertex[near]);
    fresh[3 * made + 1] = vertex[near + 1] + t * (vertex[far + 1] - vertex[near + 1]);
    fresh[3 * made + 2] = vertex[near + 2] + t * (vertex[far + 2] - vertex[near + 2]);
  }
  const behind = count - outsides;
  for (let made = outsides; made < crossings; made++) outside[made] = behind + made;
  let previous = 8 * outside[crossings - 1];
  let at = 8 * outside[0];
  for (let made = 0; made < crossings; made++) {
    const next = 8 * outside[made + 1 === crossings ? 0 : made + 1];
    const slot = ring[made];
    // Seen from outside, the new plane lies ahead of the edge, then counter-clockwise its left and its right face.
    link[at + FACE] = plane;
    link[at + 1 + FACE] = link[before(slot) + FACE];
    link[at + 2 + FACE] = link[after(slot) + FACE];
    link[at] = slot;
    link[at + 1] = next + 2;
    link[at + 2] = previous + 1;
    link[slot] = at;
    vertex[at >> 1] = fresh[3 * made];
    vertex[(at >> 1) + 1] = fresh[3 * made + 1];
    vertex[(at >> 1) + 2] = fresh[3 * made + 2];
    previous = at;
    at = next;
  }
}

/** Moves vertices from the end to where outside ones were that no new one has replaced. */
function dropOutside(outsides: number, crossings: number): void {
  const { vertex, link, outside } = state;
  const count = state.count + crossings - outsides;
  let end = state.count - 1;
  let lastGap = outsides - 1;
  for (let index = crossings; index < outsides; index++) {
    const gap = outside[index];
    if (gap >= count) break;
    while (outside[lastGap] === end) {
      lastGap--;
      end--;
    }
    vertex[4 * gap] = vertex[4 * end];
    vertex[4 * gap + 1] = vertex[4 * end + 1];
    vertex[4 * gap + 2] = vertex[4 * end + 2];
    for (let slot = 0; slot < 3; slot++) {
      link[8 * gap + slot + FACE] = link[8 * end + slot + FACE];
      const across = link[8 * end + slot];
      link[8 * gap + slot] = across;
      link[across] = 8 * gap + slot;
    }
    end--;
  }
}

/** Brings `reach` up to date; until then it is an upper bound, which only makes tolerances wider. */
export function measureReach(): void {
  const { vertex, count } = state;
  let largest = 0;
  for (let at = 0; at < 4 * count; at += 4) {
    const x = vertex[at];
    const y = vertex[at + 1];
    const z = vertex[at + 2];
    const squared = x * x + y * y + z * z;
    if (squared > largest) largest = squared;
  }
  state.reach = Math.sqrt(largest);
}

/**
 * One step of iterative refinement of a vertex onto its three planes, when |determinant| of their normals exceeds
 * `conditioned`. Returns |determinant|.
 */
export function settle(index: number, conditioned: number): number {
  const { plane, vertex, link } = state;
  const a = 4 * link[8 * index + FACE];
  const b = 4 * link[8 * index + 1 + FACE];
  const c = 4 * link[8 * index + 2 + FACE];
  const ax = plane[a];
  const ay = plane[a + 1];
  const az = plane[a + 2];
  const bx = plane[b];
  const by = plane[b + 1];
  const bz = plane[b + 2];
  const cx = plane[c];
  const cy = plane[c + 1];
  const cz = plane[c + 2];
  const ux = by * cz - bz * cy;
  const uy = bz * cx - bx * cz;
  const uz = bx * cy - by * cx;
  const determinant = ax * ux + ay * uy + az * uz;
  if (Math.abs(determinant) <= conditioned) return Math.abs(determinant);
  const at = 4 * index;
  const px = vertex[at];
  const py = vertex[at + 1];
  const pz = vertex[at + 2];
  const ra = (plane[a + 3] - ax * px - ay * py - az * pz) / determinant;
  const rb = (plane[b + 3] - bx * px - by * py - bz * pz) / determinant;
  const rc = (plane[c + 3] - cx * px - cy * py - cz * pz) / determinant;
  vertex[at] = px + ra * ux + rb * (cy * az - cz * ay) + rc * (ay * bz - az * by);
  vertex[at + 1] = py + ra * uy + rb * (cz * ax - cx * az) + rc * (az * bx - ax * bz);
  vertex[at + 2] = pz + ra * uz + rb * (cx * ay - cy * ax) + rc * (ax * by - ay * bx);
  return Math.abs(determinant);
}

/** Volume of the tetrahedron of a vertex and its three neighbours, which lies within the body. */
export function cornerVolume(): number {
  const { vertex, link } = state;
  const a = (link[0] >> 3) * 4;
  const b = (link[1] >> 3) * 4;
  const c = (link[2] >> 3) * 4;
  const ax = vertex[a] - vertex[0];
  const ay = vertex[a + 1] - vertex[1];
  const az = vertex[a + 2] - vertex[2];
  const bx = vertex[b] - vertex[0];
  const by = vertex[b + 1] - vertex[1];
  const bz = vertex[b + 2] - vertex[2];
  const cx = vertex[c] - vertex[0];
  const cy = vertex[c + 1] - vertex[1];
  const cz = vertex[c + 2] - vertex[2];
  return Math.abs(ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)) / 6;
}
