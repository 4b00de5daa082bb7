import type { Manifold } from 'manifold-3d';
import type { ManifoldApi } from '../../../shared/geometry/manifold';
import { labelComponents } from '../../../shared/geometry/mesh-topology';
import type { TriangleMesh } from '../../../shared/geometry/types';

/**
 * The bodies of a closed outward mesh, told apart where they are not connected; a mesh with cavities is one body. They
 * are the caller's to delete. Null where a surface is not closed or not a manifold.
 */
export function openSolids(api: ManifoldApi, mesh: TriangleMesh): Manifold[] | null {
  const solids: Manifold[] = [];
  for (const indices of componentIndices(mesh)) {
    const solid = openSolid(api, { positions: mesh.positions, indices });
    if (solid === null) {
      deleteAll(solids);
      return null;
    }
    // Bodies that share vertices, or touch along an edge, are separate ones.
    solids.push(...solid.decompose());
    solid.delete();
  }
  if (solids.every((solid) => solid.volume() > 0)) return solids;
  deleteAll(solids);
  const whole = openSolid(api, mesh);
  return whole && [whole];
}

export function deleteAll(solids: readonly Manifold[]): void {
  for (const solid of solids) solid.delete();
}

function componentIndices(mesh: TriangleMesh): Uint32Array[] {
  const labels = labelComponents(mesh);
  const rows: number[][] = [];
  labels.forEach((label, t) => {
    (rows[label] ??= []).push(...mesh.indices.subarray(3 * t, 3 * t + 3));
  });
  return rows.map((row) => Uint32Array.from(row));
}

function openSolid(api: ManifoldApi, { positions, indices }: TriangleMesh): Manifold | null {
  const vertProperties = Float32Array.from(positions);
  try {
    return new api.Manifold(new api.Mesh({ numProp: 3, vertProperties, triVerts: indices }));
  } catch {
    // The library throws its status, such as NotManifold.
    return null;
  }
}
