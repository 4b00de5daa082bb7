import { range, tensor2d, type Tensor4D } from '@tensorflow/tfjs-core';
import type { AttentionOptions, EncoderLayer } from '../../../../shared/contract/explain';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { createRandom } from '../../../../shared/random';
import { unwrap } from '../../../../shared/result';
import type { Weights } from '../../network/weights';
import { findLayer } from '../network/layout';
import { everyMap, type CodesAndMaps } from './every-map';
import { meanSeeds, sampleSeeds } from './seeds';

export { attentionLoss, type AttentionLossOptions } from './loss';

/** `values` is [N, D, h, w], one signed map per latent; the paper's maps are their positive part. */
export interface AttentionMaps extends CodesAndMaps {
  readonly layer: EncoderLayer;
}

/**
 * The maps of every latent of pictures [N, H, W, C] in 0..1 at one of the encoder's layers: one forward pass, and one
 * backward pass for all latents together (more where memory bounds them). A picture's maps do not depend on the others:
 * with 'z' every picture has the same noise, that of the seed. An unknown layer is a thrown ProblemError.
 */
export function attentionMaps(
  network: VaeNetwork,
  weights: Weights,
  images: Tensor4D,
  options: AttentionOptions,
): AttentionMaps {
  const { index, layer } = unwrap(findLayer(network, options.layer));
  const { latent } = network;
  const noise = seededNoise(options.seed, latent);
  const maps = everyMap(network, weights, images, {
    layer: index,
    weighting: options,
    count: latent,
    seeds: (encoder, first, some) => {
      const latents = range(first, first + some, 1, 'int32');
      if (options.latent === 'mu') return meanSeeds(latents, latent);
      return sampleSeeds(latents, encoder, tensor2d(noise, [1, latent]));
    },
  });
  return { ...maps, layer };
}

/** Standard normal, one value per latent. */
export function seededNoise(seed: number, latent: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: latent }, () => random.normal());
}
