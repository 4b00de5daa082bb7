import { tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { inferencePass, type Pass } from '../../network/pass';
import type { Weights } from '../../network/weights';
import { decodeWith } from './decoder';
import { traceEncoder } from './encoder';

export { checkVaeNetwork } from './check';
export { decodeWith } from './decoder';
export { encodeFromMap } from './encoder';
export { encoderLayers, findLayer, vaeSpecs } from './layout';

/** The law of pictures' codes, [N, D] each: a normal of mean mu and variance exp(logvar). */
export interface EncodedPictures {
  readonly mu: Tensor;
  readonly logvar: Tensor;
}

/** Pictures [N, H, W, C] in 0..1 to their codes, by a pass of training or inference. */
export function encodeWith(network: VaeNetwork, pass: Pass, images: Tensor4D): EncodedPictures {
  const { mu, logvar } = traceEncoder(network, pass, images);
  return { mu, logvar };
}

/** Pictures [N, H, W, C] in 0..1 to their codes, by the moving statistics. */
export function encodePictures(network: VaeNetwork, weights: Weights, images: Tensor4D): EncodedPictures {
  return tidy(() => ({ ...encodeWith(network, inferencePass(weights), images) }));
}

/** Codes [N, D] to logits [N, H, W, C], by the moving statistics; the picture is their sigmoid. */
export function decodeCodes(network: VaeNetwork, weights: Weights, codes: Tensor): Tensor4D {
  return tidy(() => decodeWith(network, inferencePass(weights), codes));
}
