import { reshape, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { AttentionOptions } from '../../../../shared/contract/explain';
import type { TracedEncoder } from '../network/encoder';
import { maskedBy } from '../network/traced';
import type { Seeds } from './seeds';
import { channelWeights, weightedMaps } from './weighting';

export type Weighting = Pick<AttentionOptions, 'variant' | 'activation'>;

/** Alpha [R, N or 1, K] of what the seeds hand down to the map at `layer`. */
export function weightsOfSeeds(
  encoder: TracedEncoder,
  layer: number,
  { mu, logvar }: Seeds,
  { variant, activation }: Weighting,
): Tensor {
  const { pre, post } = encoder.maps[layer];
  if (variant === 'paper' && activation === 'post') {
    const { values, repeats } = encoder.pullMean(layer, mu, logvar);
    return reshape(values, [repeats, values.shape[0] / repeats, pre.shape[3]]);
  }
  const gradients = encoder.pull(layer, mu, logvar);
  return activation === 'post'
    ? channelWeights(variant, gradients, post)
    : channelWeights(variant, maskedBy(pre, gradients), pre);
}

/** The signed maps [N, R, h, w] of what the seeds hand down. */
export function mapsOfSeeds(
  encoder: TracedEncoder,
  layer: number,
  seeds: Seeds,
  weighting: Weighting,
): Tensor4D {
  const map = encoder.maps[layer][weighting.activation];
  return weightedMaps(weightsOfSeeds(encoder, layer, seeds, weighting), map);
}
