import '@tensorflow/tfjs-backend-cpu';
import {
  dispose,
  setBackend,
  sum,
  tensor2d,
  tensor4d,
  tidy,
  valueAndGrads,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../../shared/random';
import { createAdam } from '../../training/adam';
import { gradientsOf } from '../../training/gradients';
import { drawWeights, type Weights } from '../../network/weights';
import {
  discriminate,
  discriminatorLoss,
  discriminatorSpecs,
  permuteLatents,
  totalCorrelation,
} from './discriminator';
import { divergences, reconstructionErrors, sampleCodes } from './elbo';

beforeAll(async () => {
  await setBackend('cpu');
});

const FACTOR = { width: 32, layers: 2 };

/** Trains a discriminator on codes of `draw`, and estimates their total correlation on fresh ones. */
async function estimatedCorrelation(draw: (random: Random) => readonly [number, number]): Promise<number> {
  const random = createRandom(11);
  const codes = (count: number) =>
    tensor2d(Float32Array.from(Array.from({ length: count }, () => draw(random)).flat()), [count, 2]);
  const adam = createAdam({ rate: 3e-3, beta1: 0.5, beta2: 0.9, epsilon: 1e-8, clipNorm: Infinity });
  let weights = drawWeights(discriminatorSpecs(2, FACTOR), random);
  for (let step = 0; step < 300; step++) {
    const joint = codes(128);
    const others = codes(128);
    const independent = permuteLatents(others, random);
    const { losses, gradients } = gradientsOf(weights, [...weights.keys()], () => ({
      total: discriminatorLoss(
        discriminate(weights, FACTOR, joint),
        discriminate(weights, FACTOR, independent),
      ),
    }));
    const { weights: next } = await adam.update(weights, gradients);
    dispose([
      ...Object.values(losses),
      joint,
      others,
      independent,
      ...weights.values(),
      ...gradients.values(),
    ]);
    weights = next;
  }
  const fresh = codes(4096);
  const value = tidy(() => totalCorrelation(discriminate(weights, FACTOR, fresh))).dataSync()[0];
  dispose([fresh, ...weights.values()]);
  adam.dispose();
  return value;
}

describe('the total correlation', () => {
  it('is near 0 for independent latents', async () => {
    const value = await estimatedCorrelation((random) => [random.normal(), random.normal()]);
    expect(Math.abs(value)).toBeLessThan(0.05);
  });

  it('is near that of a Gaussian, -log(1 - rho^2) / 2, where latents hang together', async () => {
    const rho = 0.9;
    const value = await estimatedCorrelation((random) => {
      const first = random.normal();
      return [first, rho * first + Math.sqrt(1 - rho ** 2) * random.normal()];
    });
    expect(value).toBeGreaterThan(0.3);
    expect(Math.abs(value + 0.5 * Math.log(1 - rho ** 2))).toBeLessThan(0.25);
  });

  it('compares with codes whose columns keep their values in other orders', () => {
    const values = Float32Array.from({ length: 40 * 3 }, (_, i) => i);
    const codes = tensor2d(values, [40, 3]);
    const permuted = permuteLatents(codes, createRandom(5));
    const column = (from: ArrayLike<number>, d: number) =>
      Array.from({ length: 40 }, (_, i) => from[i * 3 + d]);
    const [before, after] = [codes.dataSync(), permuted.dataSync()];
    for (let d = 0; d < 3; d++) {
      expect(column(after, d)).not.toEqual(column(before, d));
      expect(column(after, d).toSorted((a, b) => a - b)).toEqual(column(before, d));
    }
    expect(column(after, 0).map((value) => value + 1)).not.toEqual(column(after, 1));
    dispose([codes, permuted]);
  });

  it('gives the encoder a gradient through the codes', () => {
    const weights: Weights = drawWeights(discriminatorSpecs(3, FACTOR), createRandom(2));
    const { grads } = valueAndGrads((codes: Tensor) =>
      totalCorrelation(discriminate(weights, FACTOR, codes)),
    )([tensor2d([1, -1, 0.5, 0.2, 0.3, -2], [2, 3])]);
    expect(Math.max(...grads[0].dataSync().map(Math.abs))).toBeGreaterThan(1e-4);
  });
});

describe('the evidence bound', () => {
  it('has the closed divergence of a normal from the prior', () => {
    const [mu, logvar] = [tensor2d([[0, 1.5]]), tensor2d([[0, -1]])];
    const values = divergences(mu, logvar).dataSync();
    expect(values[0]).toBeCloseTo(0, 7);
    expect(values[1]).toBeCloseTo(0.5 * (1.5 ** 2 + Math.exp(-1) + 1 - 1), 6);
    // The same by numbers: the mean of log q - log p over draws of q.
    const random = createRandom(3);
    let sum = 0;
    for (let i = 0; i < 200_000; i++) {
      const noise = random.normal();
      const z = 1.5 + Math.exp(-0.5) * noise;
      sum += -0.5 * noise ** 2 + 0.5 + 0.5 * z ** 2;
    }
    expect(sum / 200_000).toBeCloseTo(values[1], 1);
  });

  it('costs cross-entropy or half the squared error per pixel, with the gradients of both', () => {
    const logits = [-30, -1, 0.5, 40];
    const pixels = [0, 1, 0.25, 1];
    const sigmoid = (l: number) => 1 / (1 + Math.exp(-l));
    const asImages = (values: number[]) => tensor4d(values, [1, 2, 2, 1]);
    const crossEntropy = logits.reduce(
      (total, l, i) => total + Math.max(l, 0) - l * pixels[i] + Math.log1p(Math.exp(-Math.abs(l))),
      0,
    );
    const squared = logits.reduce((total, l, i) => total + 0.5 * (sigmoid(l) - pixels[i]) ** 2, 0);
    for (const [likelihood, expected] of [
      ['bernoulli', crossEntropy],
      ['gaussian', squared],
    ] as const) {
      const { value, grads } = valueAndGrads((l: Tensor) =>
        sum(reconstructionErrors(l as Tensor4D, asImages(pixels), likelihood)),
      )([asImages(logits)]);
      expect(value.dataSync()[0]).toBeCloseTo(expected, 4);
      const slope = grads[0].dataSync();
      logits.forEach((l, i) => {
        const error = sigmoid(l) - pixels[i];
        const wanted = likelihood === 'bernoulli' ? error : error * sigmoid(l) * (1 - sigmoid(l));
        expect(slope[i]).toBeCloseTo(wanted, 5);
      });
    }
  });

  it('draws codes of the given mean and variance', () => {
    const codes = sampleCodes(tensor2d([[2, 2]]), tensor2d([[Math.log(4), 0]]), tensor2d([[1, -1]]));
    expect([...codes.dataSync()]).toEqual([expect.closeTo(4, 5), expect.closeTo(1, 6)]);
  });
});
