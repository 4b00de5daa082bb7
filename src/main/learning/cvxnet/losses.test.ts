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
import { createRandom } from '../../../shared/random';
import {
  appendCentres as appendCentresExact,
  evaluateField,
  fieldGradient,
} from '../../../shared/shape/field';
import { createLossGradient, evaluateLosses } from '../../../shared/shape/losses';
import { logitCount, logitGradient, shapeOfLogits } from '../../../shared/shape/parameters';
import { relativeDifference } from '../../compute/kernels/random-case.fixture';
import { convexField, registerConvexField } from '../../compute/kernels/register';
import { createWasmFieldKernel } from '../../compute/kernels/wasm';
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

    for (const dims of [2, 3] as const) {
      it(`agree with float64 on a random batch in ${dims}D, values and gradient, seed 5`, () => {
        const layout = { dims, parts: 3, planes: 7 };
        const random = createRandom(5);
        const size = logitCount(layout);
        const values = Float32Array.from({ length: 2 * size }, () => 0.7 * random.normal());
        const samples = Float32Array.from({ length: 2 * 60 * dims }, () => 0.8 * (random.uniform() - 0.5));
        const inside = Float32Array.from({ length: 120 }, (_, n) =>
          Math.hypot(...samples.subarray(n * dims, n * dims + dims)) < 0.3 ? 1 : 0,
        );
        let exact = 0;
        const exactGradient: number[] = [];
        for (let b = 0; b < 2; b++) {
          const logits = Float64Array.from(values.subarray(b * size, (b + 1) * size));
          const shape = shapeOfLogits(logits, layout);
          const points = Float64Array.from(samples.subarray(b * 60 * dims, (b + 1) * 60 * dims));
          const queries = appendCentresExact(points, shape);
          const { offsets, translations } = shape;
          const { indicator } = evaluateField(shape, queries);
          const labels = inside.subarray(b * 60, (b + 1) * 60);
          const inputs = { ...layout, points, labels, boxCount: 40, indicator, offsets, translations };
          const direct = createLossGradient(inputs);
          exact += evaluateLosses(inputs, direct).total / 2;
          const field = fieldGradient(shape, queries, direct.indicator);
          const gradient = logitGradient(logits, layout, {
            ...field,
            offsets: field.offsets.map((value, i) => value + direct.offsets[i]),
            translations: field.translations.map(
              (value, i) => value + direct.translations[i] + field.points[60 * dims + i],
            ),
          });
          exactGradient.push(...gradient.map((value) => value / 2));
        }
        const { value, grad } = valueAndGrad((x: Tensor) => {
          const shapes = shapesOfLogits(x, layout);
          const points = tensor3d(samples, [2, 60, dims]);
          const indicator = convexField({ ...shapes, points: appendCentres(points, shapes) }, 75);
          const labels = tensor2d(inside, [2, 60]);
          return trainingLosses({ ...shapes, indicator, points, labels, boxCount: 40 }).total;
        })(tensor2d(values, [2, size]));
        expect(Math.abs(value.dataSync()[0] - exact)).toBeLessThan(1e-4 * exact);
        expect(relativeDifference(grad.dataSync(), exactGradient)).toBeLessThan(1e-4);
      });
    }

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
