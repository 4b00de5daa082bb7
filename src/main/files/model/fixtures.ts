import { COMPACT_DEPTH_TRAINING } from '../../../shared/contract/training';
import type { ModelCard } from '../../../shared/contract/learning';
import type { NetworkConfig } from '../../../shared/contract/network';

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
