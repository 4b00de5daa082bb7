import '@tensorflow/tfjs-backend-cpu';
import {
  avgPool,
  exp as stockExp,
  grad,
  image,
  leakyRelu as stockLeakyRelu,
  maximum as stockMaximum,
  mul,
  setBackend,
  sigmoid as stockSigmoid,
  square,
  sum,
  tanh as stockTanh,
  tensor,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeDifference } from '../../../compute/kernels/random-case.fixture';
import '../../../compute/kernels/generated/stock-gradients';
import { createRandom } from '../../../../shared/random';
import { averagePool, exp, leakyRelu, maximum, resizeBilinear, sigmoid, tanh } from './index';

beforeAll(() => setBackend('cpu'));

const STEP = 1e-2;

/** d/dx of the sum of squares of dy/dx, where y is the sum of squares of `operation`: a second-order gradient. */
function twice(operation: (x: Tensor) => Tensor, x: Tensor): number[] {
  const inner = (at: Tensor) => sum(square(grad((of: Tensor) => sum(square(operation(of))))(at)));
  return Array.from(grad(inner)(x).dataSync());
}

/** The same by central differences of the first-order gradient. */
function byDifferences(operation: (x: Tensor) => Tensor, x: Tensor): number[] {
  const values = Array.from(x.dataSync());
  const inner = (at: number[]): number => {
    const slope = grad((of: Tensor) => sum(square(operation(of))))(tensor(at, x.shape));
    return Array.from(slope.dataSync()).reduce((total, each) => total + each * each, 0);
  };
  return values.map((value, i) => {
    const moved = (distance: number) => inner(values.map((each, j) => (j === i ? value + distance : each)));
    return (moved(STEP) - moved(-STEP)) / (2 * STEP);
  });
}

const vector = (): Tensor => tensor([-1.3, -0.6, 0.2, 0.9, 1.4]);
const other = (): Tensor => tensor([-0.7, -1.2, 0.8, 0.1, 1.9]);

function maps(): Tensor {
  const random = createRandom(1);
  return tensor(
    Float32Array.from({ length: 16 }, () => random.normal()),
    [1, 4, 4, 1],
  );
}

/** A last factor that bends, so that the operation's own second derivative is not all that counts. */
const bent = (values: Tensor): Tensor => mul(values, values);

interface Case {
  readonly name: string;
  readonly ours: (x: Tensor) => Tensor;
  readonly stock: (x: Tensor) => Tensor;
  readonly at: () => Tensor;
  /** What TensorFlow.js does at second order. */
  readonly fails: 'wrong' | 'throws';
}

const cases: Case[] = [
  { name: 'exp', ours: exp, stock: stockExp, at: vector, fails: 'wrong' },
  { name: 'sigmoid', ours: sigmoid, stock: stockSigmoid, at: vector, fails: 'wrong' },
  { name: 'tanh', ours: tanh, stock: stockTanh, at: vector, fails: 'wrong' },
  {
    name: 'leakyRelu',
    ours: (x) => bent(leakyRelu(x, 0.2)),
    stock: (x) => bent(stockLeakyRelu(x, 0.2)),
    at: vector,
    fails: 'throws',
  },
  {
    name: 'maximum',
    ours: (x) => bent(maximum(other(), x)),
    stock: (x) => bent(stockMaximum(other(), x)),
    at: vector,
    fails: 'throws',
  },
  {
    name: 'averagePool',
    ours: (x) => bent(averagePool(x as Tensor4D, 2)),
    stock: (x) => bent(avgPool(x as Tensor4D, 2, 2, 'valid')),
    at: maps,
    fails: 'throws',
  },
  {
    name: 'resizeBilinear',
    ours: (x) => bent(resizeBilinear(x as Tensor4D, 7, 5)),
    stock: (x) => bent(image.resizeBilinear(x as Tensor4D, [7, 5], false, true)),
    at: maps,
    fails: 'throws',
  },
];

describe('second-order gradients', () => {
  for (const { name, ours, stock, at, fails } of cases) {
    it(`are right with ours, and ${fails === 'wrong' ? 'wrong' : 'missing'} with the stock operation: ${name}`, () => {
      const x = at();
      const expected = byDifferences(ours, x);
      expect(
        relativeDifference(Array.from(ours(x).dataSync()), Array.from(stock(x).dataSync())),
      ).toBeLessThan(1e-5);
      expect(relativeDifference(twice(ours, x), expected)).toBeLessThan(1e-2);
      if (fails === 'throws') expect(() => twice(stock, x)).toThrow(/gradient/);
      else expect(relativeDifference(twice(stock, x), expected)).toBeGreaterThan(0.05);
    });
  }

  it('resizeBilinear has the first-order gradient, too, which the stock operation has wrong', () => {
    const x = maps();
    const squares = (operation: (x: Tensor) => Tensor) => (of: Tensor) => sum(square(operation(of)));
    const ours = squares((of) => resizeBilinear(of as Tensor4D, 7, 5));
    const stock = squares((of) => image.resizeBilinear(of as Tensor3D, [7, 5], false, true));
    const values = Array.from(x.dataSync());
    const expected = values.map((value, i) => {
      const at = (distance: number) =>
        ours(
          tensor(
            values.map((each, j) => (i === j ? value + distance : each)),
            x.shape,
          ),
        ).dataSync()[0];
      return (at(STEP) - at(-STEP)) / (2 * STEP);
    });
    expect(relativeDifference(Array.from(grad(ours)(x).dataSync()), expected)).toBeLessThan(1e-3);
    expect(relativeDifference(Array.from(grad(stock)(x).dataSync()), expected)).toBeGreaterThan(0.05);
  });
});
