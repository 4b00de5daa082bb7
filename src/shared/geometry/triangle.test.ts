import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { triangleArea } from './triangle';

describe('triangleArea', () => {
  it('of a triangle in a mesh: half the base times the height, the normal counter-clockwise outside', () => {
    const mesh = {
      positions: Float64Array.of(9, 9, 9, 1, 2, 3, 5, 2, 3, 1, 5, 3, 1, 2, 8),
      indices: Uint32Array.of(1, 2, 3, 1, 4, 2, 1, 3, 4),
    };
    const normal = new Float64Array(3);
    const found = [0, 1, 2].map((t) => [triangleArea(mesh, t, normal), ...normal]);
    expect(found).toEqual([
      [6, 0, 0, 1],
      [10, 0, 1, 0],
      [7.5, 1, 0, 0],
    ]);
  });

  it('agrees with Heron, and the normal is a unit at right angles to the sides (seed 111)', () => {
    const random = createRandom(111);
    const normal = new Float64Array(3);
    for (let round = 0; round < 50; round++) {
      const positions = Float64Array.from({ length: 9 }, () => random.normal());
      const area = triangleArea({ positions, indices: Uint32Array.of(0, 1, 2) }, 0, normal);
      const side = (from: number, to: number): number[] =>
        [0, 1, 2].map((axis) => positions[3 * to + axis] - positions[3 * from + axis]);
      const sides = [side(0, 1), side(1, 2), side(2, 0)];
      const [a, b, c] = sides.map((vector) => Math.hypot(...vector));
      const s = (a + b + c) / 2;
      expect(area).toBeCloseTo(Math.sqrt(s * (s - a) * (s - b) * (s - c)), 10);
      expect(Math.hypot(...normal)).toBeCloseTo(1, 12);
      for (const [x, y, z] of sides) expect(x * normal[0] + y * normal[1] + z * normal[2]).toBeCloseTo(0, 12);
    }
  });

  it('of three places in a row is 0, without a normal', () => {
    const normal = Float64Array.of(7, 7, 7);
    const row = { positions: Float64Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2), indices: Uint32Array.of(0, 1, 2) };
    expect(triangleArea(row, 0, normal)).toBe(0);
    expect([...normal]).toEqual([0, 0, 0]);
  });
});
