import { concat, reshape, sigmoid, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Picture } from '../../../../shared/contract/inputs';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import { rgbaPictures } from '../../../../shared/pictures/rgba';
import { takeValues } from '../../../compute/read';
import type { Weights } from '../../../learning/network/weights';
import { decodeCodes, encodePictures } from '../../../learning/vae/network';

/** Held-out pictures that are shown. */
export const SHOWN = 6;

/** Pictures [N, H, W, C], 0..1, side by side, and below each what the network makes of its mean code. */
export async function reconstructionStrip(
  { network }: Pick<VaeTraining, 'network'>,
  weights: Weights,
  images: Float32Array,
): Promise<Picture> {
  const { height, width, channels } = network;
  const count = images.length / (height * width * channels);
  const strip = tidy(() => {
    const seen = tensor4d(images, [count, height, width, channels]);
    const made = sigmoid(decodeCodes(network, weights, encodePictures(network, weights, seen).mu));
    const rows = reshape(concat([seen, made]), [2, count, height, width, channels]);
    return reshape(transpose(rows, [0, 2, 1, 3, 4]), [2 * height, count * width, channels]);
  });
  const [values] = await takeValues(strip);
  return rgbaPictures(values, { width: count * width, height: 2 * height, channels })[0];
}
