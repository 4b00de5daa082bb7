import { triangleCorners } from './bvh';
import { labelComponents, weldMap } from './mesh-topology';
import type { TriangleMesh } from './types';
import { createTriangleWinding } from './winding';

export interface OrientedMesh {
  /** Same vertices and triangle order; some triangles run the other way. */
  readonly mesh: TriangleMesh;
  readonly flippedTriangles: number;
  /** Plain sentences for a person; empty when nothing was flipped. */
  readonly notes: readonly string[];
}

/**
 * Turns a mesh so that its triangles run counter-clockwise seen from outside: neighbours are made to agree, a mesh of
 * negative volume is turned over, and so is a component of negative volume that is no cavity of another one.
 */
export function orientOutward(mesh: TriangleMesh): OrientedMesh {
  const names = weldMap(mesh.positions);
  const welded: TriangleMesh = { positions: mesh.positions, indices: mesh.indices.map((v) => names[v]) };
  const flipped = agreeWithNeighbours(welded.indices);
  const disagreed = flipped.some((f) => f === 1);
  const components = labelComponents({ positions: mesh.positions, indices: welded.indices });
  const volumes = componentVolumes(mesh, components, flipped);
  const notes: string[] = [];
  if (disagreed) notes.push('Triangles that ran against their neighbours were turned over.');
  if (volumes.reduce((sum, v) => sum + v, 0) < 0) {
    for (let t = 0; t < flipped.length; t++) flipped[t] ^= 1;
    for (let c = 0; c < volumes.length; c++) volumes[c] = -volumes[c];
    notes.push('The mesh was inside out (negative volume); its triangles were turned over.');
  }
  const turned = turnLooseComponents(mesh, components, volumes, flipped);
  if (turned > 0)
    notes.push(`${turned} inside-out ${turned === 1 ? 'body was' : 'bodies were'} turned over.`);
  const indices = applyFlips(mesh.indices, flipped);
  let flippedTriangles = 0;
  for (const f of flipped) flippedTriangles += f;
  return { mesh: { positions: mesh.positions, indices }, flippedTriangles, notes };
}

/** [T] 1 where a triangle must run the other way to agree with the others of its patch, of which most stay. */
function agreeWithNeighbours(indices: Uint32Array): Uint8Array {
  const count = indices.length / 3;
  const flipped = new Uint8Array(count);
  const partners = edgePartners(indices);
  const seen = new Uint8Array(count);
  for (let seed = 0; seed < count; seed++) {
    if (seen[seed]) continue;
    seen[seed] = 1;
    const patch = [seed];
    let turned = 0;
    for (let head = 0; head < patch.length; head++) {
      const t = patch[head];
      for (let e = 0; e < 3; e++) {
        const across = partners[t * 3 + e];
        if (across < 0) continue;
        const other = Math.floor(across / 3);
        if (seen[other]) continue;
        seen[other] = 1;
        // Triangles that agree run along their edge in opposite directions.
        const disagree = indices[across] === indices[t * 3 + e] ? 1 : 0;
        flipped[other] = flipped[t] ^ disagree;
        turned += flipped[other];
        patch.push(other);
      }
    }
    if (turned * 2 > patch.length) for (const t of patch) flipped[t] ^= 1;
  }
  return flipped;
}

/** [T * 3] per edge of a triangle the other triangle's entry for it; -1 where it has not exactly one other. */
function edgePartners(indices: Uint32Array): Int32Array {
  const partners = new Int32Array(indices.length).fill(-1);
  const edges = new Map<number, number>();
  const many = -1;
  const span = indices.reduce((max, v) => Math.max(max, v), 0) + 1;
  for (let i = 0; i < indices.length; i++) {
    const a = indices[i];
    const b = indices[endOf(i)];
    const key = Math.min(a, b) * span + Math.max(a, b);
    const other = edges.get(key);
    if (other === undefined) {
      edges.set(key, i);
    } else if (other !== many && partners[other] < 0) {
      partners[other] = i;
      partners[i] = other;
    } else if (other !== many) {
      partners[partners[other]] = -1;
      partners[other] = -1;
      edges.set(key, many);
    }
  }
  return partners;
}

/** Where the edge ends that begins at a corner. */
function endOf(corner: number): number {
  return corner % 3 === 2 ? corner - 2 : corner + 1;
}

/** Signed volume per component, about its own centre, so that an open component has a sensible sign too. */
function componentVolumes(mesh: TriangleMesh, components: Uint32Array, flipped: Uint8Array): number[] {
  const { positions, indices } = mesh;
  const centres: number[][] = [];
  for (let t = 0; t < components.length; t++) {
    const centre = (centres[components[t]] ??= [0, 0, 0, 0]);
    for (let e = 0; e < 3; e++) {
      for (let c = 0; c < 3; c++) centre[c] += positions[indices[t * 3 + e] * 3 + c];
    }
    centre[3] += 3;
  }
  const volumes = Array.from<number>({ length: centres.length }).fill(0);
  const d = new Float64Array(9);
  for (let t = 0; t < components.length; t++) {
    const centre = centres[components[t]];
    for (let i = 0; i < 9; i++) {
      d[i] = positions[indices[t * 3 + Math.floor(i / 3)] * 3 + (i % 3)] - centre[i % 3] / centre[3];
    }
    const six =
      d[0] * (d[4] * d[8] - d[5] * d[7]) +
      d[1] * (d[5] * d[6] - d[3] * d[8]) +
      d[2] * (d[3] * d[7] - d[4] * d[6]);
    volumes[components[t]] += (flipped[t] ? -six : six) / 6;
  }
  return volumes;
}

function turnLooseComponents(
  mesh: TriangleMesh,
  components: Uint32Array,
  volumes: readonly number[],
  flipped: Uint8Array,
): number {
  const negative = volumes.flatMap((v, c) => (v < 0 ? [c] : []));
  if (negative.length === 0) return 0;
  const solid: number[] = [];
  const oriented = applyFlips(mesh.indices, flipped);
  for (let t = 0; t < components.length; t++) {
    if (volumes[components[t]] > 0) solid.push(...oriented.subarray(t * 3, t * 3 + 3));
  }
  const winding = createTriangleWinding(triangleCorners(mesh.positions, solid));
  const firstTriangle = new Map<number, number>();
  for (let t = components.length - 1; t >= 0; t--) firstTriangle.set(components[t], t);
  const turn = new Set<number>();
  for (const component of negative) {
    const v = mesh.indices[firstTriangle.get(component)! * 3] * 3;
    const w = winding(mesh.positions[v], mesh.positions[v + 1], mesh.positions[v + 2]);
    if (w < 0.5) turn.add(component);
  }
  for (let t = 0; t < components.length; t++) if (turn.has(components[t])) flipped[t] ^= 1;
  return turn.size;
}

function applyFlips(indices: Uint32Array, flipped: Uint8Array): Uint32Array {
  const out = indices.slice();
  for (let t = 0; t < flipped.length; t++) {
    if (!flipped[t]) continue;
    out[t * 3 + 1] = indices[t * 3 + 2];
    out[t * 3 + 2] = indices[t * 3 + 1];
  }
  return out;
}
