import type { Manifold } from 'manifold-3d';
import { fail, ok, type Result } from '../result';
import type { ManifoldApi } from './manifold';
import { meshMass } from './mass';
import { weldVertices } from './mesh-topology';
import type { MassProperties, TriangleMesh } from './types';

/** One watertight surface around several bodies, overlaps counted once. */
export interface UnitedMesh {
  readonly mesh: TriangleMesh;
  readonly mass: MassProperties;
}

/**
 * The boolean union of closed outward meshes. manifold-3d takes and gives float32 coordinates; they are passed
 * relative to the common centre and scaled to 1, so a volume is good to about 1e-7 wherever the bodies lie.
 * Bodies without volume vanish in the union; no body at all gives an empty mesh of mass 0.
 *
 * Errors: `mesh-not-manifold` names the body that is not closed or not finite.
 */
export function uniteMeshes(api: ManifoldApi, meshes: readonly TriangleMesh[]): Result<UnitedMesh> {
  const frame = commonFrame(meshes);
  const bodies: Manifold[] = [];
  let union: Manifold | null = null;
  try {
    for (let i = 0; i < meshes.length; i++) {
      const body = toManifold(api, meshes[i], frame);
      if (body === null) {
        return fail({
          code: 'mesh-not-manifold',
          message: `Body ${i + 1} of ${meshes.length} cannot be united: its surface is not closed or not finite.`,
          hint: 'Repair or leave out that body.',
        });
      }
      bodies.push(body);
    }
    union = api.Manifold.union(bodies);
    const mesh = fromManifold(union, frame);
    return ok({ mesh, mass: meshMass(mesh) });
  } finally {
    for (const body of bodies) body.delete();
    union?.delete();
  }
}

interface UnionFrame {
  readonly centre: readonly number[];
  readonly scale: number;
}

function commonFrame(meshes: readonly TriangleMesh[]): UnionFrame {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { positions } of meshes) {
    for (let i = 0; i < positions.length; i++) {
      low[i % 3] = Math.min(low[i % 3], positions[i]);
      high[i % 3] = Math.max(high[i % 3], positions[i]);
    }
  }
  const extent = Math.max(...high.map((h, c) => h - low[c]));
  if (!(extent > 0 && extent < Infinity)) return { centre: [0, 0, 0], scale: 1 };
  return { centre: high.map((h, c) => (h + low[c]) / 2), scale: extent };
}

function toManifold(api: ManifoldApi, mesh: TriangleMesh, { centre, scale }: UnionFrame): Manifold | null {
  const { positions, indices } = weldVertices(mesh);
  const vertProperties = Float32Array.from(positions, (x, i) => (x - centre[i % 3]) / scale);
  if (indices.length === 0)
    return new api.Manifold(
      new api.Mesh({ numProp: 3, vertProperties: new Float32Array(0), triVerts: new Uint32Array(0) }),
    );
  try {
    return new api.Manifold(new api.Mesh({ numProp: 3, vertProperties, triVerts: indices }));
  } catch {
    // The library throws its status, such as NotManifold, where this project returns errors.
    return null;
  }
}

function fromManifold(manifold: Manifold, { centre, scale }: UnionFrame): TriangleMesh {
  const { numProp, vertProperties, triVerts } = manifold.getMesh();
  const count = vertProperties.length / numProp;
  const positions = new Float64Array(count * 3);
  for (let v = 0; v < count; v++) {
    for (let c = 0; c < 3; c++) positions[v * 3 + c] = vertProperties[v * numProp + c] * scale + centre[c];
  }
  return { positions, indices: Uint32Array.from(triVerts) };
}
