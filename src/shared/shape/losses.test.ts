import { describe, expect, it } from 'vitest';
import { createLossGradient, evaluateLosses, type LossInputs } from './losses';
import { INACTIVE_OFFSET } from './types';

/** `parts` parts over `count` samples with constant indicators; every second sample is inside. */
function inputsWith(
  parts: number,
  count: number,
  value: number,
  change: Partial<LossInputs> = {},
): LossInputs {
  return {
    dims: 3,
    parts,
    planes: 4,
    points: Float64Array.from({ length: count * 3 }, (_, i) => ((i * 7) % 11) / 11 - 0.5),
    labels: Float64Array.from({ length: count }, (_, n) => n % 2),
    boxCount: count / 2,
    indicator: new Float64Array(parts * (count + parts)).fill(value),
    offsets: new Float64Array(parts * 4).fill(0.25),
    translations: new Float64Array(parts * 3),
    ...change,
  };
}

function evaluate(inputs: LossInputs) {
  const gradient = createLossGradient(inputs);
  return { ...evaluateLosses(inputs, gradient), gradient };
}

describe('losses', () => {
  it('has no overlap where two parts coincide', () => {
    expect(evaluate(inputsWith(2, 60, 1)).overlap).toBe(0);
  });

  it('has overlap 1 where three parts coincide, at the centres too', () => {
    expect(evaluate(inputsWith(3, 60, 1)).overlap).toBeCloseTo(1, 12);
    const onlyAtCentres = inputsWith(3, 60, 0);
    const indicator = Float64Array.from(onlyAtCentres.indicator, (_, i) => (i % 63 >= 60 ? 1 : 0));
    expect(evaluate({ ...onlyAtCentres, indicator }).overlap).toBeCloseTo(3 / 63, 12);
  });

  it('is guided to 0 by exactly 20 interior samples that a part covers', () => {
    const labels = Float64Array.from({ length: 60 }, (_, n) => (n < 20 ? 1 : 0));
    expect(evaluate(inputsWith(1, 60, 1, { labels })).balance).toBe(0);
  });

  it('pays for missing interior samples, with no gradient for them', () => {
    const labels = Float64Array.from({ length: 60 }, (_, n) => (n < 5 ? 1 : 0));
    const { balance, gradient } = evaluate(inputsWith(1, 60, 1, { labels }));
    expect(balance).toBeCloseTo(15 / 20, 12);
    // What is left is the sample loss at an outside sample that the part covers.
    expect(gradient.indicator[59]).toBeCloseTo((2 * 0.1) / 30, 15);
    expect(gradient.indicator[0]).toBe(0);
  });

  it('locates a centre on an interior sample at no cost', () => {
    const inputs = inputsWith(1, 60, 1);
    const translations = Float64Array.from(inputs.points).subarray(3, 6);
    const { bbx, gradient } = evaluate({ ...inputs, translations });
    expect(bbx).toBe(0);
    expect(Array.from(gradient.translations)).toEqual([0, 0, 0]);
  });

  it('leaves localisation out where nothing is inside', () => {
    const { bbx, interior, gradient, total } = evaluate(
      inputsWith(2, 60, 0.5, { labels: new Float64Array(60) }),
    );
    expect(bbx).toBe(0);
    expect(interior).toBe(0);
    expect(Math.max(...gradient.translations)).toBe(0);
    expect(total).toBeLessThan(1);
  });

  it('does not charge padding planes for their offset', () => {
    const offsets = new Float64Array([0.5, 0.5, INACTIVE_OFFSET, INACTIVE_OFFSET]);
    const { center, gradient } = evaluate(inputsWith(1, 60, 0.5, { offsets }));
    expect(center).toBe(0.25);
    expect(gradient.offsets[2]).toBe(0);
    expect(gradient.offsets[0]).toBeCloseTo((2 * 0.001 * 0.5) / 2, 15);
  });

  it('reads and writes rows at a stride', () => {
    const dense = inputsWith(3, 40, 0);
    const indicator = Float64Array.from(dense.indicator, (_, i) => ((i * 37) % 101) / 101);
    const stride = 50;
    const strided = new Float64Array(3 * stride).fill(9);
    for (let k = 0; k < 3; k++) strided.set(indicator.slice(k * 43, k * 43 + 43), k * stride);
    const a = evaluate({ ...dense, indicator });
    const b = evaluate({ ...dense, indicator: strided, stride });
    expect(b.total).toBe(a.total);
    for (let k = 0; k < 3; k++) {
      expect(b.gradient.indicator.slice(k * stride, k * stride + 43)).toEqual(
        a.gradient.indicator.slice(k * 43, k * 43 + 43),
      );
    }
  });

  it('refuses fewer samples than the guidance loss selects', () => {
    expect(() => evaluate(inputsWith(1, 10, 1))).toThrow(RangeError);
  });
});
