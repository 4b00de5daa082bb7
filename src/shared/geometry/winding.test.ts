import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { triangleCorners } from './bvh';
import { createInsideTest } from './inside';
import { sampleBox } from './sampling';
import {
  bunnyMesh,
  boxMesh,
  sphereMesh,
  teapotMesh,
  turnTriangles,
  withoutTriangles,
} from './testing/meshes';
import { joinMeshes } from './join';
import type { TriangleMesh } from './types';
import { createPointWinding, createTriangleWinding, triangleWinding, type WindingFunction } from './winding';

const SEED = 20_261;

/** The generalised winding number (Jacobson et al. 2013), every triangle exactly. */
function brute(mesh: TriangleMesh): WindingFunction {
  const corners = triangleCorners(mesh.positions, mesh.indices);
  return (x, y, z) => {
    let sum = 0;
    for (let t = 0; t < corners.length; t += 9) sum += triangleWinding(corners, t, x, y, z);
    return sum;
  };
}

function worstDifference(a: WindingFunction, b: WindingFunction, points: Float32Array): number {
  let worst = 0;
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = points.subarray(i, i + 3);
    worst = Math.max(worst, Math.abs(a(x, y, z) - b(x, y, z)));
  }
  return worst;
}

const meshes: [string, TriangleMesh][] = [
  ['a sphere', sphereMesh(0.4, 16)],
  [
    'a cube without its top',
    withoutTriangles(boxMesh([-0.3, -0.3, -0.3], [0.3, 0.3, 0.3]), (t) => t === 2 || t === 3),
  ],
  [
    'a sphere with a third of its triangles missing',
    withoutTriangles(sphereMesh(0.4, 12), (t) => t % 3 === 0),
  ],
  ['a sphere with some triangles turned over', turnTriangles(sphereMesh(0.4, 12), (t) => t % 17 === 0)],
  ['a sphere twice', joinMeshes([sphereMesh(0.4, 10), sphereMesh(0.4, 10)])],
  [
    'boxes that cut each other',
    joinMeshes([boxMesh([-0.4, -0.2, -0.2], [0.2, 0.3, 0.3]), boxMesh([-0.1, -0.4, -0.3], [0.4, 0.1, 0.25])]),
  ],
  ['bunny', bunnyMesh()],
  ['teapot', teapotMesh()],
];

describe('winding number', () => {
  it('is 1 inside and 0 outside a cube, and 1/6 of the sphere per side seen from the middle', () => {
    const box = boxMesh([-1, -1, -1], [1, 1, 1]);
    expect(brute(box)(0.2, -0.3, 0.9)).toBeCloseTo(1, 12);
    expect(brute(box)(1.2, 0, 0)).toBeCloseTo(0, 12);
    expect(brute(withoutTriangles(box, (t) => t < 2))(0, 0, 0)).toBeCloseTo(5 / 6, 12);
  });

  it.each(meshes)(`of %s: the inside test agrees with brute force (seed ${SEED})`, (_, mesh) => {
    const points = sampleBox(1500, 0.55, createRandom(SEED));
    expect(worstDifference(createInsideTest(mesh).winding, brute(mesh), points)).toBeLessThan(1e-2);
  });

  it.each(meshes)(`of %s: the tree of dipoles agrees with brute force (seed ${SEED})`, (_, mesh) => {
    const points = sampleBox(1500, 0.55, createRandom(SEED));
    const fast = createTriangleWinding(triangleCorners(mesh.positions, mesh.indices));
    expect(worstDifference(fast, brute(mesh), points)).toBeLessThan(1e-2);
  });

  it('is an exact integer on closed meshes, at points level with vertices and edges too', () => {
    const { winding } = createInsideTest(
      joinMeshes([
        boxMesh([-1, -1, -1], [1, 1, 1]),
        boxMesh([0, 0, 0], [2, 2, 2]),
        boxMesh([0, 0, 0], [2, 2, 2]),
      ]),
    );
    expect(winding(-0.5, -0.5, -0.5)).toBe(1);
    expect(winding(0.5, 0.5, 0.5)).toBe(3);
    expect(winding(0, 0, -0.5)).toBe(1);
    expect(winding(1.5, 1.5, 1.5)).toBe(2);
    expect(winding(-0.25, -0.25, -3)).toBe(0);
    expect(winding(1, 1, -5)).toBe(0);
  });

  it(`of any soup agrees with brute force (seed ${SEED})`, () => {
    const vertex = fc.integer({ min: 0, max: 9 });
    // A lattice makes shared, repeated and collinear triangles likely; the points lie off its planes.
    const coordinate = fc.integer({ min: -6, max: 6 }).map((n) => n / 6);
    const between = fc.double({ min: -1, max: 1, noNaN: true });
    const soup = fc.record({
      positions: fc.array(coordinate, { minLength: 30, maxLength: 30 }),
      indices: fc.array(fc.tuple(vertex, vertex, vertex), { minLength: 1, maxLength: 60 }),
      point: fc.tuple(between, between, between),
    });
    fc.assert(
      fc.property(soup, ({ positions, indices, point }) => {
        const mesh = { positions: Float64Array.from(positions), indices: Uint32Array.from(indices.flat()) };
        const distance = distanceToTriangles(mesh, point);
        fc.pre(distance > 1e-6);
        const difference = createInsideTest(mesh).winding(...point) - brute(mesh)(...point);
        // The bound of the expansion is per triangle, and up to 60 of them may lie around the point.
        expect(Math.abs(difference)).toBeLessThan(0.05);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('of points on a sphere approaches 1 inside and 0 outside', () => {
    const count = 2000;
    const points = new Float64Array(count * 3);
    for (let i = 0; i < count; i++) {
      const z = 1 - (2 * i + 1) / count;
      const ring = Math.sqrt(1 - z * z);
      const angle = i * Math.PI * (3 - Math.sqrt(5));
      points.set([ring * Math.cos(angle), ring * Math.sin(angle), z], i * 3);
    }
    const areas = new Float64Array(count).fill((4 * Math.PI) / count);
    const winding = createPointWinding(points, points, areas);
    expect(winding(0, 0, 0)).toBeCloseTo(1, 2);
    expect(winding(0.5, 0.4, -0.3)).toBeCloseTo(1, 2);
    expect(winding(1.3, 0.2, 0)).toBeCloseTo(0, 2);
  });
});

function distanceToTriangles(mesh: TriangleMesh, [x, y, z]: [number, number, number]): number {
  // Distance to the planes is enough: on a triangle's plane both sides are right.
  let nearest = Infinity;
  const c = triangleCorners(mesh.positions, mesh.indices);
  for (let t = 0; t < c.length; t += 9) {
    const u = [c[t + 3] - c[t], c[t + 4] - c[t + 1], c[t + 5] - c[t + 2]];
    const v = [c[t + 6] - c[t], c[t + 7] - c[t + 1], c[t + 8] - c[t + 2]];
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const length = Math.hypot(...n);
    if (length < 1e-12) continue;
    const height = n[0] * (x - c[t]) + n[1] * (y - c[t + 1]) + n[2] * (z - c[t + 2]);
    nearest = Math.min(nearest, Math.abs(height) / length);
  }
  return nearest;
}
