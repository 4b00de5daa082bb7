import { mul, sum, tensor2d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import type { Random } from '../../../../shared/random';
import { takeValues } from '../../../compute/read';
import type { Weights } from '../../network/weights';
import { attentionLoss } from '../attention';
import { decodeCodes, encodePictures } from '../network';
import { divergences, reconstructionErrors, sampleCodes } from './elbo';

/** Sums over pictures, so that groups and workers can be added up. */
export interface HeldOutSums {
  readonly pictures: number;
  readonly reconstruction: number;
  /** [D] divergence from the prior per latent, nats. */
  readonly divergence: Float32Array;
}

/** Reconstruction of a sampled code, and divergence, of pictures [N, H, W, C] with noise [N * D] of their codes. */
export async function measurePictures(
  { network, likelihood }: Pick<VaeTraining, 'network' | 'likelihood'>,
  weights: Weights,
  images: Tensor4D,
  noise: Float32Array,
): Promise<HeldOutSums> {
  const pictures = images.shape[0];
  const [reconstruction, divergence] = tidy(() => {
    const { mu, logvar } = encodePictures(network, weights, images);
    const codes = sampleCodes(mu, logvar, tensor2d(noise, [pictures, network.latent]));
    const errors = reconstructionErrors(decodeCodes(network, weights, codes), images, likelihood);
    return [sum(errors), sum(divergences(mu, logvar), 0)];
  });
  const [[error], perLatent] = await takeValues(reconstruction, divergence);
  return { pictures, reconstruction: error, divergence: perLatent };
}

/**
 * The sum over pictures [N, H, W, C] of the mean overlap (Liu et al. 2020, eq. 5) of all pairs of latents' attention at
 * the encoder's map `layer`; 0 is disjoint, 1 identical.
 */
export async function overlapOfPictures(
  { network }: Pick<VaeTraining, 'network'>,
  weights: Weights,
  images: Tensor4D,
  layer: number,
  random: Random,
): Promise<number> {
  const options = { layer, mode: 'none', pairs: 'all', latent: 'mu' } as const;
  const overlap = tidy(() => mul(images.shape[0], attentionLoss(network, weights, images, options, random)));
  const [[value]] = await takeValues(overlap);
  return value;
}
