import { tensor2d, tensor4d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { logitCount } from '../../../../shared/shape/parameters';
import { decode } from '../network/decoder';
import { encode } from '../network/encoder';
import type { Weights } from '../../network/weights';
import { inferencePass } from '../../network/pass';

/** Codes [N, L] of pictures [N, S, S, C], row by row; waits for the backend. */
export function encodeImages(config: NetworkConfig, weights: Weights, images: Float32Array): Float32Array {
  const { inputSize: size, inputChannels: channels } = config;
  const count = images.length / (size * size * channels);
  return tidy(() => {
    const batch = tensor4d(images, [count, size, size, channels]);
    return Float32Array.from(encode(config, inferencePass(weights), batch).dataSync());
  });
}

/** Logits [N, K + K D + K H D] of codes [N, L]; shapeOfLogits reads a row. */
export function decodeLatents(
  config: NetworkConfig,
  weights: Weights,
  latents: Float32Array,
): Float32Array[] {
  const count = latents.length / config.latent;
  const width = logitCount(config);
  const logits = tidy(() => {
    const codes: Tensor2D = tensor2d(latents, [count, config.latent]);
    return Float32Array.from(decode(config, inferencePass(weights), codes).dataSync());
  });
  return Array.from({ length: count }, (_, i) => logits.slice(i * width, (i + 1) * width));
}
