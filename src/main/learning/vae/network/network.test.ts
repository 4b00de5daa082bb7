import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  conv2d,
  dispose,
  grads,
  memory,
  mul,
  setBackend,
  sub,
  sum,
  tensor2d,
  tidy,
  zeros,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  DSPRITES_VAE,
  MNIST_VAE,
  MVTEC_VAE,
  PED1_VAE,
  type VaeNetwork,
} from '../../../../shared/recipes/vae';
import { createRandom } from '../../../../shared/random';
import { registerConvolutionGradients } from '../../../compute/kernels/conv/register';
import { relativeDifference } from '../../../compute/kernels/random-case.fixture';
import { inferencePass } from '../../network/pass';
import { drawWeights, type Weights } from '../../network/weights';
import { traceEncoder } from './encoder';
import { randomPictures, randomWeights, RESIDUAL, TINY, valuesOf } from './fixtures';
import {
  checkVaeNetwork,
  decodeCodes,
  encodeFromMap,
  encodePictures,
  encoderLayers,
  findLayer,
  vaeSpecs,
} from './index';

beforeAll(async () => {
  await setBackend('cpu');
  registerConvolutionGradients();
});

const LITERATURE = { MNIST_VAE, PED1_VAE, MVTEC_VAE, DSPRITES_VAE };

function disposeAll(weights: Weights): void {
  dispose([...weights.values()]);
}

describe('the configurations of the literature', () => {
  it('have the maps that the literature names', () => {
    const sizes = (network: VaeNetwork) =>
      encoderLayers(network).map(({ name, height, width, channels }) => [name, height, width, channels]);
    expect(sizes(MNIST_VAE)).toEqual([
      ['conv1', 14, 14, 64],
      ['conv2', 7, 7, 128],
    ]);
    expect(sizes(PED1_VAE)).toEqual([
      ['conv1', 50, 50, 64],
      ['conv2', 25, 25, 128],
      ['conv3', 12, 12, 256],
    ]);
    expect(sizes(DSPRITES_VAE).map(([, height]) => height)).toEqual([32, 16, 8, 4]);
    expect(sizes(MVTEC_VAE).map(([name, height, , channels]) => [name, height, channels])).toEqual([
      ['stem', 128, 64],
      ['stage1.block1', 128, 64],
      ['stage1.block2', 128, 64],
      ['stage2.block1', 64, 128],
      ['stage2.block2', 64, 128],
      ['stage3.block1', 32, 256],
      ['stage3.block2', 32, 256],
      ['stage4.block1', 16, 512],
      ['stage4.block2', 16, 512],
    ]);
  });

  it('have as many weights as their layers say', () => {
    const count = (network: VaeNetwork) =>
      vaeSpecs(network).reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0);
    const dense = (inputs: number, outputs: number) => (inputs + 1) * outputs;
    const convolution = (inputs: number, outputs: number, taps = 16) => (taps * inputs + 1) * outputs;
    expect(count(MNIST_VAE)).toBe(
      convolution(1, 64) +
        convolution(64, 128) +
        dense(6272, 1024) +
        2 * dense(1024, 32) +
        dense(32, 1024) +
        dense(1024, 6272) +
        convolution(128, 64) +
        convolution(64, 1),
    );
    expect(count(DSPRITES_VAE)).toBe(
      convolution(1, 32) +
        convolution(32, 32) +
        convolution(32, 64) +
        convolution(64, 64) +
        dense(1024, 128) +
        2 * dense(128, 10) +
        dense(10, 128) +
        dense(128, 1024) +
        convolution(64, 64) +
        convolution(64, 32) +
        convolution(32, 32) +
        convolution(32, 1),
    );
  });

  for (const [name, network] of Object.entries(LITERATURE)) {
    it(`fit together, each weight by its own name: ${name}`, () => {
      expect(checkVaeNetwork(network).ok).toBe(true);
      const names = vaeSpecs(network).map((spec) => spec.name);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toContain('encoder/mu/kernel');
      expect(names).toContain('decoder/conv1/kernel');
    });
  }
});

