import { assert, integer, property, record, constantFrom } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateField, fieldGradient } from '../../../shared/shape/field';
import { emptyPackedShape, toFloat32 } from '../../../shared/shape/pack';
import { chunksFor, layOut } from './layout';
import {
  emptyGradient,
  gradientNames,
  randomCase,
  relativeDifference,
  type FieldCase,
} from './random-case.fixture';
import { createReferenceFieldKernel } from './reference';
import { createWasmFieldKernel } from './wasm';

const kernel = await createWasmFieldKernel();

function evaluate(field: FieldCase, by = kernel) {
  const indicator = new Float32Array(field.upstream.length);
  const gradient = emptyGradient(field);
  by.forward(field.shape, field.points, indicator);
  by.backward(field.shape, field.points, indicator, field.upstream, gradient);
  return { indicator, gradient };
}

/**
 * Indicators and all gradients against float64, relative to the largest value, or to a hundredth of what one point can
 * contribute where all points happen to lie far from the surface.
 */
function expectOracle(field: FieldCase, tolerance: number) {
  const { shape } = field;
  const { indicator, gradient } = evaluate(field);
  const exact = evaluateField(shape, field.points).indicator;
  expect(relativeDifference(indicator, exact)).toBeLessThan(tolerance);
  const oracle = fieldGradient(shape, field.points, field.upstream);
  for (const name of gradientNames) {
    const onePoint = (shape.sharpness / 4) * (name === 'smoothness' ? Math.log(2) / 2500 : 1);
    expect(relativeDifference(gradient[name], oracle[name], onePoint / 100)).toBeLessThan(tolerance);
  }
}

