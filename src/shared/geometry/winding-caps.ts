import { countEdgeUses } from './mesh-topology';
import type { TriangleMesh } from './types';

/**
 * Triangles that close an oriented mesh: a fan over every connected rim, from the rim's mean vertex, so that mesh and
 * caps together use each edge equally often in both directions. Exact for any soup: where an edge is used n times more
 * one way, its cap triangle comes n times. Caps need not be pretty; only their boundary matters.
 * @param mesh with equal positions welded.
 * @returns corners [C, 9]; empty for a closed mesh.
 */
export function capRims(mesh: TriangleMesh): Float64Array {
  const { positions, indices } = mesh;
  const uses = countEdgeUses(indices, positions.length / 3);
  const parent = new Map<number, number>();
  const find = (v: number): number => {
    let root = v;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(v, root);
    return root;
  };
  const rim: number[] = [];
  for (let e = 0; e < uses.from.length; e++) {
    const surplus = uses.forward[e] - uses.backward[e];
    if (surplus === 0) continue;
    const [tail, head] = surplus > 0 ? [uses.from[e], uses.to[e]] : [uses.to[e], uses.from[e]];
    for (let n = Math.abs(surplus); n > 0; n--) rim.push(tail, head);
    parent.set(find(tail), find(head));
  }
  const apexes = new Map<number, [number, number, number, number]>();
  for (const v of rim) {
    const root = find(v);
    const apex = apexes.get(root) ?? [0, 0, 0, 0];
    for (let c = 0; c < 3; c++) apex[c] += positions[v * 3 + c];
    apex[3]++;
    apexes.set(root, apex);
  }
  const corners = new Float64Array((rim.length / 2) * 9);
  for (let i = 0; i < rim.length; i += 2) {
    const apex = apexes.get(find(rim[i])) ?? [0, 0, 0, 1];
    const at = (i / 2) * 9;
    // Against the direction in which the mesh uses the edge.
    corners.set(positions.subarray(rim[i + 1] * 3, rim[i + 1] * 3 + 3), at);
    corners.set(positions.subarray(rim[i] * 3, rim[i] * 3 + 3), at + 3);
    for (let c = 0; c < 3; c++) corners[at + 6 + c] = apex[c] / apex[3];
  }
  return corners;
}
