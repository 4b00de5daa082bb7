import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  concat,
  memory,
  setBackend,
  tensor1d,
  tensor2d,
  tensor3d,
  tidy,
  valueAndGrad,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenCase } from '../../../shared/shape/golden.fixture';
import { relativeDifference } from '../kernels/random-case.fixture';
import { convexField, registerConvexField } from '../kernels/register';
import { createWasmFieldKernel } from '../kernels/wasm';
import { trainingLosses, type LossScalars } from './losses';
import { appendCentres, shapesOfLogits } from './parameters';

beforeAll(async () => {
  registerConvexField('cpu');
  registerConvexField('wasm', await createWasmFieldKernel());
});

const { layout, boxCount, weights } = goldenCase;

function lossesOf(logits: Tensor, points: Tensor, labels: Tensor): LossScalars {
  const shapes = shapesOfLogits(logits, layout);
  const indicator = convexField({ ...shapes, points: appendCentres(points, shapes) }, 75);
  return trainingLosses({ ...shapes, indicator, points, labels, boxCount }, weights);
}

const logits = () => tensor2d([goldenCase.logits]);
const points = () => tensor3d(Float32Array.from(goldenCase.points), [1, 12, 3]);
const labels = () => tensor2d(Float32Array.from(goldenCase.labels), [1, 12]);

for (const backend of ['cpu', 'wasm']) {
  describe(`training losses on ${backend}`, () => {
    beforeAll(async () => {
      await setBackend(backend);
    });

    it('match the golden vectors to 1e-4', () => {
      const shapes = shapesOfLogits(logits(), layout);
      expect(relativeDifference(shapes.normals.dataSync(), goldenCase.normals)).toBeLessThan(1e-5);
      expect(relativeDifference(shapes.offsets.dataSync(), goldenCase.offsets)).toBeLessThan(1e-5);
      expect(relativeDifference(shapes.smoothness.dataSync(), goldenCase.smoothness)).toBeLessThan(1e-5);
      const losses = lossesOf(logits(), points(), labels());
      for (const name of ['total', 'sample', 'overlap', 'balance', 'center', 'bbx'] as const) {
        const expected = goldenCase.losses[name];
        expect(Math.abs(losses[name].dataSync()[0] - expected)).toBeLessThan(1e-4 * expected);
      }
    });

    it('match the golden gradient with respect to the logits to 1e-4', () => {
      const total = valueAndGrad((x: Tensor) => lossesOf(x, points(), labels()).total);
      const { grad } = total(logits());
      expect(relativeDifference(grad.dataSync(), goldenCase.gradient)).toBeLessThan(1e-4);
    });

    it('average over the batch, and leave out a shape without interior from localisation', () => {
      const twice = (t: Tensor) => concat([t, t], 0);
      const one = lossesOf(logits(), points(), labels());
      const two = lossesOf(twice(logits()), twice(points()), twice(labels()));
      for (const name of ['total', 'sample', 'overlap', 'balance', 'center', 'bbx'] as const) {
        expect(two[name].dataSync()[0]).toBeCloseTo(one[name].dataSync()[0], 6);
      }
      const half = concat([labels(), zerosLike(labels())], 0);
      const guarded = lossesOf(twice(logits()), twice(points()), half);
      expect(guarded.bbx.dataSync()[0]).toBeCloseTo(one.bbx.dataSync()[0] / 2, 6);
    });

    it('give the sample loss to the first of tied parts only', () => {
      const tied = tensor3d([0.5, 0, 0, 0.5, 0, 0], [1, 2, 3]);
      const loss = (indicator: Tensor) =>
        trainingLosses(
          {
            indicator,
            points: tensor3d([[[0, 0, 0]]]),
            labels: tensor2d([[1]]),
            boxCount: 1,
            offsets: tensor3d([[[0.1], [0.1]]]),
            translations: tensor3d([
              [
                [0, 0, 0],
                [0, 0, 0],
              ],
            ]),
          },
          { ...weights, nearest: 1, balance: 0 },
        ).total;
      expect(Array.from(valueAndGrad(loss)(tied).grad.dataSync())).toEqual([-1, 0, 0, 0, 0, 0]);
    });

    it('leave no tensor behind', () => {
      const before = memory().numTensors;
      tidy(() => {
        valueAndGrad((x: Tensor) => lossesOf(x, points(), labels()).total)(logits());
        return tensor1d([0]);
      }).dispose();
      expect(memory().numTensors).toBe(before);
    });
  });
}
