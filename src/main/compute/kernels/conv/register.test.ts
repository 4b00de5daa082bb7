import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  conv2d,
  dispose,
  getKernel,
  grad,
  grads,
  maxPool,
  memory,
  mul,
  randomNormal,
  relu,
  setBackend,
  sub,
  sum,
  tensor,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../../shared/random';
import '../generated/stock-gradients';
import { relativeDifference } from '../random-case.fixture';
import { registerConvolutionGradients } from './register';

const hadFilterKernel = getKernel('Conv2DBackpropFilter', 'wasm') !== undefined;
registerConvolutionGradients();

interface Case {
  readonly size: readonly [number, number];
  readonly taps: number;
  readonly stride: number;
  /** A number is rows and columns on every side, as in PyTorch. */
  readonly padding: 'same' | 'valid' | number;
}

function draw(random: Random, shape: number[]): Float32Array {
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal());
}

/** Value, gradient in the input and in the filter of one convolution with random entries. */
async function convolve(backend: string, { size, taps, stride, padding }: Case): Promise<Float32Array[]> {
  await setBackend(backend);
  return tidy(() => {
    const random = createRandom(5);
    const inputShape = [2, ...size, 3];
    const filterShape = [taps, taps, 3, 5];
    const x = tensor(draw(random, inputShape), inputShape);
    const filter = tensor(draw(random, filterShape), filterShape);
    const forward = (at: Tensor, by: Tensor) => conv2d(at as Tensor4D, by as Tensor4D, stride, padding);
    const value = forward(x, filter);
    const upstream = tensor(draw(random, value.shape), value.shape);
    const gradients = grads((at: Tensor, by: Tensor) => sum(mul(forward(at, by), upstream)))([x, filter]);
    return [value, ...gradients].map((result) => result.dataSync() as Float32Array);
  });
}

const padded: Case[] = [
  { size: [25, 8], taps: 4, stride: 2, padding: 1 },
  { size: [9, 11], taps: 5, stride: 2, padding: 1 },
  { size: [10, 9], taps: 3, stride: 3, padding: 2 },
  { size: [11, 8], taps: 4, stride: 3, padding: 0 },
  { size: [10, 9], taps: 2, stride: 3, padding: 1 },
];

const unpadded: Case[] = [1, 2].flatMap((stride) =>
  [1, 3, 7].flatMap((taps) =>
    (['same', 'valid'] as const).flatMap((padding) =>
      (
        [
          [8, 8],
          [9, 7],
          [10, 9],
        ] as const
      ).map((size) => ({ size, taps, stride, padding })),
    ),
  ),
);

describe('gradients of convolutions on wasm', () => {
  it('are ours: the stock backend has none in the filter', () => {
    expect(hadFilterKernel).toBe(false);
    expect(getKernel('Conv2DBackpropFilter', 'wasm')).toBeDefined();
  });

  for (const each of [...unpadded, ...padded]) {
    const name = `${each.taps}x${each.taps}/${each.stride} ${each.padding} on ${each.size.join('x')}`;
    it(`agree with the cpu backend to 1e-4: ${name}`, async () => {
      const expected = await convolve('cpu', each);
      const actual = await convolve('wasm', each);
      actual.forEach((values, i) => expect(relativeDifference(values, expected[i])).toBeLessThan(1e-4));
    });
  }

  it('leave no tensor behind', async () => {
    await setBackend('wasm');
    const x = randomNormal([1, 9, 9, 2], 0, 1, 'float32', 1);
    const filter = randomNormal([3, 3, 2, 4], 0, 1, 'float32', 2);
    const before = memory().numTensors;
    const gradients = grads((at: Tensor, by: Tensor) =>
      sum(conv2d(at as Tensor4D, by as Tensor4D, 2, 'same')),
    );
    dispose(gradients([x, filter]));
    expect(memory().numTensors).toBe(before);
  });
});

describe('the pooling gradient of the wasm backend', () => {
  async function poolingGradient(backend: string, size: number, before: (at: Tensor) => Tensor) {
    await setBackend(backend);
    return tidy(() => {
      const shape = [2, size, size, 3];
      const values = draw(createRandom(6), shape).map((value) => value - 1.5);
      const upstream = tensor(draw(createRandom(7), [2, 5, 5, 3]), [2, 5, 5, 3]);
      const pool = (at: Tensor) => sum(mul(maxPool(before(at) as Tensor4D, 3, 2, 'same'), upstream));
      return grad(pool)(tensor(values, shape)).dataSync();
    });
  }

  it('agrees with the cpu backend after a ReLU, 3x3/2 on odd and even sizes', async () => {
    for (const size of [9, 10]) {
      const expected = await poolingGradient('cpu', size, relu);
      expect(relativeDifference(await poolingGradient('wasm', size, relu), expected)).toBeLessThan(1e-6);
    }
  });

  it('is wrong where a whole window is negative, so that pooling must follow a ReLU', async () => {
    const lowered = (at: Tensor) => sub(at, 5);
    const right = await poolingGradient('cpu', 9, lowered);
    expect(relativeDifference(await poolingGradient('wasm', 9, lowered), right)).toBeGreaterThan(0.5);
  });
});
