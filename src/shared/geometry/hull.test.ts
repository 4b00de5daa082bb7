import { ConvexHull } from 'three/examples/jsm/math/ConvexHull.js';
import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random';
import { unwrap } from '../result';
import { isSphere } from './clip-weld';
import { convexHull } from './hull';
import { polytopeVolume } from './mass';
import { largestDistance } from './testing/planes';

const CUBE = [0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].flatMap((z) => [x, y, z])));

function cloud(random: Random, count: number, coordinate: () => number = () => random.normal()): number[] {
  return Array.from({ length: 3 * count }, coordinate);
}

function volumeByThree(points: number[]): number {
  const vectors = Array.from({ length: points.length / 3 }, (_, i) => new Vector3().fromArray(points, 3 * i));
  let sixfold = 0;
  for (const face of new ConvexHull().setFromPoints(vectors).faces) {
    const [a, b, c] = [0, 1, 2].map((corner) => face.getEdge(corner).head().point);
    sixfold += a.dot(new Vector3().crossVectors(b, c));
  }
  return sixfold / 6;
}

function codeOf(points: number[]): string {
  const result = convexHull(points);
  return result.ok ? 'ok' : result.error.code;
}

describe('convexHull', () => {
  it('merges the coplanar facets of a cube, its inner and edge points left out', () => {
    const { polytope, planes } = unwrap(
      convexHull([...CUBE, 0.5, 0.5, 0.5, 0.5, 0, 0, 0.5, 0.5, 1, 0, 0, 0]),
    );
    expect(polytope.faces).toHaveLength(6);
    expect(polytope.vertices).toHaveLength(24);
    expect(polytope.faces.every(({ loop, plane }, face) => loop.length === 4 && plane === face)).toBe(true);
    expect(planes).toHaveLength(24);
    expect(polytopeVolume(polytope)).toBeCloseTo(1, 14);
  });

  it('has the volume of another implementation and holds every point (seeds 1..30)', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = createRandom(seed);
      const points = cloud(random, 5 + random.integer(100));
      const { polytope, planes } = unwrap(convexHull(points));
      expect(isSphere(polytope.faces.map(({ loop }) => loop))).toBe(true);
      expect(polytopeVolume(polytope)).toBeCloseTo(volumeByThree(points), 10);
      for (let at = 0; at < points.length; at += 3) {
        expect(largestDistance(planes, points[at], points[at + 1], points[at + 2])).toBeLessThan(1e-9);
      }
    }
  });

  it('is idempotent: the hull of its vertices is itself (seed 8)', () => {
    const random = createRandom(8);
    for (let round = 0; round < 20; round++) {
      const { polytope } = unwrap(convexHull(cloud(random, 60)));
      const again = unwrap(convexHull(polytope.vertices)).polytope;
      const sorted = (vertices: Float64Array): string[] =>
        Array.from({ length: vertices.length / 3 }, (_, i) =>
          vertices.slice(3 * i, 3 * i + 3).join(' '),
        ).sort();
      expect(sorted(again.vertices)).toEqual(sorted(polytope.vertices));
      expect(again.faces).toHaveLength(polytope.faces.length);
      expect(polytopeVolume(again)).toBeCloseTo(polytopeVolume(polytope), 12);
    }
  });

  it('survives lattice points, where all is coplanar and repeated (seed 21)', () => {
    const random = createRandom(21);
    for (let round = 0; round < 100; round++) {
      const points = [...CUBE, ...cloud(random, 60, () => random.integer(4) - 1)];
      const { polytope } = unwrap(convexHull(points));
      expect(isSphere(polytope.faces.map(({ loop }) => loop))).toBe(true);
      expect(polytopeVolume(polytope)).toBeCloseTo(volumeByThree(points), 9);
    }
  });

  it('hulls points on a sphere far from the origin (seed 33)', () => {
    const random = createRandom(33);
    const points: number[] = [];
    for (let point = 0; point < 500; point++) {
      const p = [random.normal(), random.normal(), random.normal()];
      points.push(...p.map((value, axis) => value / Math.hypot(...p) + 10 * axis));
    }
    const { polytope } = unwrap(convexHull(points));
    expect(polytope.vertices).toHaveLength(1500);
    expect(polytope.faces).toHaveLength(996);
  });

  it('merges facets of float32 points at a looser distance', () => {
    const turned = [...CUBE];
    for (let at = 0; at < turned.length; at += 3) {
      const [x, y, z] = turned.slice(at, at + 3);
      turned.splice(
        at,
        3,
        Math.fround(0.8 * x - 0.6 * y),
        Math.fround(0.6 * x + 0.8 * y),
        Math.fround(z + 0.3),
      );
    }
    expect(unwrap(convexHull(turned, { coplanar: 1e-6 })).polytope.faces).toHaveLength(6);
  });

  it('reports what spans no volume', () => {
    expect(codeOf([])).toBe('degenerate-hull');
    expect(codeOf([0, 0, 0, 1, 0, 0, 0, 1, 0])).toBe('degenerate-hull');
    expect(codeOf([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0.5, 0.2, 0])).toBe('degenerate-hull');
    expect(codeOf(Array.from({ length: 30 }, () => 2))).toBe('degenerate-hull');
    expect(codeOf([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])).toBe('degenerate-hull');
    expect(codeOf([...CUBE, Number.NaN, 0, 0])).toBe('non-finite-point');
    expect(codeOf([0, 1])).toBe('point-layout');
  });
});
