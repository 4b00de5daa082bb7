import { leakyRelu, type Tensor } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { dense } from '../../network/dense';
import { decoderLayers } from './layout';
import type { Pass } from '../../network/pass';

/** Of the leaky rectifiers, below zero. */
export const SLOPE = 0.2;

/** Latent codes [B, L] to the logits of shapes, [B, K + K D + K H D]; shapesOfLogits reads them. */
export function decode(config: NetworkConfig, pass: Pick<Pass, 'weight'>, latent: Tensor): Tensor {
  const layers = decoderLayers(config);
  return layers.reduce((values, { name }, i) => {
    const next = dense(values, pass.weight(`${name}/kernel`), pass.weight(`${name}/bias`));
    return i < layers.length - 1 ? leakyRelu(next, SLOPE) : next;
  }, latent);
}
