import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  add,
  concat,
  dispose,
  expandDims,
  grad,
  matMul,
  mean,
  memory,
  minimum,
  mul,
  relu,
  reshape,
  setBackend,
  slice,
  sub,
  sum,
  tensor,
  tidy,
  valueAndGrads,
  type Scalar,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { createRandom } from '../../../../shared/random';
import { registerConvolutionGradients } from '../../../compute/kernels/conv/register';
import { relativeDifference } from '../../../compute/kernels/random-case.fixture';
import { inferencePass } from '../../network/pass';
import { isTrainable, type Weights } from '../../network/weights';
import { encodeFromMap, traceEncoder } from '../network/encoder';
import { randomPictures, randomWeights, RESIDUAL, TINY, valuesOf } from '../network/fixtures';
import { vaeSpecs } from '../network/layout';
import { exp } from '../second-order';
import { attentionLoss, type AttentionLossOptions } from './loss';
import { attentionOverlap } from './overlap';

beforeAll(registerConvolutionGradients);
beforeEach(async () => {
  await setBackend('cpu');
});

const OPTIONS: AttentionLossOptions = { layer: 0, mode: 'full', pairs: 'all', latent: 'mu' };
const SEED = 3;

const lossOf = (network: VaeNetwork, weights: Weights, images: Tensor4D, options = OPTIONS): number =>
  tidy(() => attentionLoss(network, weights, images, options, createRandom(SEED)).dataSync()[0]);

/** The loss and its gradient in every trainable weight of the encoder, by name. */
function gradientsOf(network: VaeNetwork, weights: Weights, compute: () => Tensor) {
  const names = vaeSpecs(network)
    .filter((spec) => isTrainable(spec) && spec.name.startsWith('encoder/'))
    .map(({ name }) => name);
  const trained = names.map((name) => weights.get(name) as Tensor);
  const { value, grads } = valueAndGrads(() => {
    // TensorFlow.js refuses weights that a value does not depend on.
    const nothing = trained.map((weight) => mul(sum(weight), 0)).reduce((total, each) => add(total, each));
    return add(compute(), nothing) as Scalar;
  })(trained);
  const gradients = new Map(names.map((name, i) => [name, valuesOf(grads[i])]));
  const [loss] = valuesOf(value);
  dispose([value, ...grads]);
  return { loss, gradients };
}

const ourGradients = (network: VaeNetwork, weights: Weights, images: Tensor4D, options = OPTIONS) =>
  gradientsOf(network, weights, () => attentionLoss(network, weights, images, options, createRandom(SEED)));

/** The noise of the loss, drawn as it draws it. */
function noiseOf(network: VaeNetwork, count: number): Tensor {
  const random = createRandom(SEED);
  const values = Float32Array.from({ length: count * network.latent }, () => random.normal());
  return tensor(values, [count, network.latent]);
}

/** The signed maps of latents 0 and 1 at the first layer, by gradients of TensorFlow.js that may be nested. */
function nestedMaps(network: VaeNetwork, weights: Weights, images: Tensor4D, latent: 'mu' | 'z'): Tensor[] {
  const pass = inferencePass(weights);
  const { post } = traceEncoder(network, pass, images).maps[0];
  return [0, 1].map((i) => {
    const gradient = grad((at: Tensor) => {
      const { mu, logvar } = encodeFromMap(network, pass, at as Tensor4D, 0);
      const noise = noiseOf(network, images.shape[0]);
      const z = latent === 'mu' ? mu : add(mu, mul(exp(mul(logvar, 0.5)), noise));
      return sum(slice(z, [0, i], [-1, 1]));
    })(post);
    return expandDims(sum(mul(mean(gradient, [1, 2], true), post), 3), 1);
  });
}

/** The smallest distance to a kink: of what goes into a ReLU, into Eq. 2's, and into the minimum. */
function margin(weights: Weights, images: Tensor4D, latent: 'mu' | 'z'): number {
  return tidy(() => {
    const pass = inferencePass(weights);
    const encoder = traceEncoder(TINY, pass, images);
    const flat = reshape(encoder.maps[1].post, [images.shape[0], -1]);
    const hidden = add(
      matMul(flat, weights.get('encoder/dense1/kernel') as Tensor),
      weights.get('encoder/dense1/bias') as Tensor,
    );
    const [one, two] = nestedMaps(TINY, weights, images, latent).map(valuesOf);
    const between = one.flatMap((value, i) => (value > 0 && two[i] > 0 ? [value - two[i]] : []));
    const all = [...encoder.maps.map(({ pre }) => pre), hidden].flatMap(valuesOf);
    return Math.min(...[...all, ...one, ...two, ...between].map(Math.abs));
  });
}

const STEP = 1e-3;

