import { leakyRelu, matMul, mul, add, step, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { dense } from '../../network/dense';
import type { Weights } from '../../network/weights';
import { SLOPE } from '../network/decoder';
import { decoderLayers } from '../network/layout';

/** A decoder's logits at a code, and what they gain along directions. */
export interface PushedForward {
  /** [1, P] */
  readonly logits: Tensor;
  /** [N, P] */
  readonly along: Tensor;
}

/**
 * Directions [N, L] about a code [1, L] through the decoder's derivative (forward mode): as dear as decoding N codes,
 * where a gradient per logit would cost thousands.
 */
export function pushForward(
  config: NetworkConfig,
  weights: Weights,
  code: Tensor2D,
  directions: Tensor2D,
): PushedForward {
  const layers = decoderLayers(config);
  let values: Tensor = code;
  let along: Tensor = directions;
  for (const [i, { name }] of layers.entries()) {
    const kernel = weights.get(`${name}/kernel`) as Tensor2D;
    values = dense(values, kernel, weights.get(`${name}/bias`) as Tensor);
    along = matMul(along as Tensor2D, kernel);
    if (i === layers.length - 1) break;
    const above = step(values);
    along = mul(along, add(mul(above, sub(1, SLOPE)), SLOPE));
    values = leakyRelu(values, SLOPE);
  }
  return { logits: values, along };
}
