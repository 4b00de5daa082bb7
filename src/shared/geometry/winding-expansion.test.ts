import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random';
import { createPointWinding, createTriangleWinding, triangleWinding } from './winding';

/** Unit vector of a random direction. */
function direction(random: Random): [number, number, number] {
  const v = [random.normal(), random.normal(), random.normal()];
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** Corners within 1 of the origin. */
function soup(random: Random, triangles: number): Float64Array {
  return Float64Array.from({ length: triangles * 9 }, () => (2 * random.uniform() - 1) / Math.sqrt(3));
}

function exact(corners: Float64Array, x: number, y: number, z: number): number {
  let sum = 0;
  for (let t = 0; t < corners.length; t += 9) sum += triangleWinding(corners, t, x, y, z);
  return sum;
}

/** The largest error, as a share of what a triangle of area 1 that faces the place would have there. */
function worstShare(
  random: Random,
  distance: number,
  fast: (x: number, y: number, z: number) => number,
  truth: (x: number, y: number, z: number) => number,
): number {
  let worst = 0;
  for (let place = 0; place < 20; place++) {
    const [x, y, z] = direction(random).map((value) => value * distance) as [number, number, number];
    worst = Math.max(worst, Math.abs(fast(x, y, z) - truth(x, y, z)) * 4 * Math.PI * distance ** 2);
  }
  return worst;
}

describe('triangleWinding', () => {
  it('of an octant of the sphere is an eighth, with the sign of the side that is seen', () => {
    const octant = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    expect(triangleWinding(octant, 0, 0, 0, 0)).toBeCloseTo(1 / 8, 14);
    expect(triangleWinding([0, 1, 0, 1, 0, 0, 0, 0, 1], 0, 0, 0, 0)).toBeCloseTo(-1 / 8, 14);
    const moved = [0, 0, 0, 0, 0, 0, 0, 0, 0, ...octant.map((value, at) => value + [3, -2, 5][at % 3])];
    expect(triangleWinding(moved, 9, 3, -2, 5)).toBeCloseTo(1 / 8, 14);
    // In its own plane a triangle is not seen; beside it, it fills half the sphere.
    const flat = [0, 0, 0, 3, 0, 0, 0, 3, 0];
    expect([triangleWinding(flat, 0, 1, 1, 0), triangleWinding(flat, 0, 5, 1, 0)]).toEqual([0, 0]);
    expect(triangleWinding(flat, 0, 1, 1, 1e-9)).toBeCloseTo(-1 / 2, 6);
    expect(triangleWinding(flat, 0, 1, 1, -1e-9)).toBeCloseTo(1 / 2, 6);
  });
});

describe('the expansion of triangles', () => {
  it('is right to second order: the error falls with the fifth power of the distance (seed 161)', () => {
    const random = createRandom(161);
    for (let round = 0; round < 12; round++) {
      const corners = soup(random, 6);
      const fast = createTriangleWinding(corners);
      const truth = (x: number, y: number, z: number): number => exact(corners, x, y, z);
      const near = worstShare(random, 20, fast, truth);
      const far = worstShare(random, 200, fast, truth);
      expect(near).toBeLessThan(2e-3);
      expect(far).toBeLessThan(2e-6);
    }
  });

  it('leaves what is near to the solid angles themselves (seed 162)', () => {
    const random = createRandom(162);
    const corners = soup(random, 4);
    const fast = createTriangleWinding(corners);
    for (let place = 0; place < 50; place++) {
      const [x, y, z] = direction(random).map((value) => 1.2 * random.uniform() * value) as [
        number,
        number,
        number,
      ];
      expect(fast(x, y, z)).toBeCloseTo(exact(corners, x, y, z), 13);
    }
  });

  it('agrees at every distance with the sum over a large soup, moved anywhere (seed 163)', () => {
    const random = createRandom(163);
    const corners = soup(random, 200).map((value, at) => value + [50, -20, 7][at % 3]);
    const fast = createTriangleWinding(corners);
    for (const distance of [0.3, 1, 2, 4, 10]) {
      for (let place = 0; place < 20; place++) {
        const [dx, dy, dz] = direction(random);
        const [x, y, z] = [50 + dx * distance, dy * distance - 20, 7 + dz * distance];
        expect(Math.abs(fast(x, y, z) - exact(corners, x, y, z))).toBeLessThan(0.01);
      }
    }
  });

  it('of triangles without area, and of none, is 0', () => {
    const flat = createTriangleWinding(Float64Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    expect([flat(5, 0, 0), flat(100, 1, 2)]).toEqual([0, 0]);
    expect(createTriangleWinding(new Float64Array())(1, 2, 3)).toBe(0);
  });
});

describe('the expansion of points', () => {
  const cloudOf = (random: Random, count: number) => ({
    points: Float64Array.from({ length: count * 3 }, () => (2 * random.uniform() - 1) / Math.sqrt(3)),
    normals: Float64Array.from(Array.from({ length: count }, () => direction(random)).flat()),
    areas: Float64Array.from({ length: count }, () => 0.1 + random.uniform()),
  });
  /** The sum of dipoles, point by point. */
  const dipoles =
    ({ points, normals, areas }: ReturnType<typeof cloudOf>) =>
    (x: number, y: number, z: number): number =>
      areas.reduce((sum, area, i) => {
        const d = [points[3 * i] - x, points[3 * i + 1] - y, points[3 * i + 2] - z];
        const along = d[0] * normals[3 * i] + d[1] * normals[3 * i + 1] + d[2] * normals[3 * i + 2];
        return sum + (area * along) / (4 * Math.PI * Math.hypot(...d) ** 3);
      }, 0);

  it('is right to second order, and exact nearby (seed 164)', () => {
    const random = createRandom(164);
    for (let round = 0; round < 12; round++) {
      const cloud = cloudOf(random, 12);
      const fast = createPointWinding(cloud.points, cloud.normals, cloud.areas);
      expect(worstShare(random, 20, fast, dipoles(cloud))).toBeLessThan(5e-3);
      expect(worstShare(random, 200, fast, dipoles(cloud))).toBeLessThan(5e-6);
    }
    const few = cloudOf(random, 6);
    const fast = createPointWinding(few.points, few.normals, few.areas);
    for (let place = 0; place < 30; place++) {
      const [x, y, z] = direction(random).map((value) => 0.3 * value) as [number, number, number];
      expect(fast(x, y, z)).toBeCloseTo(dipoles(few)(x, y, z), 12);
    }
  });

  it('does not see the point in which it stands', () => {
    expect(createPointWinding([1, 2, 3], [0, 0, 1], [4])(1, 2, 3)).toBe(0);
    expect(createPointWinding([1, 2, 3], [0, 0, 1], [4 * Math.PI])(1, 2, 3 - 1e-12)).toBeGreaterThan(1e6);
  });
});
