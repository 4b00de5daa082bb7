import { beforeAll, describe, expect, it } from 'vitest';
import { openManifold, type ManifoldApi } from '../../../shared/geometry/manifold';
import { measureTopology } from '../../../shared/geometry/mesh-topology';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { createRandom } from '../../../shared/random';
import { unwrap } from '../../../shared/result';
import { createDice } from './dice';
import { FAMILIES } from './families';
import { HALF_SIZE, samplePoints } from './samples';
import { makeShape } from './shape';

let api: ManifoldApi;
beforeAll(async () => {
  api = await openManifold();
});

/** Winding number by the solid angles of all triangles (van Oosterom and Strackee 1983). */
function solidAngleWinding({ positions, indices }: TriangleMesh, x: number, y: number, z: number): number {
  let sum = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => {
      const v = indices[t + k] * 3;
      return [positions[v] - x, positions[v + 1] - y, positions[v + 2] - z];
    });
    const [la, lb, lc] = [a, b, c].map((v) => Math.hypot(...v));
    const dot = (u: number[], v: number[]): number => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    const triple =
      a[0] * (b[1] * c[2] - b[2] * c[1]) +
      a[1] * (b[2] * c[0] - b[0] * c[2]) +
      a[2] * (b[0] * c[1] - b[1] * c[0]);
    sum += Math.atan2(triple, la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb);
  }
  return sum / (2 * Math.PI);
}

describe.each(FAMILIES.map((family) => ({ family, name: family.name })))('the family $name', ({ family }) => {
  it('makes watertight shapes of parts that fill a cube of side 1', () => {
    for (let seed = 0; seed < 6; seed++) {
      const { mesh, parts, volume } = unwrap(makeShape(api, family, seed));
      expect(measureTopology(mesh)).toMatchObject({ watertight: true, degenerateTriangles: 0 });
      expect(volume).toBeGreaterThan(0.005);
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.length).toBeLessThan(256);
      for (const part of parts) expect(measureTopology(part.mesh).openEdges).toBe(0);
      const extents = [0, 1, 2].map((c) => {
        const along = mesh.positions.filter((_, i) => i % 3 === c);
        return [Math.min(...along), Math.max(...along)];
      });
      for (const [low, high] of extents) expect(low + high).toBeCloseTo(0, 6);
      expect(Math.max(...extents.map(([low, high]) => high - low))).toBeCloseTo(1, 6);
    }
  });

  it('varies in structure, not only in size', () => {
    const structures = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const parts = family.build(createDice(createRandom(seed)));
      structures.add(
        parts
          .map(({ name }) => name)
          .sort()
          .join(),
      );
    }
    expect(structures.size).toBeGreaterThanOrEqual(4);
  });

  it('makes the same shape of the same seed, another of another', () => {
    const [a, b, c] = [5, 5, 6].map((seed) => unwrap(makeShape(api, family, seed)));
    expect(b).toEqual(a);
    expect(c.parameters).not.toEqual(a.parameters);
  });

  it('labels points as the solid angles of its surface do, with a part that holds them', () => {
    const shape = unwrap(makeShape(api, family, 3));
    const { box, near } = samplePoints(shape, 150, 11);
    expect(Math.max(...box.points.map(Math.abs))).toBeLessThanOrEqual(HALF_SIZE);
    for (const { points, labels } of [box, near]) {
      labels.forEach((label, i) => {
        const [x, y, z] = points.subarray(i * 3, i * 3 + 3);
        expect(solidAngleWinding(shape.mesh, x, y, z) > 0.5).toBe(label > 0);
        // The first part that holds the point: those before do not.
        const held = shape.parts.map((part) => solidAngleWinding(part.mesh, x, y, z) > 0.5);
        expect(held.indexOf(true)).toBe(label - 1);
      });
    }
    expect(near.labels.some((label) => label > 0)).toBe(true);
    expect(near.labels.some((label) => label === 0)).toBe(true);
  });
});

describe('samples', () => {
  it('are the same of the same seed, and labelled where they are stored', () => {
    const shape = unwrap(makeShape(api, FAMILIES[0], 1));
    const coarse = (x: number): number => Math.round(x * 16) / 16;
    const first = samplePoints(shape, 400, 2, coarse);
    expect(samplePoints(shape, 400, 2, coarse)).toEqual(first);
    expect(samplePoints(shape, 400, 3, coarse)).not.toEqual(first);
    for (const { points } of [first.box, first.near])
      expect(points.every((x) => (x * 16) % 1 === 0)).toBe(true);
    // Points that fall together after rounding have one label.
    const labels = new Map<string, number>();
    first.box.labels.forEach((label, i) => {
      const key = first.box.points.subarray(i * 3, i * 3 + 3).join();
      expect(labels.get(key) ?? label).toBe(label);
      labels.set(key, label);
    });
  });
});
