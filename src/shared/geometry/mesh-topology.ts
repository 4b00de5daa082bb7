import { triangleArea } from './triangle';
import type { TriangleMesh } from './types';

/** What a mesh is made of, on vertices welded where their positions are equal. */
export interface MeshTopology {
  readonly vertices: number;
  readonly triangles: number;
  /** Edges with one triangle only: the rims of holes. */
  readonly openEdges: number;
  /** Edges with three or more triangles. */
  readonly nonManifoldEdges: number;
  /** Edges whose two triangles run along it in the same direction: one of them is turned over. */
  readonly flippedEdges: number;
  /** Triangles with a repeated vertex or with area 0; they count in no edge. */
  readonly degenerateTriangles: number;
  /** Sets of triangles connected by shared vertices. */
  readonly components: number;
  /** True when every edge has exactly two triangles, run in opposite directions. */
  readonly watertight: boolean;
}

/** Directed edges and how often they are used more one way than the other: the boundary of the oriented surface. */
export interface EdgeUses {
  /** [E] lower and higher vertex of each undirected edge. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** [E] uses from lower to higher vertex, and back. */
  readonly forward: Uint32Array;
  readonly backward: Uint32Array;
}

/** Merges vertices within `tolerance` of an earlier one; 0 merges equal positions. Triangles that collapse are dropped. */
export function weldVertices(mesh: TriangleMesh, tolerance = 0): TriangleMesh {
  const { positions, indices } = mesh;
  const count = positions.length / 3;
  const remap = new Uint32Array(count);
  const kept: number[] = [];
  if (tolerance > 0) weldWithin(positions, tolerance, remap, kept);
  else weldEqual(positions, remap, kept);
  const welded = new Float64Array(kept.length * 3);
  kept.forEach((v, i) => welded.set(positions.subarray(v * 3, v * 3 + 3), i * 3));
  const faces: number[] = [];
  for (let t = 0; t < indices.length; t += 3) {
    const a = remap[indices[t]];
    const b = remap[indices[t + 1]];
    const c = remap[indices[t + 2]];
    if (a !== b && b !== c && c !== a) faces.push(a, b, c);
  }
  return { positions: welded, indices: Uint32Array.from(faces) };
}

/** Undirected edges of a mesh with their uses in both directions. Triangles with a repeated vertex are left out. */
export function countEdgeUses(indices: Uint32Array, vertexCount: number): EdgeUses {
  const seen = new Map<number, number>();
  const from: number[] = [];
  const to: number[] = [];
  const forward: number[] = [];
  const backward: number[] = [];
  for (let t = 0; t < indices.length; t += 3) {
    const corners = [indices[t], indices[t + 1], indices[t + 2]];
    if (corners[0] === corners[1] || corners[1] === corners[2] || corners[2] === corners[0]) continue;
    for (let e = 0; e < 3; e++) {
      const a = corners[e];
      const b = corners[(e + 1) % 3];
      const low = Math.min(a, b);
      const high = Math.max(a, b);
      const key = low * vertexCount + high;
      let edge = seen.get(key);
      if (edge === undefined) {
        edge = from.length;
        seen.set(key, edge);
        from.push(low);
        to.push(high);
        forward.push(0);
        backward.push(0);
      }
      if (a === low) forward[edge]++;
      else backward[edge]++;
    }
  }
  return {
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    forward: Uint32Array.from(forward),
    backward: Uint32Array.from(backward),
  };
}

/** Counts what is open, flipped or degenerate, after welding equal positions. */
export function measureTopology(mesh: TriangleMesh): MeshTopology {
  const welded = weldVertices(mesh);
  const vertices = welded.positions.length / 3;
  const uses = countEdgeUses(welded.indices, vertices);
  let openEdges = 0;
  let nonManifoldEdges = 0;
  let flippedEdges = 0;
  for (let e = 0; e < uses.from.length; e++) {
    const total = uses.forward[e] + uses.backward[e];
    if (total === 1) openEdges++;
    else if (total > 2) nonManifoldEdges++;
    else if (uses.forward[e] !== 1) flippedEdges++;
  }
  const triangles = mesh.indices.length / 3;
  const kept = welded.indices.length / 3;
  return {
    vertices,
    triangles,
    openEdges,
    nonManifoldEdges,
    flippedEdges,
    degenerateTriangles: triangles - kept + countFlat(welded),
    components: componentCount(labelComponents(welded)),
    watertight: kept > 0 && openEdges + nonManifoldEdges + flippedEdges === 0,
  };
}

