import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { triangleCorners } from './bvh';
import { countEdgeUses, weldVertices } from './mesh-topology';
import { boxMesh, sphereMesh, withoutTriangles } from './testing/meshes';
import { joinMeshes } from './join';
import type { TriangleMesh } from './types';
import { capRims } from './winding-caps';

/** Whether mesh and caps together use every edge equally often in both directions. */
function closes(mesh: TriangleMesh, caps: Float64Array): boolean {
  const corners = [...triangleCorners(mesh.positions, mesh.indices), ...caps];
  const soup = { positions: Float64Array.from(corners), indices: Uint32Array.from(corners.keys()) };
  const { positions, indices } = weldVertices({
    ...soup,
    indices: soup.indices.slice(0, corners.length / 3),
  });
  const { forward, backward } = countEdgeUses(indices, positions.length / 3);
  return forward.every((uses, edge) => uses === backward[edge]);
}

function apexes(caps: Float64Array): string[] {
  const found = Array.from({ length: caps.length / 9 }, (_, t) => caps.slice(t * 9 + 6, t * 9 + 9).join());
  return [...new Set(found)].sort();
}

describe('capRims', () => {
  const box = boxMesh([0, 0, 0], [2, 4, 6]);

  it('adds nothing to a closed mesh', () => {
    expect(capRims(box)).toHaveLength(0);
  });

  it('fans each hole about the middle of its rim', () => {
    // Without the sides -z and +z.
    const open = withoutTriangles(box, (t) => t < 4);
    const caps = capRims(open);
    expect(caps).toHaveLength(8 * 9);
    expect(apexes(caps)).toEqual(['1,2,0', '1,2,6']);
    expect(closes(open, caps)).toBe(true);
  });

  it('closes what lacks triangles at random, and a soup (seed 151)', () => {
    const random = createRandom(151);
    for (let round = 0; round < 30; round++) {
      const whole = round % 2 === 0 ? sphereMesh(1, 5) : joinMeshes([box, boxMesh([2, 4, 0], [3, 5, 6])]);
      const dropped = Array.from({ length: whole.indices.length / 3 }, () => random.uniform() < 0.3);
      const open = withoutTriangles(weldVertices(whole), (t) => dropped[t]);
      expect(closes(open, capRims(open)), `round ${round}`).toBe(true);
      const soup = {
        positions: Float64Array.from({ length: 24 }, () => random.integer(9)),
        indices: Uint32Array.from({ length: 30 }, () => random.integer(8)),
      };
      const welded = weldVertices(soup);
      expect(closes(welded, capRims(welded)), `round ${round}`).toBe(true);
    }
  });

  it('comes as often as an edge is used more one way', () => {
    const triangle = {
      positions: Float64Array.of(0, 0, 0, 3, 0, 0, 0, 3, 0),
      indices: Uint32Array.of(0, 1, 2),
    };
    expect(capRims(triangle)).toHaveLength(3 * 9);
    const twice = { ...triangle, indices: Uint32Array.of(0, 1, 2, 0, 1, 2) };
    expect(capRims(twice)).toHaveLength(6 * 9);
    expect(apexes(capRims(twice))).toEqual(['1,1,0']);
    expect(capRims({ ...triangle, indices: Uint32Array.of(0, 1, 2, 2, 1, 0) })).toHaveLength(0);
  });
});
