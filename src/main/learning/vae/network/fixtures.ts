import { tensor, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { createRandom } from '../../../../shared/random';
import type { Weights } from '../../network/weights';
import { vaeSpecs } from './layout';

/** Two convolutions and a dense layer, each with ReLU; 8 x 8 pixels, 2 latents. */
export const TINY: VaeNetwork = {
  height: 8,
  width: 8,
  channels: 1,
  latent: 2,
  standardise: null,
  encoder: {
    kind: 'convolutions',
    layers: [
      { filters: 3, kernel: 3, stride: 1, padding: 1 },
      { filters: 4, kernel: 4, stride: 2, padding: 1 },
    ],
    hidden: [{ width: 6, relu: true }],
  },
  decoder: {
    hidden: [5, 48],
    start: { height: 4, width: 4, channels: 3 },
    layers: [{ filters: 1, kernel: 4, stride: 2, padding: 1 }],
    batchNorm: false,
  },
};

/** One convolution, then nothing but the heads: mu is linear in the map. */
export const LINEAR: VaeNetwork = {
  ...TINY,
  latent: 3,
  encoder: { kind: 'convolutions', layers: [{ filters: 4, kernel: 4, stride: 2, padding: 1 }], hidden: [] },
};

/** The residual encoder at its smallest, with batch normalisation in the decoder. */
export const RESIDUAL: VaeNetwork = {
  height: 32,
  width: 32,
  channels: 3,
  latent: 3,
  standardise: { mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.3, 0.4] },
  encoder: { kind: 'resnet18', width: 2 },
  decoder: {
    hidden: [8, 48],
    start: { height: 4, width: 4, channels: 3 },
    layers: [4, 4, 3].map((filters) => ({ filters, kernel: 4, stride: 2, padding: 1 })),
    batchNorm: true,
  },
};

/** Weights all of which matter: kernels of unit gain, biases and statistics away from where training starts. */
export function randomWeights(network: VaeNetwork, seed: number): Weights {
  const random = createRandom(seed);
  return new Map(
    vaeSpecs(network).map(({ name, shape, role }) => {
      const count = shape.reduce((a, b) => a * b, 1);
      const fan = name.startsWith('decoder/conv') ? shape.length * 4 : count / shape[shape.length - 1];
      const values = Float32Array.from({ length: count }, () => {
        if (role === 'kernel') return random.normal() * Math.sqrt(2 / fan);
        if (role === 'movingVariance' || role === 'scale') return 0.5 + random.uniform();
        return 0.2 * random.normal();
      });
      return [name, tensor(values, [...shape])];
    }),
  );
}

/** Pictures of noise in 0..1. */
export function randomPictures(
  { height, width, channels }: VaeNetwork,
  count: number,
  seed: number,
): Tensor4D {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: count * height * width * channels }, () => random.uniform());
  return tensor(values, [count, height, width, channels]) as Tensor4D;
}

export function valuesOf(values: Tensor): number[] {
  return Array.from(values.dataSync());
}
