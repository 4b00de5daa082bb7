import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../../shared/result';
import { partPolytope } from '../../../../shared/shape/explicit';
import type { ConvexPart, ConvexShape, PartPlane } from '../../../../shared/shape/types';
import { createRandom } from '../../../../shared/random';
import { polytopeMass } from '../../../../shared/geometry/mass';
import type { Bounds } from './bounds';
import { cutToBox } from './within-box';

const BOX: Bounds = [-0.5, -0.3, -0.4, 0.5, 0.3, 0.4];

function part(
  planes: readonly (readonly [number, number, number, number])[],
  more: Partial<ConvexPart> = {},
) {
  return {
    id: 'a',
    name: 'A',
    index: 0,
    translation: [0, 0, 0],
    smoothness: 300,
    visible: true,
    locked: false,
    planes: planes.map(([x, y, z, offset]): PartPlane => {
      const length = Math.hypot(x, y, z);
      return { normal: [x / length, y / length, z / length], offset, locked: false };
    }),
    ...more,
  } satisfies ConvexPart;
}

/** A flat roof whose tip is a spike far beyond the box. */
const SPIKE = [
  [1, 0, 0.2, 0.3],
  [-1, 0, 0.2, 0.3],
  [0, 1, 0.2, 0.2],
  [0, -1, 0.2, 0.2],
  [0, 0, -1, 0.2],
] as const;

const shapeOf = (...parts: ConvexPart[]): ConvexShape => ({ parts, sharpness: 75 });
const bodyOf = (one: ConvexPart) => unwrap(partPolytope(one));

function reach(one: ConvexPart): number {
  const { vertices } = bodyOf(one);
  return vertices.reduce(
    (far, value, i) => Math.max(far, BOX[i % 3] - value, value - BOX[3 + (i % 3)]),
    -Infinity,
  );
}

describe('cutToBox', () => {
  it('cuts a spike off at the side of the box and leaves the rest as it is', () => {
    const before = part(SPIKE);
    expect(reach(before)).toBeGreaterThan(0.3);
    const [after] = cutToBox(shapeOf(before), BOX, 16).parts;
    expect(reach(after)).toBeLessThan(1e-9);
    expect(after.planes).toHaveLength(6);
    // What was in the box is still there: the volume is that of the part below the top side.
    const top = part([...SPIKE, [0, 0, 1, 0.4]]);
    expect(polytopeMass(bodyOf(after)).volume).toBeCloseTo(polytopeMass(bodyOf(top)).volume, 12);
    for (const { offset } of after.planes) expect(offset).toBeGreaterThan(0);
  });

  it('gives back the very part that keeps within', () => {
    const inside = part([...SPIKE, [0, 0, 1, 0.4]]);
    const shape = shapeOf(inside);
    expect(cutToBox(shape, BOX, 5).parts[0]).toBe(inside);
  });

  it('keeps to a number of planes, the smallest of its own going first', () => {
    const [after] = cutToBox(shapeOf(part([...SPIKE, [1, 1, 0, 0.37]])), BOX, 6).parts;
    expect(after.planes).toHaveLength(6);
    expect(reach(after)).toBeLessThan(1e-9);
    expect(after.planes.some(({ normal }) => Math.abs(normal[0] - Math.SQRT1_2) < 1e-9)).toBe(false);
  });

  it('leaves out what lies outside, and leaves alone what is locked', () => {
    const outside = part([...SPIKE, [0, 0, 1, 0.4]], { id: 'b', translation: [0, 2, 0] });
    const locked = part(SPIKE, { id: 'c', locked: true });
    expect(cutToBox(shapeOf(outside, locked), BOX, 16).parts).toEqual([locked]);
    const held = part(SPIKE);
    const anchored = { ...held, planes: held.planes.map((plane, i) => ({ ...plane, locked: i === 1 })) };
    const [after] = cutToBox(shapeOf(anchored), BOX, 16).parts;
    expect(after.translation).toEqual([0, 0, 0]);
    expect(after.planes).toContain(anchored.planes[1]);
    expect(reach(after)).toBeLessThan(1e-9);
  });

  it('keeps random parts in the box without losing what was in it (seed 8)', () => {
    const random = createRandom(8);
    for (let round = 0; round < 40; round++) {
      const planes = Array.from({ length: 12 }, () => {
        const normal = [random.normal(), random.normal(), random.normal()] as const;
        return [...normal, 0.1 + 0.4 * random.uniform()] as const;
      });
      const before = part(planes, {
        translation: [0.6 * (random.uniform() - 0.5), 0.4 * (random.uniform() - 0.5), 0],
      });
      const [after] = cutToBox(shapeOf(before), BOX, 24).parts;
      expect(reach(after)).toBeLessThan(1e-9);
      const contains = (one: ConvexPart, at: readonly number[]): boolean =>
        one.planes.every(
          ({ normal, offset }) =>
            normal.reduce((sum, n, axis) => sum + n * (at[axis] - one.translation[axis]), 0) <= offset + 1e-9,
        );
      for (let i = 0; i < 200; i++) {
        const at = [0, 1, 2].map((axis) => BOX[axis] + random.uniform() * (BOX[3 + axis] - BOX[axis]));
        expect(contains(after, at)).toBe(contains(before, at));
      }
    }
  });
});
