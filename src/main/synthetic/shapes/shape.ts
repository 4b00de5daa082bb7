import type { ManifoldApi } from '../../../shared/geometry/manifold';
import { joinMeshes } from '../../../shared/geometry/join';
import { weldVertices } from '../../../shared/geometry/mesh-topology';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { uniteMeshes } from '../../../shared/geometry/union';
import { createRandom } from '../../../shared/random';
import { ok, type Result } from '../../../shared/result';
import { createDice, type Family, type Parameter } from './dice';

/** A part in learning space: closed solids that may overlap each other, as one list of triangles. */
export interface ShapePart {
  readonly name: string;
  readonly mesh: TriangleMesh;
}

/** One made object: y up, front towards +z, centre of the box at 0, its longest edge 1. */
export interface ProceduralShape {
  readonly family: string;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly parts: readonly ShapePart[];
  /** The watertight union of the parts. */
  readonly mesh: TriangleMesh;
  readonly volume: number;
}

/** Makes one object of a family. Same family and seed, same object. */
export function makeShape(api: ManifoldApi, family: Family, seed: number): Result<ProceduralShape> {
  const dice = createDice(createRandom(seed));
  const drafts = family.build(dice);
  const place = placement(drafts.flatMap(({ solids }) => solids));
  const placed = drafts.map(({ name, solids }) => ({ name, solids: solids.map(place) }));
  const union = uniteMeshes(
    api,
    placed.flatMap(({ solids }) => solids),
  );
  if (!union.ok) return union;
  return ok({
    family: family.name,
    seed,
    parameters: { ...dice.drawn },
    parts: placed.map(({ name, solids }) => ({ name, mesh: joinMeshes(solids) })),
    mesh: weldVertices(union.value.mesh),
    volume: union.value.mass.volume,
  });
}

/** From the families' z-up metres to learning space. */
function placement(solids: readonly TriangleMesh[]): (mesh: TriangleMesh) => TriangleMesh {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { positions } of solids) {
    for (let i = 0; i < positions.length; i++) {
      low[i % 3] = Math.min(low[i % 3], positions[i]);
      high[i % 3] = Math.max(high[i % 3], positions[i]);
    }
  }
  const scale = 1 / Math.max(...high.map((h, c) => h - low[c]));
  const [cx, cy, cz] = high.map((h, c) => (h + low[c]) / 2);
  return ({ positions, indices }) => {
    const out = new Float64Array(positions.length);
    for (let i = 0; i < positions.length; i += 3) {
      out[i] = (positions[i] - cx) * scale;
      out[i + 1] = (positions[i + 2] - cz) * scale;
      out[i + 2] = -(positions[i + 1] - cy) * scale;
    }
    return { positions: out, indices };
  };
}