describe('the gradient of the loss', () => {
  for (const latent of ['mu', 'z'] as const) {
    it(`is that of central differences for every weight, also above the map: ${latent}`, () => {
      const options = { ...OPTIONS, latent };
      const seeds = Array.from({ length: 400 }, (_, i) => i + 1);
      const seed = seeds.find((each) => {
        const images = randomPictures(TINY, 1, each);
        const weights = randomWeights(TINY, each);
        const loss = lossOf(TINY, weights, images, options);
        return loss > 0.1 && loss < 0.9 && margin(weights, images, latent) > STEP;
      });
      const images = randomPictures(TINY, 1, seed as number);
      const weights = randomWeights(TINY, seed as number);
      const { gradients } = ourGradients(TINY, weights, images, options);
      const used = [...gradients].filter(([, values]) => values.some((value) => Math.abs(value) > 1e-2));
      const names = used.map(([name]) => name);
      for (const name of [
        'encoder/conv1/kernel',
        'encoder/conv2/kernel',
        'encoder/dense1/kernel',
        'encoder/mu/kernel',
      ]) {
        expect(names).toContain(name);
      }
      expect(names.includes('encoder/logvar/kernel')).toBe(latent === 'z');
      for (const [name, values] of used) {
        const largest = [...values.keys()]
          .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]))
          .slice(0, 4);
        for (const at of largest.filter((each) => Math.abs(values[each]) > 1e-2)) {
          const old = weights.get(name) as Tensor;
          const moved = (distance: number) => {
            const entries = Float32Array.from(old.dataSync());
            entries[at] += distance;
            return lossOf(TINY, new Map(weights).set(name, tensor(entries, old.shape)), images, options);
          };
          const slope = (moved(STEP) - moved(-STEP)) / (2 * STEP);
          expect(Math.abs(slope / values[at] - 1), `${name}[${at}]`).toBeLessThan(1e-2);
        }
      }
    });

    it(`is that of nested gradients of TensorFlow.js: ${latent}`, () => {
      for (const network of [TINY, { ...RESIDUAL, latent: 2 }]) {
        const weights = randomWeights(network, 21);
        const images = randomPictures(network, 3, 22);
        const ours = ourGradients(network, weights, images, { ...OPTIONS, latent });
        const nested = gradientsOf(network, weights, () => {
          const [one, two] = nestedMaps(network, weights, images, latent).map(relu);
          return attentionOverlap(one, two);
        });
        expect(ours.loss).toBeGreaterThan(0);
        expect(relativeDifference([ours.loss], [nested.loss])).toBeLessThan(1e-5);
        const largest = Math.max(...[...nested.gradients.values()].flat().map(Math.abs));
        for (const [name, values] of ours.gradients) {
          const expected = nested.gradients.get(name) as number[];
          expect(relativeDifference(values, expected, largest), name).toBeLessThan(1e-4);
        }
      }
    });
  }

  it('leaves alpha out with detachAlpha: nothing above the map moves, and what is below moves otherwise', () => {
    const weights = randomWeights(TINY, 21);
    const images = randomPictures(TINY, 3, 22);
    const full = ourGradients(TINY, weights, images);
    const detached = ourGradients(TINY, weights, images, { ...OPTIONS, mode: 'detachAlpha' });
    expect(detached.loss).toBe(full.loss);
    for (const name of ['encoder/conv2/kernel', 'encoder/dense1/kernel', 'encoder/mu/kernel']) {
      expect(Math.max(...(full.gradients.get(name) as number[]).map(Math.abs))).toBeGreaterThan(1e-3);
      expect((detached.gradients.get(name) as number[]).every((value) => value === 0)).toBe(true);
    }
    expect(
      Math.max(...(detached.gradients.get('encoder/conv1/kernel') as number[]).map(Math.abs)),
    ).toBeGreaterThan(1e-3);
  });

  it('is zero with none, and the value the same', () => {
    const weights = randomWeights(TINY, 21);
    const images = randomPictures(TINY, 3, 22);
    const { loss, gradients } = ourGradients(TINY, weights, images, { ...OPTIONS, mode: 'none' });
    expect(loss).toBe(lossOf(TINY, weights, images));
    expect([...gradients.values()].flat().every((value) => value === 0)).toBe(true);
  });

  it('is the same on wasm to 1e-3, and frees what it takes', async () => {
    const found = [];
    for (const backend of ['cpu', 'wasm']) {
      await setBackend(backend);
      const weights = randomWeights(TINY, 21);
      const images = randomPictures(TINY, 3, 22);
      const before = memory().numTensors;
      found.push(ourGradients(TINY, weights, images));
      expect(memory().numTensors).toBe(before);
    }
    const largest = Math.max(...[...found[0].gradients.values()].flat().map(Math.abs));
    for (const [name, values] of found[0].gradients) {
      const others = found[1].gradients.get(name) as number[];
      expect(relativeDifference(others, values, largest), name).toBeLessThan(1e-3);
    }
  });
});