/** [T] component of each triangle (connected by shared vertices), numbered from 0 in order of first triangle. */
export function labelComponents(mesh: TriangleMesh): Uint32Array {
  const parent = new Uint32Array(mesh.positions.length / 3);
  for (let v = 0; v < parent.length; v++) parent[v] = v;
  const find = (v: number): number => {
    while (parent[v] !== v) v = parent[v] = parent[parent[v]];
    return v;
  };
  const { indices } = mesh;
  for (let t = 0; t < indices.length; t += 3) {
    const root = find(indices[t]);
    parent[find(indices[t + 1])] = root;
    parent[find(indices[t + 2])] = root;
  }
  const names = new Map<number, number>();
  const labels = new Uint32Array(indices.length / 3);
  for (let t = 0; t < labels.length; t++) {
    const root = find(indices[t * 3]);
    let name = names.get(root);
    if (name === undefined) names.set(root, (name = names.size));
    labels[t] = name;
  }
  return labels;
}

function componentCount(labels: Uint32Array): number {
  let count = 0;
  for (const label of labels) if (label >= count) count = label + 1;
  return count;
}

function countFlat(mesh: TriangleMesh): number {
  const normal = new Float64Array(3);
  let flat = 0;
  for (let t = 0; t < mesh.indices.length / 3; t++) if (triangleArea(mesh, t, normal) === 0) flat++;
  return flat;
}

/** [V] a name per position: equal for vertices at the same place, dense, in order of appearance. */
export function weldMap(positions: Float64Array): Uint32Array {
  const remap = new Uint32Array(positions.length / 3);
  weldEqual(positions, remap, []);
  return remap;
}

function weldEqual(positions: Float64Array, remap: Uint32Array, kept: number[]): void {
  // Open addressing on the coordinates' bits: a Map of strings would dominate the opening of a large mesh.
  const count = remap.length;
  let capacity = 16;
  while (capacity < count * 2) capacity *= 2;
  const table = new Int32Array(capacity).fill(-1);
  // + 0 turns -0 into 0, which is the same place.
  const scratch = new Float64Array(3);
  const words = new Int32Array(scratch.buffer);
  for (let v = 0; v < count; v++) {
    for (let c = 0; c < 3; c++) scratch[c] = positions[v * 3 + c] + 0;
    let hash = 0;
    for (let w = 0; w < 6; w++) hash = Math.imul(hash ^ words[w], 0x9e3779b1) ^ (hash >>> 15);
    let slot = (hash ^ (hash >>> 16)) & (capacity - 1);
    for (;;) {
      const found = table[slot];
      if (found < 0) {
        table[slot] = kept.length;
        remap[v] = kept.length;
        kept.push(v);
        break;
      }
      const other = kept[found] * 3;
      if (
        positions[other] === scratch[0] &&
        positions[other + 1] === scratch[1] &&
        positions[other + 2] === scratch[2]
      ) {
        remap[v] = found;
        break;
      }
      slot = (slot + 1) & (capacity - 1);
    }
  }
}

function weldWithin(positions: Float64Array, tolerance: number, remap: Uint32Array, kept: number[]): void {
  const cells = new Map<string, number[]>();
  for (let v = 0; v < remap.length; v++) {
    const x = positions[v * 3];
    const y = positions[v * 3 + 1];
    const z = positions[v * 3 + 2];
    const [i, j, k] = [Math.floor(x / tolerance), Math.floor(y / tolerance), Math.floor(z / tolerance)];
    let match = -1;
    for (let n = 0; n < 27 && match < 0; n++) {
      const key = `${i + (n % 3) - 1},${j + (Math.floor(n / 3) % 3) - 1},${k + Math.floor(n / 9) - 1}`;
      for (const name of cells.get(key) ?? []) {
        const w = kept[name] * 3;
        const distance = Math.hypot(positions[w] - x, positions[w + 1] - y, positions[w + 2] - z);
        if (distance <= tolerance) match = name;
      }
    }
    if (match < 0) {
      match = kept.length;
      kept.push(v);
      const key = `${i},${j},${k}`;
      cells.set(key, [...(cells.get(key) ?? []), match]);
    }
    remap[v] = match;
  }
}