describe('a configuration that cannot be', () => {
  const { decoder, encoder } = TINY;
  const cases: [string, VaeNetwork, string][] = [
    ['gives another picture than it takes', { ...TINY, height: 9 }, 'decoder.layers'],
    ['gives another number of channels', { ...TINY, channels: 3 }, 'decoder.layers'],
    [
      'does not fill its first map',
      { ...TINY, decoder: { ...decoder, hidden: [5, 47] } },
      'decoder.hidden[1]',
    ],
    ['has no dense layer to fill it', { ...TINY, decoder: { ...decoder, hidden: [] } }, 'decoder.start'],
    [
      'shrinks to nothing',
      {
        ...TINY,
        encoder: {
          kind: 'convolutions',
          hidden: [],
          layers: [4, 4, 4].map((kernel) => ({ filters: 2, kernel, stride: 3, padding: 0 })),
        },
      },
      'encoder.layers[1]',
    ],
    [
      'pads more than its kernel covers',
      {
        ...TINY,
        encoder: {
          ...encoder,
          kind: 'convolutions',
          hidden: [],
          layers: [{ filters: 2, kernel: 2, stride: 1, padding: 3 }],
        },
      },
      'encoder.layers[0].padding',
    ],
    [
      'standardises channels that are not there',
      { ...TINY, standardise: { mean: [0, 0, 0], deviation: [1] } },
      'standardise.mean',
    ],
    [
      'standardises by too few deviations',
      { ...RESIDUAL, standardise: { mean: [0, 0, 0], deviation: [1] } },
      'standardise.deviation',
    ],
    ['is too large to hold', { ...TINY, decoder: { ...decoder, hidden: [65_536, 65_536, 48] } }, 'layers'],
  ];
  for (const [name, network, field] of cases) {
    it(`is refused with the field's name: it ${name}`, () => {
      const checked = checkVaeNetwork(network);
      expect(checked.ok).toBe(false);
      if (!checked.ok) expect(checked.error.message).toContain(`The network's ${field} `);
    });
  }

  it('has no layer of another name, and none of one pixel for maps', () => {
    expect(findLayer(TINY, 'conv2')).toMatchObject({ ok: true, value: { index: 1 } });
    expect(findLayer(TINY, 'conv3')).toMatchObject({ ok: false, error: { code: 'unknown-layer' } });
    expect(findLayer({ ...RESIDUAL, height: 8, width: 8 }, 'stage4.block2')).toMatchObject({
      ok: false,
      error: { code: 'layer-without-extent' },
    });
  });
});

describe('a convolution', () => {
  it('takes 25 pixels to 12, as PyTorch does, where "same" gives 13', () => {
    const x = zeros([1, 25, 25, 1]) as Tensor4D;
    const kernel = zeros([4, 4, 1, 1]) as Tensor4D;
    expect(conv2d(x, kernel, 2, 1).shape).toEqual([1, 12, 12, 1]);
    expect(conv2d(x, kernel, 2, 'same').shape).toEqual([1, 13, 13, 1]);
  });

  it('has the values of its definition at the border', async () => {
    await setBackend('cpu');
    const network: VaeNetwork = {
      ...TINY,
      height: 9,
      encoder: {
        kind: 'convolutions',
        layers: [{ filters: 2, kernel: 4, stride: 2, padding: 1 }],
        hidden: [],
      },
    };
    const weights = randomWeights(network, 1);
    const images = randomPictures(network, 1, 2);
    const [{ pre }] = traceEncoder(network, inferencePass(weights), images).maps;
    const picture = images.arraySync()[0];
    const kernel = (weights.get('encoder/conv1/kernel') as Tensor4D).arraySync();
    const bias = valuesOf(weights.get('encoder/conv1/bias') as Tensor);
    const expected: number[] = [];
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) {
        for (let k = 0; k < 2; k++) {
          let total = bias[k];
          for (let a = 0; a < 4; a++) {
            for (let b = 0; b < 4; b++)
              total += (picture[2 * y + a - 1]?.[2 * x + b - 1]?.[0] ?? 0) * kernel[a][b][0][k];
          }
          expected.push(total);
        }
      }
    }
    expect(pre.shape).toEqual([1, 4, 4, 2]);
    expect(relativeDifference(valuesOf(pre), expected)).toBeLessThan(1e-6);
  });
});

