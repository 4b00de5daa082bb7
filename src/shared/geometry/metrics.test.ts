import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { measureConcavity } from './concavity';
import { hausdorff, meshHausdorff } from './hausdorff';
import {
  chamferOf,
  countContaining,
  fScoreOf,
  overlapAndUncovered,
  surfaceDistances,
  volumetricIou,
} from './metrics';
import { createPointIndex, meshDistances, nearestDistances } from './nearest';
import { sampleBox } from './sampling';
import { boxMesh, joinMeshes, sphereMesh } from './testing/meshes';
import type { Polytope } from './types';

const SEED = 20_264;

function spherePoints(radius: number, count: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const points = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    const direction = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(...direction);
    direction.forEach((x, c) => (points[i * 3 + c] = (radius * x) / length));
  }
  return points;
}

function boxPolytope(low: number, high: number): Polytope {
  const { positions } = boxMesh([low, low, low], [high, high, high]);
  const loops = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ];
  return {
    vertices: positions,
    faces: loops.map((loop, plane) => ({ plane, loop })),
    redundantPlanes: [],
    clippedByBox: false,
  };
}

describe('nearest points', () => {
  it(`are those of brute force (seed ${SEED})`, () => {
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
    const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(cloud, fc.tuple(coordinate, coordinate, coordinate), (points, [x, y, z]) => {
        const index = createPointIndex(points.flat());
        const sorted = points
          .map((p) => (p[0] - x) ** 2 + (p[1] - y) ** 2 + (p[2] - z) ** 2)
          .sort((a, b) => a - b);
        expect(index.nearestSquared(x, y, z)).toBe(sorted[0]);
        const k = Math.ceil(sorted.length / 2);
        expect(index.kthSquared(x, y, z, k)).toBe(sorted[k - 1]);
        expect(index.kthSquared(x, y, z, sorted.length + 1)).toBe(Infinity);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('of a mesh lie on its triangles', () => {
    const mesh = boxMesh([-1, -1, -1], [1, 1, 1]);
    const distances = meshDistances([0, 0, 0, 3, 0, 0, 2, 2, 0.5], mesh);
    expect(distances[0]).toBeCloseTo(1, 12);
    expect(distances[1]).toBeCloseTo(2, 12);
    expect(distances[2]).toBeCloseTo(Math.SQRT2, 12);
  });

  it('of nothing are infinitely far', () => {
    expect([...nearestDistances([0, 0, 0], [])]).toEqual([Infinity]);
  });
});

describe('metrics', () => {
  it('IoU: closed forms, and two empty sets are the same', () => {
    expect(volumetricIou(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 0, 1, 0))).toBe(1 / 3);
    expect(volumetricIou(Uint8Array.of(0, 0), Uint8Array.of(0, 0))).toBe(1);
    expect(volumetricIou(Uint8Array.of(0, 0), Uint8Array.of(0, 1))).toBe(0);
  });

  it(`IoU of concentric balls is the ratio of their volumes (seed ${SEED})`, () => {
    const points = sampleBox(200_000, 0.35, createRandom(SEED));
    const within = (radius: number): Uint8Array =>
      Uint8Array.from({ length: points.length / 3 }, (_, i) =>
        Math.hypot(...points.subarray(i * 3, i * 3 + 3)) <= radius ? 1 : 0,
      );
    expect(volumetricIou(within(0.3), within(0.31))).toBeCloseTo((0.3 / 0.31) ** 3, 2);
  });

  it.each([
    { a: 0.5, b: 0.5, cvxnet: 0.002, within: 5e-5, f: 99.994, slack: 0.01 },
    { a: 0.3, b: 0.309, cvxnet: 0.0169, within: 2e-4, f: 99.4, slack: 0.15 },
    { a: 0.3, b: 0.311, cvxnet: 0.0249, within: 2e-4, f: 0, slack: 0 },
  ])(
    `Chamfer and F-score of spheres $a and $b are the reference's (seed ${SEED})`,
    ({ a, b, cvxnet, within, f, slack }) => {
      const distances = surfaceDistances(spherePoints(a, 100_000, SEED), spherePoints(b, 100_000, SEED + 1));
      expect(Math.abs(chamferOf(distances).cvxnet - cvxnet)).toBeLessThan(within);
      expect(Math.abs(fScoreOf(distances, 0.01) - f)).toBeLessThanOrEqual(slack);
    },
  );

  it('Chamfer: two points at distance 2', () => {
    const distances = surfaceDistances([0, 0, 0], [2, 0, 0]);
    expect(chamferOf(distances)).toEqual({ cvxnet: 800, l1: 2 });
    expect(fScoreOf(distances, 2)).toBe(100);
    expect(fScoreOf(distances, 1.9)).toBe(0);
  });

  it('Hausdorff is one-sided both ways', () => {
    expect(hausdorff([0, 0, 0], [0, 0, 0, 3, 0, 0])).toEqual({ aToB: 0, bToA: 3, symmetric: 3 });
    const inner = boxMesh([-1, -1, -1], [1, 1, 1]);
    const both = joinMeshes(inner, boxMesh([5, -1, -1], [7, 1, 1]));
    const distances = meshHausdorff(inner, both, 200, createRandom(SEED));
    expect(distances.aToB).toBeCloseTo(0, 6);
    expect(distances.bToA).toBeCloseTo(6, 12);
  });

  it(`overlap and uncovered volume of two boxes in a ball's box (seed ${SEED})`, () => {
    const parts = [boxPolytope(-0.3, 0.1), boxPolytope(-0.1, 0.3)];
    const points = sampleBox(200_000, 0.5, createRandom(SEED));
    const source = boxPolytope(-0.3, 0.3);
    const cover = overlapAndUncovered(countContaining(parts, points), countContaining([source], points), 1);
    const overlap = 0.2 ** 3;
    expect(cover.overlap).toBeCloseTo(overlap, 2);
    expect(cover.excess).toBe(cover.overlap);
    expect(Math.abs(cover.uncovered - (0.6 ** 3 - 2 * 0.4 ** 3 + overlap))).toBeLessThan(0.003);
    expect(cover.spilled).toBe(0);
  });
});

describe('measureConcavity', () => {
  it(`is 0 for a convex part (seed ${SEED})`, () => {
    const sphere = sphereMesh(1, 12);
    expect(measureConcavity(sphere, sphere, createRandom(SEED), 500).metric).toBeLessThan(1e-6);
  });

  it(`of two boxes apart is half the gap at the hull's sides, whatever the scale (seed ${SEED})`, () => {
    for (const scale of [1, 10]) {
      const at = (x: number): [number, number, number] => [x * scale, scale, scale];
      const from = (x: number): [number, number, number] => [x * scale, 0, 0];
      const part = joinMeshes(boxMesh(from(0), at(1)), boxMesh(from(3), at(4)));
      const hull = boxMesh(from(0), at(4));
      const { metric, normalised, boundary, interior } = measureConcavity(
        part,
        hull,
        createRandom(SEED),
        4000,
      );
      expect(boundary / scale).toBeGreaterThan(0.97);
      expect(boundary / scale).toBeLessThanOrEqual(1 + 1e-9);
      expect(interior / scale).toBeCloseTo(0.3 * Math.cbrt((3 * 2) / (4 * Math.PI)), 9);
      expect(metric).toBe(boundary);
      expect(normalised).toBeCloseTo((2 * metric) / (4 * scale), 12);
    }
  });
});
