import type { VaeCard } from '../../../shared/contract/explain';
import type { VaeNetwork, VaeTraining } from '../../../shared/recipes/vae';
import { COMPACT_DEPTH_TRAINING } from '../../../shared/recipes/training';
import type { ModelCard } from '../../../shared/contract/learning';
import type { NetworkConfig } from '../../../shared/recipes/network';

/** A network small enough for tests. */
export const TINY_DEPTH: NetworkConfig = {
  dims: 3,
  parts: 5,
  planes: 8,
  latent: 12,
  inputSize: 16,
  inputChannels: 1,
  encoderWidth: 0.0625,
  decoderWidths: [16],
  sharpness: 75,
  smoothness: { from: 50, to: 300 },
};

export const TINY_RGB: NetworkConfig = { ...TINY_DEPTH, inputChannels: 4 };

export function tinyCard(network: NetworkConfig): ModelCard {
  return {
    title: 'Tiny',
    network,
    training: { ...COMPACT_DEPTH_TRAINING, network },
    data: 'random weights of a test',
    stepsDone: 10,
    samplesSeen: 320,
    parameters: 1234,
    curve: [
      [5, 0.1],
      [10, 0.2],
    ],
    test: null,
  };
}

const halved = (filters: number) => ({ filters, kernel: 4, stride: 2, padding: 1 });

/** A VAE small enough for tests: pictures of 16 x 16, maps of 8 x 8 and 4 x 4. */
export const TINY_VAE: VaeNetwork = {
  height: 16,
  width: 16,
  channels: 1,
  latent: 4,
  standardise: null,
  encoder: {
    kind: 'convolutions',
    layers: [halved(4), halved(6)],
    hidden: [{ width: 12, relu: true }],
  },
  decoder: {
    hidden: [12, 96],
    start: { height: 4, width: 4, channels: 6 },
    layers: [halved(4), halved(1)],
    batchNorm: false,
  },
};

export function tinyVaeTraining(network: VaeNetwork): VaeTraining {
  return {
    kind: 'vae',
    network,
    batch: 8,
    steps: 10,
    seed: 1,
    classes: null,
    likelihood: 'bernoulli',
    beta: 1,
    factor: null,
    attention: null,
    start: 'glorot',
    optimiser: { rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    validation: { every: 5, pictures: 8 },
    checkpointEvery: 5,
    patience: null,
  };
}

export function tinyVaeCard(network: VaeNetwork): VaeCard {
  const perLatent = (value: number): number[] => Array.from({ length: network.latent }, () => value);
  return {
    title: 'Tiny',
    network,
    training: tinyVaeTraining(network),
    data: 'random weights of a test',
    stepsDone: 10,
    samplesSeen: 80,
    parameters: 1234,
    layers: [
      { name: 'conv1', height: 8, width: 8, channels: 4 },
      { name: 'conv2', height: 4, width: 4, channels: 6 },
    ],
    curve: [[5, 40.5]],
    normal: { mean: perLatent(0.25), variance: perLatent(0.5), divergence: perLatent(0.3) },
    test: { pictures: 8, reconstruction: 40, divergence: 2 },
  };
}
