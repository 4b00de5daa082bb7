import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  add,
  concat,
  dispose,
  gather,
  grad,
  mean,
  memory,
  mul,
  neg,
  setBackend,
  slice,
  sub,
  sum,
  tensor,
  tensor1d,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attentionOptionsSchema, type AttentionOptions } from '../../../../shared/contract/explain';
import { DSPRITES_VAE, type VaeNetwork } from '../../../../shared/recipes/vae';
import { createRandom } from '../../../../shared/random';
import { registerConvolutionGradients } from '../../../compute/kernels/conv/register';
import { relativeDifference } from '../../../compute/kernels/random-case.fixture';
import { inferencePass } from '../../network/pass';
import type { Weights } from '../../network/weights';
import { encodeFromMap, traceEncoder } from '../network/encoder';
import { LINEAR, randomPictures, randomWeights, RESIDUAL, TINY, valuesOf } from '../network/fixtures';
import { encoderLayers } from '../network/layout';
import { exp } from '../second-order';
import { attentionMaps, seededNoise } from './index';

beforeAll(registerConvolutionGradients);
beforeEach(async () => {
  await setBackend('cpu');
});

const options = (some: Partial<AttentionOptions>): AttentionOptions =>
  attentionOptionsSchema.parse({ layer: 'conv1', ...some });

const replaced = (weights: Weights, name: string, change: (old: Tensor) => Tensor): Weights =>
  new Map(weights).set(name, change(weights.get(name) as Tensor));

const mapsOf = (network: VaeNetwork, weights: Weights, images: Tensor4D, some: Partial<AttentionOptions>) =>
  attentionMaps(network, weights, images, options(some)).values;

describe('a linear encoder (analytic Grad-CAM)', () => {
  const { height, width, channels } = encoderLayers(LINEAR)[0];
  const pixels = height * width;

  it('has the maps of its closed form, before and after the ReLU', () => {
    const weights = randomWeights(LINEAR, 1);
    const images = randomPictures(LINEAR, 2, 2);
    const [{ pre, post }] = traceEncoder(LINEAR, inferencePass(weights), images).maps;
    const head = valuesOf(weights.get('encoder/mu/kernel') as Tensor);
    for (const activation of ['pre', 'post'] as const) {
      const map = valuesOf(activation === 'pre' ? pre : post);
      const before = valuesOf(pre);
      const expected: number[] = [];
      for (let n = 0; n < 2; n++) {
        for (let i = 0; i < LINEAR.latent; i++) {
          const alpha = Array.from({ length: channels }, (_, k) => {
            let total = 0;
            for (let p = 0; p < pixels; p++) {
              const passes = activation === 'post' || before[(n * pixels + p) * channels + k] > 0;
              if (passes) total += head[(p * channels + k) * LINEAR.latent + i];
            }
            return total / pixels;
          });
          for (let p = 0; p < pixels; p++) {
            expected.push(alpha.reduce((sum, a, k) => sum + a * map[(n * pixels + p) * channels + k], 0));
          }
        }
      }
      const values = mapsOf(LINEAR, weights, images, { activation });
      expect(values.shape).toEqual([2, LINEAR.latent, height, width]);
      expect(relativeDifference(valuesOf(values), expected)).toBeLessThan(1e-5);
    }
  });

  it('is complete: where the head is constant over the pixels a map sums to mu without its bias', () => {
    const random = createRandom(3);
    const perChannel = Float32Array.from({ length: channels * LINEAR.latent }, () => random.normal());
    const weights = replaced(randomWeights(LINEAR, 1), 'encoder/mu/kernel', (old) =>
      tensor(Array.from({ length: pixels }, () => Array.from(perChannel)).flat(), old.shape),
    );
    const { mu, values } = attentionMaps(LINEAR, weights, randomPictures(LINEAR, 3, 2), options({}));
    const bias = weights.get('encoder/mu/bias') as Tensor;
    expect(relativeDifference(valuesOf(sum(values, [2, 3])), valuesOf(sub(mu, bias)))).toBeLessThan(1e-5);
  });
});

/** alpha and maps by TensorFlow.js: for one picture and one latent at a time, d z_i / d A by grad. */
function mapsOneByOne(
  network: VaeNetwork,
  weights: Weights,
  images: Tensor4D,
  layer: number,
  noise: Float32Array | null,
) {
  const pass = inferencePass(weights);
  const { maps } = traceEncoder(network, pass, images);
  const found: Tensor[] = [];
  for (let n = 0; n < images.shape[0]; n++) {
    const map = slice(maps[layer].post, [n, 0, 0, 0], [1, -1, -1, -1]);
    for (let i = 0; i < network.latent; i++) {
      const gradient = grad((at: Tensor) => {
        const { mu, logvar } = encodeFromMap(network, pass, at as Tensor4D, layer);
        const z = noise === null ? mu : add(mu, mul(exp(mul(logvar, 0.5)), tensor1d(noise)));
        return sum(slice(z, [0, i], [1, 1]));
      })(map);
      found.push(sum(mul(mean(gradient, [1, 2], true), map), 3));
    }
  }
  return valuesOf(concat(found));
}

