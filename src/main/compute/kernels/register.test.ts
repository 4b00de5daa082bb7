import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  dispose,
  exp,
  grad,
  grads,
  max,
  memory,
  mul,
  setBackend,
  sum,
  tensor,
  tensor1d,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateField, fieldGradient } from '../../../shared/shape/field';
import { gradientNames, randomCase, relativeDifference } from './random-case.fixture';
import { convexField, registerConvexField } from './register';
import { createWasmFieldKernel } from './wasm';

beforeAll(async () => {
  registerConvexField('cpu');
  registerConvexField('wasm', await createWasmFieldKernel());
});

/** Two random shapes as one batch. */
function batchOf(dims: 2 | 3) {
  const cases = [randomCase(1, dims, 4, 9, 60), randomCase(2, dims, 4, 9, 60)];
  const join = (pick: (field: (typeof cases)[0]) => Float32Array) =>
    Float32Array.from(cases.flatMap((field) => [...pick(field)]));
  const tensors = () => [
    tensor(
      join((field) => field.shape.normals),
      [2, 4, 9, dims],
    ),
    tensor(
      join((field) => field.shape.offsets),
      [2, 4, 9],
    ),
    tensor(
      join((field) => field.shape.translations),
      [2, 4, dims],
    ),
    tensor(
      join((field) => field.shape.smoothness),
      [2, 4],
    ),
    tensor(
      join((field) => field.points),
      [2, 60, dims],
    ),
  ];
  return {
    cases,
    tensors,
    upstream: () =>
      tensor(
        join((field) => field.upstream),
        [2, 4, 60],
      ),
  };
}

const field = (normals: Tensor, offsets: Tensor, translations: Tensor, smoothness: Tensor, points: Tensor) =>
  convexField({ normals, offsets, translations, smoothness, points }, 75);

for (const backend of ['cpu', 'wasm']) {
  describe(`convexField on ${backend}`, () => {
    beforeAll(async () => {
      await setBackend(backend);
    });

    for (const dims of [2, 3] as const) {
      it(`agrees with the oracle to 1e-4 in ${dims}D, all five gradients too`, () => {
        const { cases, tensors, upstream } = batchOf(dims);
        const inputs = tensors();
        const value = field(...(inputs as [Tensor, Tensor, Tensor, Tensor, Tensor])).dataSync();
        const gradients = grads(field)(inputs, upstream()).map((gradient) => gradient.dataSync());
        cases.forEach(({ shape, points, upstream }, b) => {
          const half = (values: ArrayLike<number>) =>
            Array.from(values).slice((b * values.length) / 2, ((b + 1) * values.length) / 2);
          expect(relativeDifference(half(value), evaluateField(shape, points).indicator)).toBeLessThan(1e-4);
          const oracle = fieldGradient(shape, points, upstream);
          gradientNames.forEach((name, i) => {
            expect(relativeDifference(half(gradients[i]), oracle[name])).toBeLessThan(1e-4);
          });
        });
      });
    }

    it('leaves no tensor behind', () => {
      const { tensors, upstream } = batchOf(3);
      const inputs = tensors();
      const dy = upstream();
      const before = memory().numTensors;
      dispose(field(...(inputs as [Tensor, Tensor, Tensor, Tensor, Tensor])));
      dispose(tidy(() => grads(field)(inputs, dy)));
      expect(memory().numTensors).toBe(before);
    });

    it('refuses a second derivative instead of giving a wrong one', () => {
      const { tensors } = batchOf(3);
      const [normals, offsets, translations, smoothness, points] = tensors();
      const first = grad((at: Tensor) => sum(field(normals, offsets, translations, smoothness, at)));
      expect(() => grad((at: Tensor) => sum(first(at)))(points)).toThrow('ConvexFieldGradient');
    });
  });
}

describe('facts of TensorFlow.js 4.22 that this code works around', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('gives every tied entry of a maximum the whole upstream', () => {
    const gradient = grad((x: Tensor) => max(x))(tensor1d([1, 3, 3]));
    expect(Array.from(gradient.dataSync())).toEqual([0, 1, 1]);
  });

  it('has a wrong second derivative of exp', () => {
    const first = grad((x: Tensor) => mul(x, exp(x)));
    const second = grad((x: Tensor) => first(x))(tensor1d([1]));
    expect(Math.abs(second.dataSync()[0] - 3 * Math.E)).toBeGreaterThan(0.1);
  });
});
