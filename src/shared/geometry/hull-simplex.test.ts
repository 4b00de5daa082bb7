import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { hullSimplex } from './hull-simplex';
import { facePlanes } from './plane';
import { convexHull } from './hull';
import { unwrap } from '../result';
import { largestDistance } from './testing/planes';

const REGULAR = [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1];

describe('hullSimplex', () => {
  it('of four points is their inscribed sphere', () => {
    const moved = REGULAR.map((value, at) => value + [10, -20, 5][at % 3]);
    const regular = hullSimplex(moved, 1e-9)!;
    expect(regular.inradius).toBeCloseTo(Math.sqrt(1 / 3), 12);
    [10, -20, 5].forEach((value, axis) => expect(regular.centre[axis]).toBeCloseTo(value, 12));
    // The corner of a box of 3 by 4 by 12: three times the volume over the surface.
    const corner = hullSimplex([0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 12], 1e-9)!;
    const slanted = Math.hypot(12 * 4, 12 * 3, 12) / 2;
    const radius = (3 * 24) / (6 + 18 + 24 + slanted);
    expect(corner.inradius).toBeCloseTo(radius, 12);
    for (const value of corner.centre) expect(value).toBeCloseTo(radius, 12);
  });

  it('touches all four faces from inside, whatever the order of the points (seed 131)', () => {
    const random = createRandom(131);
    for (let round = 0; round < 50; round++) {
      const points = Array.from({ length: 12 }, () => random.normal());
      const { centre, inradius } = hullSimplex(points, 1e-9)!;
      const planes = facePlanes(unwrap(convexHull(points)).polytope);
      for (let face = 0; face < 4; face++) {
        expect(largestDistance(planes.subarray(4 * face, 4 * face + 4), ...centre)).toBeCloseTo(
          -inradius,
          10,
        );
      }
    }
  });

  it('is wide: at least a tenth of the widest sphere inside a box of points (seed 132)', () => {
    const random = createRandom(132);
    for (const [x, y, z] of [
      [1, 1, 1],
      [100, 1, 1],
      [1, 100, 1],
      [1, 100, 100],
    ]) {
      const corners = Array.from({ length: 8 }, (_, i) => [
        i & 1 ? x : -x,
        i & 2 ? y : -y,
        i & 4 ? z : -z,
      ]).flat();
      const inner = Array.from({ length: 300 }, (_, at) => (random.uniform() - 0.5) * [x, y, z][at % 3]);
      expect(hullSimplex([...inner, ...corners], 1e-9)!.inradius).toBeGreaterThan(0.1 * Math.min(x, y, z));
    }
  });

  it('takes what is thicker than the limit times the longest distance, and nothing flatter', () => {
    const plate = (height: number): number[] => [0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, height];
    const longest = Math.hypot(8, 8);
    expect(hullSimplex(plate(0.011 * longest), 0.01)).toBeDefined();
    expect(hullSimplex(plate(0.009 * longest), 0.01)).toBeUndefined();
    const needle = (width: number): number[] => [0, 0, 0, 0, 0, 8, width, 0, 4, 0, width, 4];
    expect(hullSimplex(needle(0.2), 0.01)).toBeDefined();
    expect(hullSimplex(needle(0.05), 0.01)).toBeUndefined();
    expect(hullSimplex([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3], 0)).toBeUndefined();
    expect(hullSimplex(REGULAR.slice(0, 9), 1e-9)).toBeUndefined();
  });
});
