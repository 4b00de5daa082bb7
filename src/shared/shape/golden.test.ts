import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { appendCentres, evaluateField, fieldGradient, unionIndicator } from './field';
import { goldenCase } from './golden.fixture';
import { createLossGradient, evaluateLosses, REFERENCE_WEIGHTS } from './losses';
import { logitCount, logitGradient, logitsOfShape, shapeOfLogits, type LogitLayout } from './parameters';
import { unwrap } from '../result';

/** Total loss and its gradient with respect to the logits, through every function under test. */
function totalAndGradient(
  logits: ArrayLike<number>,
  layout: LogitLayout,
  samples: { points: Float64Array; labels: Float64Array; boxCount: number },
  weights = REFERENCE_WEIGHTS,
) {
  const shape = shapeOfLogits(logits, layout);
  const queries = appendCentres(samples.points, shape);
  const { phi, indicator } = evaluateField(shape, queries);
  const inputs = {
    ...layout,
    ...samples,
    indicator,
    offsets: shape.offsets,
    translations: shape.translations,
  };
  const direct = createLossGradient(inputs);
  const losses = evaluateLosses(inputs, direct, weights);
  const field = fieldGradient(shape, queries, direct.indicator);
  const count = samples.labels.length;
  const translations = field.translations.map(
    (value, i) => value + direct.translations[i] + field.points[count * layout.dims + i],
  );
  const gradient = logitGradient(logits, layout, {
    normals: field.normals,
    offsets: field.offsets.map((value, i) => value + direct.offsets[i]),
    translations,
    smoothness: field.smoothness,
  });
  return { shape, phi, indicator, losses, gradient };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i] - expected[i]), `entry ${i}`).toBeLessThanOrEqual(tolerance);
  }
}

describe('golden vectors', () => {
  const { shape, phi, indicator, losses, gradient } = totalAndGradient(
    goldenCase.logits,
    goldenCase.layout,
    goldenCase,
    goldenCase.weights,
  );

  it('match in parameters and field to 1e-9', () => {
    expectClose(shape.normals, goldenCase.normals, 1e-12);
    expectClose(shape.offsets, goldenCase.offsets, 1e-12);
    expectClose(shape.smoothness, goldenCase.smoothness, 1e-9);
    expectClose(phi, goldenCase.phi, 1e-12);
    expectClose(indicator, goldenCase.indicator, 1e-9);
    const count = goldenCase.labels.length;
    const union = unionIndicator(indicator, goldenCase.layout.parts, count + goldenCase.layout.parts);
    expectClose(union.subarray(0, count), goldenCase.union, 1e-9);
  });

  it('match in the five losses to 1e-9', () => {
    for (const name of ['total', 'sample', 'overlap', 'balance', 'center', 'bbx'] as const) {
      expect(Math.abs(losses[name] - goldenCase.losses[name])).toBeLessThan(1e-9);
    }
  });

  it('match in the gradient, of norm 0.46558053924995346', () => {
    expectClose(gradient, goldenCase.gradient, 1e-9);
    expect(Math.hypot(...gradient)).toBeCloseTo(0.46558053924995346, 12);
  });

  it('survive the way back to logits', () => {
    const again = shapeOfLogits(unwrap(logitsOfShape(shape)), goldenCase.layout);
    expectClose(again.normals, shape.normals, 1e-12);
    expectClose(again.offsets, shape.offsets, 1e-12);
    expectClose(again.smoothness, shape.smoothness, 1e-9);
    expectClose(again.translations, shape.translations, 0);
  });
});

describe('gradient against central differences', () => {
  for (const dims of [2, 3] as const) {
    it(`agrees within 1e-4 in ${dims}D, seed 7`, () => {
      const layout = { dims, parts: 3, planes: 6 };
      const random = createRandom(7);
      const logits = Float64Array.from({ length: logitCount(layout) }, () => 0.6 * random.normal());
      for (let i = 0; i < layout.parts * dims; i++) logits[layout.parts + i] *= 0.2;
      const points = Float64Array.from({ length: 40 * dims }, () => 0.7 * (random.uniform() - 0.5));
      const labels = Float64Array.from({ length: 40 }, (_, n) =>
        Math.hypot(...points.subarray(n * dims, n * dims + dims)) < 0.25 ? 1 : 0,
      );
      const samples = { points, labels, boxCount: 20 };
      const weights = { ...REFERENCE_WEIGHTS, nearest: 3 };
      const { gradient } = totalAndGradient(logits, layout, samples, weights);
      const h = 1e-6;
      for (let i = 0; i < logits.length; i++) {
        const at = (value: number) =>
          totalAndGradient(logits.with(i, value), layout, samples, weights).losses.total;
        const difference = (at(logits[i] + h) - at(logits[i] - h)) / (2 * h);
        const g = gradient[i];
        expect(
          Math.abs(difference - g) / (1e-6 + Math.abs(difference) + Math.abs(g)),
          `logit ${i}`,
        ).toBeLessThan(1e-4);
      }
    });
  }
});
