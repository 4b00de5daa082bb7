import { abs, mean, range, relu, tensor2d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import type { AnomalyOptions, EncoderLayer, VaeCard } from '../../../../shared/contract/explain';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { fail, ok, unwrap, type Result } from '../../../../shared/result';
import type { Weights } from '../../network/weights';
import { seededNoise } from '../attention';
import { everyMap, type CodesAndMaps } from '../attention/every-map';
import { meanSeeds } from '../attention/seeds';
import { findLayer } from '../network/layout';
import { differenceSeeds, sumSeeds } from './seeds';

/** Of normal pictures, per latent: mean of mu and mean of the variance. */
export type NormalStatistics = Pick<VaeCard['normal'], 'mean' | 'variance'>;

/** `values` is [N, 1, h, w] after the sign, nowhere negative and not scaled. */
export interface AnomalyMaps extends CodesAndMaps {
  readonly layer: EncoderLayer;
}

/**
 * Where pictures [N, H, W, C] in 0..1 differ from what the network knows (Liu et al. 2020).
 * - sumMu: the map of sum_i mu_i, as in the authors' public code, which takes the absolute value after enlarging.
 * - normalDifference: the map of sum_i u_i, u_i drawn from the law of Eq. 4, N(m_i - mu_i, v_i + exp(logvar_i)), with
 *   the normal pictures' mean m and variance v taken as constants and the noise of the seed, the same for every
 *   picture. Without noise this is minus the map of sumMu.
 * - meanOfMaps: the mean of the latents' maps (Eq. 3), each after its sign.
 * `normal` may be null unless 'normalDifference' asks for the statistics of the training pictures; that and an unknown
 * layer are thrown ProblemErrors.
 */
export function anomalyMaps(
  network: VaeNetwork,
  weights: Weights,
  images: Tensor4D,
  options: AnomalyOptions,
  normal: NormalStatistics | null,
): AnomalyMaps {
  const signed = signedAnomalyMaps(network, weights, images, options, normal);
  const values = tidy(() => {
    const each = (options.sign === 'abs' ? abs : relu)(signed.values);
    return options.score === 'meanOfMaps' ? mean(each, 1, true) : each;
  }) as Tensor4D;
  signed.values.dispose();
  return { ...signed, values };
}

/** The same before the sign: [N, 1, h, w], or for 'meanOfMaps' [N, D, h, w], one per latent. */
export function signedAnomalyMaps(
  network: VaeNetwork,
  weights: Weights,
  images: Tensor4D,
  options: AnomalyOptions,
  normal: NormalStatistics | null,
): AnomalyMaps {
  const { index, layer } = unwrap(findLayer(network, options.layer));
  const { latent } = network;
  const { score, activation, seed } = options;
  const statistics = score === 'normalDifference' ? unwrap(statisticsOf(options, normal, latent)) : null;
  const noise = seededNoise(seed, latent);
  const maps = everyMap(network, weights, images, {
    layer: index,
    weighting: { variant: 'paper', activation },
    count: score === 'meanOfMaps' ? latent : 1,
    seeds: (encoder, first, some) => {
      if (score === 'meanOfMaps') return meanSeeds(range(first, first + some, 1, 'int32'), latent);
      if (statistics === null) return sumSeeds(latent);
      return differenceSeeds(encoder, statistics.variance, tensor2d(noise, [1, latent]));
    },
  });
  return { ...maps, layer };
}

function statisticsOf(
  { normalStatistics }: AnomalyOptions,
  normal: NormalStatistics | null,
  latent: number,
): Result<NormalStatistics> {
  if (normalStatistics === 'prior') {
    return ok({
      mean: Array.from({ length: latent }, () => 0),
      variance: Array.from({ length: latent }, () => 1),
    });
  }
  if (normal !== null && normal.mean.length === latent && normal.variance.length === latent)
    return ok(normal);
  return fail({
    code: 'no-normal-statistics',
    message:
      normal === null
        ? 'The model says nothing of the codes of its training pictures.'
        : `The model's statistics are of ${normal.variance.length} latents, and it has ${latent}.`,
    hint: 'Compare with the prior instead.',
  });
}
