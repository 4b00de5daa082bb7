import { tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { logitCount } from '../../../../shared/shape/parameters';
import { takeValues } from '../../../compute/read';
import { decode } from '../network/decoder';
import { encode } from '../network/encoder';
import type { Weights } from '../../network/weights';
import { inferencePass } from '../../network/pass';

/** Codes [N, L] of pictures [N, S, S, C], row by row. */
export async function encodeImages(
  config: NetworkConfig,
  weights: Weights,
  images: Float32Array,
): Promise<Float32Array> {
  const { inputSize: size, inputChannels: channels } = config;
  const count = images.length / (size * size * channels);
  const codes = tidy(() =>
    encode(config, inferencePass(weights), tensor4d(images, [count, size, size, channels])),
  );
  const [values] = await takeValues(codes);
  return values;
}

/** Logits [N, K + K D + K H D] of codes [N, L]; shapeOfLogits reads a row. */
export async function decodeLatents(
  config: NetworkConfig,
  weights: Weights,
  latents: Float32Array,
): Promise<Float32Array[]> {
  const count = latents.length / config.latent;
  const width = logitCount(config);
  const logits = tidy(() =>
    decode(config, inferencePass(weights), tensor2d(latents, [count, config.latent])),
  );
  const [values] = await takeValues(logits);
  return Array.from({ length: count }, (_, i) => values.slice(i * width, (i + 1) * width));
}
