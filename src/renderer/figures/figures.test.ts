import { describe, expect, it } from 'vitest';
import type { EvaluationSamples } from '../../shared/contract/jobs';
import { createRandom } from '../../shared/random';
import type { ConvexPart } from '../../shared/shape/types';
import { createFiguresCalculator } from './figures';

const SEED = 41;

function box(id: string, x: number, half = 0.1): ConvexPart {
  const normals = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ] as const;
  return {
    id,
    name: id,
    index: 0,
    translation: [x, 0, 0],
    planes: normals.map((normal) => ({ normal, offset: half, locked: false })),
    smoothness: 100,
    visible: true,
    locked: false,
  };
}

/** Uniform points in the unit cube, inside where |x| <= 0.2 and |y|, |z| <= 0.1: two boxes side by side. */
function samples(): EvaluationSamples {
  const random = createRandom(SEED);
  const points = Float32Array.from({ length: 3 * 4000 }, () => random.uniform() - 0.5);
  const inside = Uint8Array.from({ length: 4000 }, (_, i) =>
    Math.abs(points[3 * i]) <= 0.2 && Math.abs(points[3 * i + 1]) <= 0.1 && Math.abs(points[3 * i + 2]) <= 0.1
      ? 1
      : 0,
  );
  return { points, inside };
}

describe('live figures', () => {
  it('are those of the boxes, in cubic metres', () => {
    const calculator = createFiguresCalculator();
    calculator.setShape(['a', 'b'], [box('a', 0), box('b', 0.3)], 2);
    const figures = calculator.measure(null);
    expect(figures).toMatchObject({ iou: null, parts: 2, planes: 12, vertices: 16, unionVolume: null });
    expect(figures.sumOfVolumes).toBeCloseTo(2 * 0.008 * 8, 12);
    expect(figures.perPart.get('a')).toMatchObject({ vertices: 8, faces: 6, problem: null });
  });

  it(`follow single parts as a fresh calculation would, seed ${SEED}`, () => {
    const stepwise = createFiguresCalculator();
    stepwise.setSamples(samples());
    stepwise.setShape(['a', 'b'], [box('a', -0.1), box('b', 0.3)], 1);
    expect(stepwise.measure(null).iou).toBeLessThan(0.5);
    stepwise.setShape(['a', 'b'], [box('b', 0.1)], 1);
    expect(stepwise.measure(null).iou).toBeCloseTo(1, 2);
    stepwise.setShape(['b'], [], 1);
    const fresh = createFiguresCalculator();
    fresh.setShape(['b'], [box('b', 0.1)], 1);
    fresh.setSamples(samples());
    expect(stepwise.measure(null)).toEqual(fresh.measure(null));
    // Half of the few samples that lie in the boxes, within the scatter of so few.
    expect(Math.abs((fresh.measure(null).iou ?? 0) - 0.5)).toBeLessThan(0.15);
  });

  it('name an empty part and an open one, and go on with the others', () => {
    const empty = {
      ...box('empty', 0),
      planes: box('x', 0).planes.map((plane) => ({ ...plane, offset: -1 })),
    };
    const open = { ...box('open', 0), planes: box('x', 0).planes.slice(0, 3) };
    const calculator = createFiguresCalculator();
    calculator.setShape(['empty', 'open', 'a'], [empty, open, box('a', 0)], 1);
    const { perPart } = calculator.measure(null);
    expect(perPart.get('empty')?.problem).toContain('empty');
    expect(perPart.get('open')?.problem).toContain('open');
    expect(perPart.get('a')?.problem).toBeNull();
  });
});