describe('wasm kernel against the oracle', () => {
  it('agrees to 1e-5 at the size of the benchmark: 4096 points x 50 parts x 25 planes', () => {
    expectOracle(randomCase(1, 3, 50, 25, 4096), 1e-5);
  });

  it('agrees to 1e-4 for any size in 2D and 3D, seed 20260102', () => {
    const sizes = record({
      seed: integer({ min: 0, max: 1e6 }),
      dims: constantFrom<2 | 3>(2, 3),
      parts: integer({ min: 1, max: 9 }),
      planes: integer({ min: 1, max: 40 }),
      count: integer({ min: 50, max: 700 }),
      sharpness: constantFrom(10, 75, 300),
    });
    assert(
      property(sizes, ({ seed, dims, parts, planes, count, sharpness }) => {
        const field = randomCase(seed, dims, parts, planes, count);
        expectOracle({ ...field, shape: { ...field.shape, sharpness } }, 1e-4);
      }),
      { seed: 20260102, numRuns: 60 },
    );
  });

  it('keeps the stated bound of what it leaves out: |dC| at extreme smoothness and sharpness', () => {
    for (const [sharpness, smoothness] of [
      [75, 50],
      [75, 300],
      [400, 50],
      [20, 1000],
    ]) {
      const base = randomCase(3, 3, 12, 25, 2000);
      const shape = {
        ...base.shape,
        sharpness,
        smoothness: new Float32Array(12).fill(smoothness),
      };
      const { indicator } = evaluate({ ...base, shape });
      const exact = evaluateField(shape, base.points).indicator;
      const stated = Math.exp(-18) + (sharpness * 24 * Math.exp(-16)) / (4 * smoothness);
      // Rounding: H has an error of about 1e-7, multiplied by sigma / 4, and exp and log of about 1e-6.
      const rounding = (sharpness / 4) * 1.5e-7 + 1e-6;
      for (let i = 0; i < exact.length; i++) {
        expect(Math.abs(indicator[i] - exact[i])).toBeLessThan(stated + rounding);
      }
    }
  });

  it('writes exactly 0 and 1 where a whole tile is far outside and deep inside', () => {
    const shape = toFloat32(emptyPackedShape(3, 2, 6, 75));
    const axes = [1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1];
    for (let k = 0; k < 2; k++) shape.normals.set(axes, k * 18);
    shape.offsets.fill(0.5);
    shape.translations[3] = 5;
    const points = Float32Array.from({ length: 32 * 3 }, (_, i) => ((i * 13) % 17) / 1700);
    const { indicator, gradient } = evaluate({ shape, points, upstream: new Float32Array(64).fill(1) });
    expect(new Set(indicator.subarray(0, 32))).toEqual(new Set([1]));
    expect(new Set(indicator.subarray(32))).toEqual(new Set([0]));
    expect(new Set(gradient.offsets)).toEqual(new Set([-0]));
  });

  it('gives padding planes neither weight nor gradient', () => {
    const field = randomCase(8, 3, 3, 6, 300);
    const padded = toFloat32(emptyPackedShape(3, 3, 11, 75));
    padded.translations.set(field.shape.translations);
    padded.smoothness.set(field.shape.smoothness);
    for (let k = 0; k < 3; k++) {
      padded.normals.set(field.shape.normals.subarray(k * 18, k * 18 + 18), k * 33);
      padded.offsets.set(field.shape.offsets.subarray(k * 6, k * 6 + 6), k * 11);
    }
    const a = evaluate(field);
    const b = evaluate({ ...field, shape: padded });
    expect(b.indicator).toEqual(a.indicator);
    expect(b.gradient.points).toEqual(a.gradient.points);
    for (let k = 0; k < 3; k++) {
      expect(Math.max(...b.gradient.offsets.subarray(k * 11 + 6, k * 11 + 11).map(Math.abs))).toBe(0);
    }
  });

  it('overwrites and forgets: other sizes and other points in between change nothing', () => {
    const field = randomCase(4, 3, 5, 12, 500);
    const first = evaluate(field);
    evaluate(randomCase(5, 2, 40, 30, 3000));
    evaluate({ ...field, points: field.points.map((x) => -x) });
    const again = evaluate(field);
    expect(again).toEqual(first);
  });

  it('sees points that changed in place', () => {
    const field = randomCase(6, 3, 2, 8, 200);
    evaluate(field);
    field.points.forEach((x, i) => (field.points[i] = x * 0.5));
    expectOracle(field, 1e-4);
  });

  it('evaluates more points than it holds at once', () => {
    const field = randomCase(7, 2, 2, 5, 70_000);
    const indicator = new Float32Array(field.upstream.length);
    kernel.forward(field.shape, field.points, indicator);
    const exact = evaluateField(field.shape, field.points).indicator;
    expect(relativeDifference(indicator, exact)).toBeLessThan(1e-5);
  });

  it('takes no points and no parts', () => {
    const none = { ...randomCase(6, 3, 2, 8, 1), points: new Float32Array(0), upstream: new Float32Array(0) };
    expect(evaluate(none).gradient.offsets).toEqual(new Float32Array(16));
  });
});

describe('reference kernel', () => {
  it('is the oracle in float32', () => {
    const field = randomCase(2, 3, 3, 9, 100);
    const { indicator, gradient } = evaluate(field, createReferenceFieldKernel());
    expect(indicator).toEqual(Float32Array.from(evaluateField(field.shape, field.points).indicator));
    const oracle = fieldGradient(field.shape, field.points, field.upstream);
    for (const name of gradientNames) expect(gradient[name]).toEqual(Float32Array.from(oracle[name]));
  });
});

describe('memory', () => {
  it('has no buffer that grows with parts x planes x points', () => {
    const end = (parts: number, planes: number, points: number) =>
      layOut({ dims: 3, parts, planes, points }, 1).end;
    const parts = 50;
    const points = 100_000;
    // Twice the planes: what is added does not depend on the number of points.
    expect(chunksFor(points)).toBe(chunksFor(2 * points));
    expect(end(parts, 64, points) - end(parts, 32, points)).toBe(
      end(parts, 64, 2 * points) - end(parts, 32, 2 * points),
    );
  });
});