describe('pairs', () => {
  const network: VaeNetwork = { ...TINY, latent: 4 };
  /** Overlap of every two latents, [4][4]. */
  function overlaps(weights: Weights, images: Tensor4D): number[][] {
    const of = (pair: [number, number]): number => {
      const kernel = weights.get('encoder/mu/kernel') as Tensor;
      const columns = pair.map((i) => slice(kernel, [0, i], [-1, 1]));
      const only = new Map(weights).set('encoder/mu/kernel', concat(columns, 1));
      only.set('encoder/mu/bias', tensor([0, 0]));
      return lossOf({ ...network, latent: 2 }, only, images);
    };
    return [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : of([i, j]))));
  }

  it('are all of them, a random one, or the strongest two, and never one latent with itself', () => {
    const weights = randomWeights(network, 31);
    const images = randomPictures(network, 2, 32);
    const each = overlaps(weights, images);
    const distinct = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].filter((j) => j > i).map((j) => each[i][j]));
    expect(lossOf(network, weights, images)).toBeCloseTo(distinct.reduce((a, b) => a + b) / 6, 5);

    const random = createRandom(1);
    const seen = new Set<number>();
    for (let i = 0; i < 60; i++) {
      const value = tidy(
        () => attentionLoss(network, weights, images, { ...OPTIONS, pairs: 'random' }, random).dataSync()[0],
      );
      const match = distinct.findIndex((expected) => Math.abs(expected - value) < 1e-5);
      expect(match).toBeGreaterThanOrEqual(0);
      seen.add(match);
    }
    expect(seen.size).toBe(6);

    const kernel = weights.get('encoder/mu/kernel') as Tensor;
    const strong = new Map(weights).set('encoder/mu/kernel', mul(kernel, tensor([1, 50, 1, 40])));
    const top = lossOf(network, strong, images, { ...OPTIONS, pairs: 'top2' });
    expect(top).toBeCloseTo(overlaps(strong, images)[1][3], 5);
  });

  it('take two latents', () => {
    const single = { ...TINY, latent: 1 };
    expect(() => lossOf(single, randomWeights(single, 1), randomPictures(single, 1, 1))).toThrow('two');
  });
});

describe('the overlap', () => {
  const maps = (seed: number) => {
    const random = createRandom(seed);
    return tensor(
      Float32Array.from({ length: 2 * 3 * 16 }, () => Math.max(0, random.normal())),
      [2, 3, 4, 4],
    );
  };
  const overlap = (a: Tensor, b: Tensor) => valuesOf(attentionOverlap(a, b))[0];

  it('is 1 of equal maps, 0 of disjoint ones, and has no side', () => {
    const [a, b] = [maps(1), maps(2)];
    expect(overlap(a, a)).toBeCloseTo(1, 6);
    const left = tensor([1, 2, 0, 0], [1, 1, 2, 2]);
    expect(overlap(left, tensor([0, 0, 3, 4], [1, 1, 2, 2]))).toBe(0);
    expect(overlap(a, b)).toBe(overlap(b, a));
    expect(overlap(a, b)).toBeGreaterThan(0);
    expect(overlap(a, b)).toBeLessThan(1);
  });

  it('is that of its definition, picture by picture', () => {
    const [a, b] = [maps(1), maps(2)];
    const [one, two] = [a, b].map(valuesOf);
    let total = 0;
    for (let row = 0; row < 6; row++) {
      let [shared, all] = [0, 1e-8];
      for (let p = row * 16; p < row * 16 + 16; p++) {
        shared += Math.min(one[p], two[p]);
        all += one[p] + two[p];
      }
      total += (2 * shared) / all / 6;
    }
    expect(overlap(a, b)).toBeCloseTo(total, 6);
    const uneven = tensor([1, 1000], [2, 1, 1, 1]);
    expect(overlap(mul(a, uneven), mul(b, uneven))).toBeCloseTo(total, 5);
  });

  it('keeps when both maps grow alike, and is 0 and finite where both are dead', () => {
    const [a, b] = [maps(1), maps(2)];
    expect(overlap(mul(a, 7), mul(b, 7))).toBeCloseTo(overlap(a, b), 6);
    const dead = sub(a, a);
    expect(overlap(dead, dead)).toBe(0);
    const slope = grad((x: Tensor) => attentionOverlap(relu(x), relu(minimum(x, 0))))(dead);
    expect(valuesOf(slope).every(Number.isFinite)).toBe(true);
  });
});