/** Rows and columns that no window reaches, and windows that hang over on every side. */
const ODD: VaeNetwork = {
  ...TINY,
  height: 12,
  width: 9,
  encoder: {
    kind: 'convolutions',
    layers: [
      { filters: 3, kernel: 3, stride: 1, padding: 1 },
      { filters: 4, kernel: 4, stride: 3, padding: 1 },
      { filters: 3, kernel: 3, stride: 1, padding: 2 },
    ],
    hidden: [],
  },
};

describe('all latents in one pass', () => {
  for (const [name, network] of Object.entries({ TINY, LINEAR, ODD, RESIDUAL })) {
    it(`has the gradients that TensorFlow.js finds for one picture and latent at a time: ${name}`, () => {
      const weights = randomWeights(network, 4);
      const images = randomPictures(network, 3, 5);
      encoderLayers(network).forEach(({ name: layer, height }, index) => {
        if (height < 2) return;
        for (const latent of ['mu', 'z'] as const) {
          const noise = latent === 'z' ? seededNoise(1, network.latent) : null;
          const expected = mapsOneByOne(network, weights, images, index, noise);
          const values = valuesOf(mapsOf(network, weights, images, { layer, latent }));
          expect(relativeDifference(values, expected)).toBeLessThan(1e-5);
        }
      });
    });
  }

  for (const variant of ['paper', 'authors-code', 'grad-cam++'] as const) {
    for (const latent of ['mu', 'z'] as const) {
      it(`does not depend on the rest of the batch: ${variant}, ${latent}`, () => {
        const weights = randomWeights(TINY, 4);
        const images = randomPictures(TINY, 4, 5);
        // Of another scale, so that a statistic of the whole batch would show.
        const uneven = mul(images, tensor([1, 0.1, 5, 1], [4, 1, 1, 1])) as Tensor4D;
        for (const activation of ['pre', 'post'] as const) {
          const some = { variant, latent, activation };
          const together = mapsOf(TINY, weights, uneven, some);
          const alone = [0, 1, 2, 3].map((n) =>
            mapsOf(TINY, weights, slice(uneven, [n, 0, 0, 0], [1, -1, -1, -1]), some),
          );
          expect(relativeDifference(valuesOf(concat(alone)), valuesOf(together))).toBeLessThan(1e-6);
          const order = tensor1d([2, 0, 3, 1], 'int32');
          const permuted = mapsOf(TINY, weights, gather(uneven, order), some);
          expect(relativeDifference(valuesOf(permuted), valuesOf(gather(together, order)))).toBeLessThan(
            1e-6,
          );
        }
      });
    }
  }

  it('has the same maps when memory bounds how many go together', async () => {
    await setBackend('wasm');
    const wide: VaeNetwork = {
      ...TINY,
      height: 64,
      width: 64,
      latent: 2,
      encoder: {
        kind: 'convolutions',
        layers: [{ filters: 600, kernel: 1, stride: 1, padding: 0 }],
        hidden: [],
      },
    };
    const weights = randomWeights(wide, 1);
    const images = randomPictures(wide, 4, 2);
    const together = mapsOf(wide, weights, images, {});
    const alone = [0, 1, 2, 3].map((n) =>
      mapsOf(wide, weights, slice(images, [n, 0, 0, 0], [1, -1, -1, -1]), {}),
    );
    expect(relativeDifference(valuesOf(together), valuesOf(concat(alone)))).toBeLessThan(1e-5);
  });

  it('takes noise from the seed', () => {
    const weights = randomWeights(TINY, 4);
    const images = randomPictures(TINY, 1, 5);
    const [one, same, other] = [1, 1, 2].map((seed) =>
      valuesOf(mapsOf(TINY, weights, images, { latent: 'z', seed })),
    );
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  it('frees what it takes, and agrees on wasm with cpu to 1e-4', async () => {
    for (const network of [RESIDUAL, DSPRITES_VAE]) {
      for (const variant of ['paper', 'authors-code', 'grad-cam++'] as const) {
        const results: number[][] = [];
        for (const backend of ['cpu', 'wasm']) {
          await setBackend(backend);
          const weights = randomWeights(network, 6);
          const images = randomPictures(network, 1, 7);
          const before = memory().numTensors;
          const layer = encoderLayers(network)[1].name;
          const { mu, logvar, values } = attentionMaps(network, weights, images, options({ layer, variant }));
          expect(memory().numTensors).toBe(before + 3);
          results.push(valuesOf(values));
          dispose([mu, logvar, values, images, ...weights.values()]);
        }
        expect(relativeDifference(results[1], results[0])).toBeLessThan(1e-4);
      }
    }
  });

  it('refuses a layer that is not there', () => {
    const images = randomPictures(TINY, 1, 1);
    expect(() => mapsOf(TINY, randomWeights(TINY, 1), images, { layer: 'conv9' })).toThrow('conv9');
  });
});

describe('invariances', () => {
  let weights: Weights;
  let images: Tensor4D;
  beforeEach(() => {
    weights = randomWeights(TINY, 8);
    images = randomPictures(TINY, 2, 9);
  });
  const base = (some: Partial<AttentionOptions> = {}) => valuesOf(mapsOf(TINY, weights, images, some));

  it('exchanging channels of the map, and what reads them, changes nothing', () => {
    const order = tensor1d([2, 0, 1], 'int32');
    let moved = replaced(weights, 'encoder/conv1/kernel', (old) => gather(old, order, 3));
    moved = replaced(moved, 'encoder/conv1/bias', (old) => gather(old, order));
    moved = replaced(moved, 'encoder/conv2/kernel', (old) => gather(old, order, 2));
    expect(relativeDifference(valuesOf(mapsOf(TINY, moved, images, {})), base())).toBeLessThan(1e-5);
  });

  it('a factor of mu is a factor of its map, and a bias changes nothing', () => {
    for (const factor of [3, -1]) {
      const scaled = replaced(weights, 'encoder/mu/kernel', (old) => mul(old, factor));
      const expected = base().map((value) => factor * value);
      expect(relativeDifference(valuesOf(mapsOf(TINY, scaled, images, {})), expected)).toBeLessThan(1e-5);
    }
    const moved = replaced(weights, 'encoder/mu/bias', (old) => add(old, 7));
    expect(valuesOf(mapsOf(TINY, moved, images, {}))).toEqual(base());
  });

  it('the authors take the size of the gradient away, so that a factor of mu changes next to nothing', () => {
    const scaled = replaced(weights, 'encoder/mu/kernel', (old) => mul(old, 3));
    const values = valuesOf(mapsOf(TINY, scaled, images, { variant: 'authors-code' }));
    expect(relativeDifference(values, base({ variant: 'authors-code' }))).toBeLessThan(1e-3);
    const turned = replaced(weights, 'encoder/mu/kernel', neg);
    const negative = valuesOf(mapsOf(TINY, turned, images, { variant: 'authors-code' }));
    const expected = base({ variant: 'authors-code' }).map((value) => -value);
    expect(relativeDifference(negative, expected)).toBeLessThan(1e-5);
  });

  it('a picture moved by the stride moves the inside of the map', () => {
    const random = createRandom(10);
    const spot = Array.from({ length: 9 }, () => random.uniform());
    const picture = (left: number) => {
      const values = new Float32Array(16 * 16);
      spot.forEach((value, i) => (values[(6 + Math.floor(i / 3)) * 16 + left + (i % 3)] = value));
      return tensor(values, [1, 16, 16, 1]) as Tensor4D;
    };
    const network: VaeNetwork = { ...LINEAR, height: 16, width: 16 };
    const head = randomWeights(network, 11);
    const [here, there] = [4, 6].map((left) => mapsOf(network, head, picture(left), {}));
    const inside = (map: Tensor4D, from: number) => valuesOf(slice(map, [0, 0, 1, from], [1, -1, 6, 5]));
    expect(relativeDifference(inside(there, 2), inside(here, 1))).toBeLessThan(1e-5);
  });
});

describe('Grad-CAM++', () => {
  it('has the weights of its definition', () => {
    const weights = randomWeights(LINEAR, 12);
    const images = randomPictures(LINEAR, 1, 13);
    const map = valuesOf(traceEncoder(LINEAR, inferencePass(weights), images).maps[0].post);
    const head = valuesOf(weights.get('encoder/mu/kernel') as Tensor);
    const { latent } = LINEAR;
    const [pixels, channels] = [16, 4];
    const expected: number[] = [];
    for (let i = 0; i < latent; i++) {
      const weight = Array.from({ length: channels }, (_, k) => {
        let total = 0;
        for (let p = 0; p < pixels; p++) total += map[p * channels + k];
        let sum = 0;
        for (let p = 0; p < pixels; p++) {
          const g = head[(p * channels + k) * latent + i];
          const a = g === 0 ? 0 : g ** 2 / (2 * g ** 2 + total * g ** 3 + 1e-6);
          sum += a * Math.max(g, 0);
        }
        return sum;
      });
      for (let p = 0; p < pixels; p++) {
        expected.push(weight.reduce((sum, w, k) => sum + w * map[p * channels + k], 0));
      }
    }
    const values = valuesOf(mapsOf(LINEAR, weights, images, { variant: 'grad-cam++' }));
    expect(relativeDifference(values, expected)).toBeLessThan(1e-5);
  });
});
