import { ON_PLANE, WELD } from './epsilon';
import { settle, type ClipState } from './clip';
import { weldLoops, type Loops } from './clip-weld';

/** Corner keys are the clip state's vertex slots. */
export interface Boundary extends Loops {
  /** Longest side of the bounding box of the vertices. */
  readonly extent: number;
}

let starts = new Int32Array(128);

/**
 * The boundary of the body in `state`: loops per face, caller's planes ascending, then box sides. Vertices closer than
 * the weld distance are one. Empty when welding leaves no body (it is thinner than the weld distance).
 */
export function readBoundary(state: ClipState): Boundary {
  const extent = measureExtent(state);
  const raw = readLoops(state);
  for (const share of [1, 1e-2, 1e-4]) {
    const limit = Math.max(WELD * extent * share, ON_PLANE * state.reach);
    const target = shortEdges(state, limit);
    if (!target) break;
    const welded = weldLoops(raw, target);
    if (welded) return { ...welded, extent };
  }
  // Unwelded vertices always make a sphere, edges of no length included.
  return { ...raw, extent };
}

function measureExtent({ x, y, z, live, liveCount }: ClipState): number {
  let lowX = Infinity;
  let lowY = Infinity;
  let lowZ = Infinity;
  let highX = -Infinity;
  let highY = -Infinity;
  let highZ = -Infinity;
  for (let index = 0; index < liveCount; index++) {
    const vertex = live[index]!;
    const px = x[vertex]!;
    const py = y[vertex]!;
    const pz = z[vertex]!;
    if (px < lowX) lowX = px;
    if (px > highX) highX = px;
    if (py < lowY) lowY = py;
    if (py > highY) highY = py;
    if (pz < lowZ) lowZ = pz;
    if (pz > highZ) highZ = pz;
  }
  return Math.max(highX - lowX, highY - lowY, highZ - lowZ);
}

function readLoops(state: ClipState): Loops {
  const { face, twin, live, liveCount } = state;
  const faceCount = state.planes + 6;
  if (starts.length < faceCount) starts = new Int32Array(2 * faceCount);
  starts.fill(-1, 0, faceCount);
  for (let index = 0; index < liveCount; index++) {
    const from = 3 * live[index]!;
    starts[face[from]!] = from;
    starts[face[from + 1]!] = from + 1;
    starts[face[from + 2]!] = from + 2;
  }
  const planes: number[] = [];
  const loops: number[][] = [];
  for (let plane = 0; plane < faceCount; plane++) {
    const start = starts[plane]!;
    if (start < 0) continue;
    const loop: number[] = [];
    let slot = start;
    do {
      const vertex = (slot / 3) | 0;
      loop.push(vertex);
      // The edge that keeps this face on its left, then the slot of this face at its far end.
      const arrived = twin[slot % 3 === 2 ? slot - 2 : slot + 1]!;
      slot = arrived % 3 === 2 ? arrived - 2 : arrived + 1;
    } while (slot !== start);
    planes.push(plane);
    loops.push(loop);
  }
  return { planes, loops };
}

/** The vertex that each becomes part of when edges shorter than `limit` are contracted; undefined when there is none. */
function shortEdges(state: ClipState, limit: number): Int32Array | undefined {
  const { x, y, z, twin, live, liveCount, used } = state;
  let parent: Int32Array | undefined;
  const rootOf = (vertex: number): number => {
    let root = vertex;
    while (parent![root] !== root) root = parent![root]!;
    return root;
  };
  for (let index = 0; index < liveCount; index++) {
    const vertex = live[index]!;
    for (let slot = 3 * vertex; slot < 3 * vertex + 3; slot++) {
      const other = (twin[slot]! / 3) | 0;
      if (other < vertex) continue;
      const dx = x[vertex]! - x[other]!;
      const dy = y[vertex]! - y[other]!;
      const dz = z[vertex]! - z[other]!;
      if (dx * dx + dy * dy + dz * dz > limit * limit) continue;
      parent ??= Int32Array.from({ length: used }, (_, key) => key);
      const a = rootOf(vertex);
      const b = rootOf(other);
      if (a !== b) parent[b] = a;
    }
  }
  return parent && bestOfClusters(state, parent, rootOf);
}

/** Lets every cluster stand where its best-conditioned member does. */
function bestOfClusters(
  state: ClipState,
  parent: Int32Array,
  rootOf: (vertex: number) => number,
): Int32Array {
  const { live, liveCount } = state;
  const best = new Map<number, { vertex: number; determinant: number }>();
  for (let index = 0; index < liveCount; index++) {
    const vertex = live[index]!;
    const determinant = settle(vertex, Infinity);
    const root = rootOf(vertex);
    const known = best.get(root);
    if (!known || determinant > known.determinant) best.set(root, { vertex, determinant });
  }
  const target = parent.slice();
  for (let index = 0; index < liveCount; index++)
    target[live[index]!] = best.get(rootOf(live[index]!))!.vertex;
  return target;
}
