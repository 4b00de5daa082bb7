import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInsideTest } from './inside';
import { openManifold } from './manifold';
import { meshMass } from './mass';
import { measureTopology } from './mesh-topology';
import { boxMesh, sphereMesh, withoutTriangles } from './testing/meshes';
import type { Vec3 } from './types';
import { uniteMeshes } from './union';

const SEED = 20_265;

describe('uniteMeshes', () => {
  it(`counts the overlap of two boxes once, wherever they lie (seed ${SEED})`, async () => {
    const api = await openManifold();
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
    const edge = fc.double({ min: 0.05, max: 1, noNaN: true });
    const box = fc.record({
      low: fc.tuple(coordinate, coordinate, coordinate),
      size: fc.tuple(edge, edge, edge),
    });
    fc.assert(
      fc.property(box, box, fc.constantFrom(0, 100), (a, b, away) => {
        const corners = [a, b].map(({ low, size }): [Vec3, Vec3] => [
          [low[0] + away, low[1] + away, low[2] + away],
          [low[0] + size[0] + away, low[1] + size[1] + away, low[2] + size[2] + away],
        ]);
        const united = uniteMeshes(
          api,
          corners.map(([low, high]) => boxMesh(low, high)),
        );
        expect(united.ok).toBe(true);
        if (!united.ok) return;
        const [[lowA, highA], [lowB, highB]] = corners;
        const volume = (low: Vec3, high: Vec3): number =>
          [0, 1, 2].reduce((product, c) => product * Math.max(0, high[c] - low[c]), 1);
        const common = [0, 1, 2].reduce(
          (product, c) => product * Math.max(0, Math.min(highA[c], highB[c]) - Math.max(lowA[c], lowB[c])),
          1,
        );
        const expected = volume(lowA, highA) + volume(lowB, highB) - common;
        expect(Math.abs(united.value.mass.volume / expected - 1)).toBeLessThan(2e-6);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('gives one watertight surface that is inside where any body is', async () => {
    const bodies = [sphereMesh(1, 10), boxMesh([0, 0, 0], [2, 0.5, 0.5]), boxMesh([5, 5, 5], [6, 6, 6])];
    const united = uniteMeshes(await openManifold(), bodies);
    expect(united.ok).toBe(true);
    if (!united.ok) return;
    expect(measureTopology(united.value.mesh)).toMatchObject({ watertight: true, components: 2 });
    const { winding } = createInsideTest(united.value.mesh);
    expect([
      winding(0.2, 0.2, 0.2),
      winding(1.8, 0.2, 0.3),
      winding(5.5, 5.5, 5.5),
      winding(3, 3, 3),
    ]).toEqual([1, 1, 1, 0]);
  });

  it('of one body is that body, of none is empty', async () => {
    const api = await openManifold();
    const sphere = sphereMesh(1, 10);
    const one = uniteMeshes(api, [sphere]);
    expect(one.ok && Math.abs(one.value.mass.volume / meshMass(sphere).volume - 1)).toBeLessThan(1e-6);
    const none = uniteMeshes(api, []);
    expect(none.ok && none.value.mass.volume).toBe(0);
  });

  it('names the body that is not closed', async () => {
    const api = await openManifold();
    const open = withoutTriangles(boxMesh([0, 0, 0], [1, 1, 1]), (t) => t === 0);
    const result = uniteMeshes(api, [sphereMesh(1, 6), open]);
    expect(result).toMatchObject({ ok: false, error: { code: 'mesh-not-manifold' } });
    if (!result.ok) expect(result.error.message).toContain('Body 2 of 2');
    const notFinite = {
      ...sphereMesh(1, 6),
      positions: sphereMesh(1, 6).positions.map((x, i) => (i === 5 ? NaN : x)),
    };
    expect(uniteMeshes(api, [notFinite]).ok).toBe(false);
  });
});
