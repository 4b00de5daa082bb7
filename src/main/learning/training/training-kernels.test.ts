import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  grad,
  maxPool,
  engine,
  memory,
  mul,
  ready,
  round,
  setBackend,
  square,
  sub,
  sum,
  tensor,
  valueAndGrads,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../shared/random';
import { normaliseByBatch } from '../network/batch-norm';
import { createAdam, REFERENCE_ADAM } from './adam';
import { moveAverage } from './tensors';
import '../../compute/kernels/generated/stock-gradients';
import { filterGradient, inputGradient } from '../../compute/kernels/conv/gradients';
import { relativeDifference } from '../../compute/kernels/random-case.fixture';
import { hasTrainingKernels, registerTrainingKernels } from '../../compute/kernels/training/register';

beforeAll(async () => {
  await setBackend('wasm');
  await ready();
  registerTrainingKernels();
});

function draw(random: Random, shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float32Array.from({ length: size }, () => random.normal() + 0.5),
    shape,
  );
}

const values = (one: Tensor): Float32Array => one.dataSync() as Float32Array;

/** What `run` computes, by the composition on the cpu and by the kernels on wasm. */
async function onBoth(
  run: () => Float32Array[] | Promise<Float32Array[]>,
): Promise<[composed: Float32Array[], fused: Float32Array[]]> {
  const results: Float32Array[][] = [];
  for (const backend of ['cpu', 'wasm']) {
    await setBackend(backend);
    expect(hasTrainingKernels()).toBe(backend === 'wasm');
    engine().startScope();
    results.push(await run());
    engine().endScope();
  }
  return [results[0], results[1]];
}

function expectClose([composed, fused]: [Float32Array[], Float32Array[]]): void {
  expect(fused.length).toBe(composed.length);
  fused.forEach((one, i) => expect(relativeDifference(one, composed[i])).toBeLessThan(1e-5));
}

describe('the training kernels of wasm', () => {
  for (const channels of [1, 4, 7, 24]) {
    it(`normalise ${channels} channels like the composition, value, statistics and gradients`, async () => {
      const results = await onBoth(() => {
        const random = createRandom(channels);
        const x = draw(random, [3, 9, 7, channels]);
        const upstream = draw(random, x.shape);
        const scale = draw(random, [channels]);
        const shift = draw(random, [channels]);
        const seen: Float32Array[] = [];
        const { value, grads } = valueAndGrads((...args: Tensor[]) => {
          const normal = normaliseByBatch(args[0] as Tensor4D, args[1], args[2], ({ mean, variance }) =>
            seen.push(values(mean), values(variance)),
          );
          seen.push(values(normal));
          return sum(mul(normal, upstream));
        })([x, scale, shift]);
        expect(Number.isFinite(value.dataSync()[0])).toBe(true);
        return [...seen, ...grads.map(values)];
      });
      expectClose(results);
    });
  }

  it('take steps of Adam with a clip like the composition, and leave the moments of a checkpoint alone', async () => {
    const results = await onBoth(async () => {
      const random = createRandom(8);
      const adam = createAdam({ ...REFERENCE_ADAM, rate: 0.01 });
      let weights = new Map([
        ['a', draw(random, [5, 7])],
        ['b', draw(random, [8])],
      ]);
      const norms: number[] = [];
      for (let step = 0; step < 3; step++) {
        const gradients = new Map([...weights].map(([name, { shape }]) => [name, draw(random, shape)]));
        const next = await adam.update(weights, gradients);
        weights = new Map(next.weights);
        norms.push(next.norm);
      }
      const { first, second } = await adam.state();
      await adam.update(
        weights,
        new Map([...weights].map(([name, { shape }]) => [name, draw(random, shape)])),
      );
      const moments = [...first.values(), ...second.values()].map((moment) => moment.values);
      adam.dispose();
      return [...[...weights.values()].map(values), ...moments, Float32Array.from(norms)];
    });
    expectClose(results);
  });

  it('sum the squares of many values as exactly as double precision', async () => {
    await setBackend('wasm');
    const random = createRandom(9);
    const gradient = draw(random, [50_001]);
    const expected = Math.sqrt(values(gradient).reduce((sum, value) => sum + value * value, 0));
    const weights = new Map([['a', gradient]]);
    const adam = createAdam(REFERENCE_ADAM);
    expect((await adam.update(weights, weights)).norm / expected).toBeCloseTo(1, 6);
  });

  it('move an average like the composition', async () => {
    const results = await onBoth(() => {
      const random = createRandom(10);
      const average = new Map([['a', draw(random, [3, 5])]]);
      const weights = new Map([['a', draw(random, [3, 5])]]);
      return [...moveAverage(average, weights, 0.9).values()].map(values);
    });
    expectClose(results);
  });

  for (const [inputs, outputs] of [
    [4, 8],
    [5, 7],
    [6, 4],
  ]) {
    it(`turn the filter of ${inputs} to ${outputs} channels for the gradient in the input`, async () => {
      const results = await onBoth(() => {
        const random = createRandom(11);
        const dy = draw(random, [2, 5, 6, outputs]) as Tensor4D;
        const filter = draw(random, [3, 3, inputs, outputs]) as Tensor4D;
        const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC' } as const;
        return [values(inputGradient(dy, filter, [2, 5, 6, inputs], attributes))];
      });
      expectClose(results);
    });
  }

  for (const stride of [1, 2]) {
    for (const taps of [1, 3, 5]) {
      it(`sum the gradient in a filter, ${taps} x ${taps} / ${stride}`, async () => {
        for (const [pad, height, width] of [
          ['same', 9, 6],
          ['same', 2, 1],
          ['valid', 8, 7],
        ] as const) {
          const results = await onBoth(() => {
            const random = createRandom(14);
            const x = draw(random, [3, height, width, 8]) as Tensor4D;
            const sizes = [height, width].map((size) =>
              Math.ceil((pad === 'same' ? size : size - taps + 1) / stride),
            );
            const dy = draw(random, [3, ...sizes, 16]) as Tensor4D;
            const attributes = { strides: stride, pad, dataFormat: 'NHWC' } as const;
            return [values(filterGradient(x, dy, [taps, taps, 8, 16], attributes))];
          });
          expectClose(results);
        }
      });
    }
  }

  for (const [size, pad] of [
    [9, 'same'],
    [10, 'same'],
    [8, 'valid'],
  ] as const) {
    it(`hand the gradient to the first maximum of a window, ${pad} on ${size}`, async () => {
      const results = await onBoth(() => {
        const random = createRandom(15);
        // Rounded so that maxima tie, and below zero so that whole windows are negative.
        const x = sub(round(mul(draw(random, [2, size, size, 8]), 2)), 3);
        const pool = (at: Tensor) => maxPool(at as Tensor4D, 3, 2, pad);
        const upstream = draw(random, pool(x).shape);
        return [values(grad((at: Tensor) => sum(mul(pool(at), upstream)))(x))];
      });
      expectClose(results);
    });
  }

  it('leave no tensor behind', async () => {
    await setBackend('wasm');
    const before = memory().numTensors;
    const x = draw(createRandom(12), [2, 4, 4, 5]) as Tensor4D;
    const one = draw(createRandom(13), [5]);
    const { value, grads } = valueAndGrads((...args: Tensor[]) =>
      sum(square(normaliseByBatch(args[0] as Tensor4D, args[1], args[1], () => undefined))),
    )([x, one]);
    for (const each of [x, one, value, ...grads]) each.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
