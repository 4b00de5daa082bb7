import { describe, expect, it } from 'vitest';
import type { Frame } from '../document/types';
import { createRandom } from '../random';
import { partContains } from './explicit';
import { evaluateField } from './field';
import { packShape } from './pack';
import { reframeShape } from './reframe';
import type { ConvexPart, ConvexShape } from './types';

const SEED = 31;

function randomShape(): ConvexShape {
  const random = createRandom(SEED);
  const parts = Array.from({ length: 3 }, (_, k): ConvexPart => ({
    id: `${k}`,
    name: `${k}`,
    index: k,
    translation: [random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5],
    planes: Array.from({ length: 12 }, () => {
      const v = [random.normal(), random.normal(), random.normal()];
      const length = Math.hypot(...v);
      return {
        normal: [v[0] / length, v[1] / length, v[2] / length] as const,
        offset: 0.1 + 0.2 * random.uniform(),
        locked: false,
      };
    }),
    smoothness: 100 + 100 * random.uniform(),
    visible: true,
    locked: false,
  }));
  return { parts, sharpness: 75 };
}

describe('reframeShape', () => {
  const from: Frame = { origin: [1, 2, 3], metresPerUnit: 0.5, upAxis: 'y' };
  const frames: [string, Frame][] = [
    ['another origin and scale', { origin: [0.8, 2.1, 3.3], metresPerUnit: 0.8, upAxis: 'y' }],
    ['another up axis', { origin: [1, -3, 2], metresPerUnit: 0.4, upAxis: 'z' }],
  ];

  it.each(frames)(
    `keeps every point in metres inside or outside, and the field: %s (seed ${SEED})`,
    (_, to) => {
      const shape = randomShape();
      const moved = reframeShape(shape, from, to);
      const random = createRandom(SEED + 1);
      let inside = 0;
      for (let i = 0; i < 2000; i++) {
        const x = [0, 0, 0].map(() => 1.2 * (random.uniform() - 0.5));
        const metres = x.map((value, c) => from.origin[c] + from.metresPerUnit * value);
        const turned = to.upAxis === 'z' ? [metres[0], -metres[2], metres[1]] : metres;
        const y = turned.map((value, c) => (value - to.origin[c]) / to.metresPerUnit);
        const before = shape.parts.map((part) => partContains(part, x[0], x[1], x[2]));
        expect(moved.parts.map((part) => partContains(part, y[0], y[1], y[2]))).toEqual(before);
        if (before.includes(true)) inside++;
        const field = evaluateField(packShape(shape), Float64Array.from(x)).indicator;
        evaluateField(packShape(moved), Float64Array.from(y)).indicator.forEach((value, k) =>
          expect(value).toBeCloseTo(field[k], 9),
        );
      }
      expect(inside).toBeGreaterThan(50);
    },
  );

  it('gives the same shape for the same frame', () => {
    const shape = randomShape();
    const same = reframeShape(shape, from, from);
    same.parts.forEach((part, k) =>
      part.translation.forEach((value, c) => expect(value).toBeCloseTo(shape.parts[k].translation[c], 12)),
    );
    expect(same.parts[0].planes).toEqual(shape.parts[0].planes);
  });
});
