import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { createRayCaster } from './ray-cast';
import type { TriangleMesh, Vec3 } from './types';

const SEED = 11;

/** Unconnected triangles in the unit cube. */
function soup(count: number, seed: number): TriangleMesh {
  const random = createRandom(seed);
  const positions = Float64Array.from({ length: count * 9 }, () => random.uniform());
  return { positions, indices: Uint32Array.from({ length: count * 3 }, (_, i) => i) };
}

/** Nearest hit by the plane of each triangle and three edge tests, without a tree. */
function bruteForce({ positions }: TriangleMesh, o: Vec3, d: Vec3): { triangle: number; distance: number } {
  let best = { triangle: -1, distance: Infinity };
  for (let t = 0; t < positions.length / 9; t++) {
    const [a, b, c] = [0, 3, 6].map((k) => Array.from(positions.subarray(t * 9 + k, t * 9 + k + 3)));
    const n = cross(minus(b, a), minus(c, a));
    const distance = dot(n, minus(a, o)) / dot(n, d);
    const p = o.map((x, k) => x + distance * d[k]);
    const inside = [
      [a, b],
      [b, c],
      [c, a],
    ].every(([from, to]) => dot(n, cross(minus(to, from), minus(p, from))) >= 0);
    if (inside && distance > 0 && distance < best.distance) best = { triangle: t, distance };
  }
  return best;
}

const minus = (a: ArrayLike<number>, b: ArrayLike<number>): number[] => [
  a[0] - b[0],
  a[1] - b[1],
  a[2] - b[2],
];
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: number[], b: number[]): number[] => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

// A grid, so that no ray comes within rounding of a triangle's edge, where either answer is right.
const between = (low: number, high: number) => {
  const coordinate = fc.integer({ min: low * 1000, max: high * 1000 }).map((x) => x / 1000);
  return fc.tuple(coordinate, coordinate, coordinate);
};

describe('a ray', () => {
  const mesh = soup(60, SEED);
  it(`meets what a search over all triangles finds, seed ${SEED}`, () => {
    const caster = createRayCaster(mesh);
    let hits = 0;
    const rays = fc.property(between(-2, 3), between(0, 1), (origin, target) => {
      const direction = minus(target, origin) as unknown as Vec3;
      fc.pre(Math.hypot(...direction) > 1e-3);
      const expected = bruteForce(mesh, origin, direction);
      expect(caster.first(origin, direction)).toBe(expected.triangle);
      expect(caster.blocked(origin, direction)).toBe(expected.triangle >= 0);
      if (expected.triangle < 0) return;
      hits++;
      expect(caster.distance()).toBeCloseTo(expected.distance, 9);
      expect(caster.blocked(origin, direction, expected.distance * 0.999)).toBe(false);
      expect(caster.first(origin, direction, expected.distance * 0.999)).toBe(-1);
    });
    fc.assert(rays, { seed: SEED, numRuns: 500 });
    expect(hits).toBeGreaterThan(200);
  });

  it('along an axis, in the plane of a box face, still meets what lies in its way', () => {
    const square: TriangleMesh = {
      positions: Float64Array.of(0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1),
      indices: Uint32Array.of(0, 1, 2, 0, 2, 3),
    };
    const flat = createRayCaster(square);
    expect(flat.first([0.5, 0.25, 0], [0, 0, 2])).toBe(0);
    expect(flat.distance()).toBe(0.5);
    // Along the diagonal that both triangles share nothing slips through.
    for (let i = 1; i < 100; i++) expect(flat.blocked([i / 100, i / 100, 0], [0, 0, 1])).toBe(true);
    expect(flat.first([0.5, 0.25, 0], [0, 0, -1])).toBe(-1);
  });

  it('meets a triangle up to its edges, and nothing beyond them', () => {
    const one = createRayCaster({
      positions: Float64Array.of(0, 0, 1, 1, 0, 1, 0, 1, 1),
      indices: Uint32Array.of(0, 1, 2),
    });
    const meets = (x: number, y: number): boolean => one.blocked([x, y, 0], [0, 0, 1]);
    for (const along of [0, 0.25, 0.5, 1]) {
      for (const [x, y] of [
        [along, 0],
        [0, along],
        [along, 1 - along],
      ]) {
        expect(meets(x, y), `at ${x}, ${y}`).toBe(true);
      }
    }
    const beyond = 1e-7;
    expect([meets(-beyond, 0.5), meets(0.5, -beyond), meets(0.5, 0.5 + beyond)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([meets(1 + beyond, 0), meets(0, 1 + beyond)]).toEqual([false, false]);
  });

  it('runs past a triangle in whose plane it lies, and past what it starts on or leaves behind', () => {
    const square: TriangleMesh = {
      positions: Float64Array.of(0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1),
      indices: Uint32Array.of(0, 1, 2, 0, 2, 3),
    };
    const flat = createRayCaster(square);
    expect(flat.first([-1, 0.5, 1], [1, 0, 0])).toBe(-1);
    expect(flat.first([0.5, 0.25, 1], [0, 0, 1])).toBe(-1);
    expect(flat.first([0.5, 0.25, 2], [0, 0, 1])).toBe(-1);
  });

  it('keeps the distance of the last first hit while asked what blocks', () => {
    const caster = createRayCaster(mesh);
    expect(caster.first([0.5, 0.5, -2], [0, 0, 1])).toBeGreaterThanOrEqual(0);
    const distance = caster.distance();
    expect(caster.blocked([0.5, 0.5, 3], [0, 0, -1])).toBe(true);
    expect(caster.distance()).toBe(distance);
  });

  it('meets nothing in an empty mesh', () => {
    const none = createRayCaster({ positions: new Float64Array(0), indices: new Uint32Array(0) });
    expect(none.first([0, 0, 0], [0, 0, 1])).toBe(-1);
    expect(none.blocked([0, 0, 0], [0, 0, 1])).toBe(false);
  });
});