for (const backend of ['cpu', 'wasm']) {
  describe(`the networks on ${backend}`, () => {
    beforeAll(async () => {
      await setBackend(backend);
    });

    for (const [name, network] of Object.entries({ TINY, RESIDUAL, DSPRITES_VAE })) {
      it(`encode and decode to the sizes they say, and free what they take: ${name}`, () => {
        const weights = drawWeights(vaeSpecs(network), createRandom(1));
        const images = randomPictures(network, 2, 1);
        const before = memory().numTensors;
        const { mu, logvar } = encodePictures(network, weights, images);
        const logits = decodeCodes(network, weights, mu);
        expect(mu.shape).toEqual([2, network.latent]);
        expect(logvar.shape).toEqual([2, network.latent]);
        expect(logits.shape).toEqual(images.shape);
        expect(memory().numTensors).toBe(before + 3);
        dispose([mu, logvar, logits, images]);
        disposeAll(weights);
      });
    }

    it('give the same from any map upwards', () => {
      for (const network of [TINY, RESIDUAL]) {
        const pass = inferencePass(randomWeights(network, 3));
        const { maps, mu, logvar } = traceEncoder(network, pass, randomPictures(network, 2, 4));
        expect(maps.map(({ pre }) => pre.shape.slice(1))).toEqual(
          encoderLayers(network).map(({ height, width, channels }) => [height, width, channels]),
        );
        maps.forEach(({ post }, layer) => {
          const above = encodeFromMap(network, pass, post, layer);
          expect(relativeDifference(valuesOf(above.mu), valuesOf(mu))).toBeLessThan(1e-6);
          expect(relativeDifference(valuesOf(above.logvar), valuesOf(logvar))).toBeLessThan(1e-6);
        });
      }
    });
  });
}

describe('wasm', () => {
  /** Logits of the decoder and their gradients in codes and every weight of the decoder. */
  async function decoded(backend: string, network: VaeNetwork): Promise<number[][]> {
    await setBackend(backend);
    return tidy(() => {
      const weights = randomWeights(network, 5);
      const names = [...weights.keys()].filter((name) => /^decoder.*(kernel|bias|scale|shift)$/.test(name));
      const random = createRandom(6);
      const code = tensor2d(
        Float32Array.from({ length: network.latent }, () => random.normal()),
        [1, network.latent],
      );
      const upstream = sub(randomPictures(network, 1, 7), 0.5);
      const value = decodeCodes(network, weights, code);
      const gradients = grads((...all: Tensor[]) => {
        const [at, ...moved] = all;
        const replaced = new Map(weights);
        names.forEach((name, i) => replaced.set(name, moved[i]));
        return sum(mul(decodeCodes(network, replaced, at), upstream));
      })([code, ...names.map((name) => weights.get(name) as Tensor)]);
      return [value, ...gradients].map(valuesOf);
    });
  }

  it('has the values and gradients of transposed convolutions that cpu has, to 1e-4', async () => {
    const odd: VaeNetwork = {
      ...TINY,
      height: 9,
      width: 9,
      decoder: { ...TINY.decoder, layers: [{ filters: 1, kernel: 5, stride: 2, padding: 1 }] },
    };
    for (const network of [TINY, odd, RESIDUAL]) {
      const cpu = await decoded('cpu', network);
      const wasm = await decoded('wasm', network);
      wasm.forEach((values, i) => expect(relativeDifference(values, cpu[i])).toBeLessThan(1e-4));
    }
  });
});
