import { div, fill, mul, sqrt, add, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import type { Seeds } from '../attention/seeds';
import type { TracedEncoder } from '../network/encoder';
import { exp } from '../second-order';

/** d sum_i mu_i. */
export function sumSeeds(latent: number): Seeds {
  return { mu: { values: fill([1, latent], 1), repeats: 1 }, logvar: null };
}

/**
 * d sum_i u_i of u = (m - mu) + sqrt(v + exp(logvar)) noise with normal variances v [D] and noise [1, D]: -1 for mu,
 * noise exp(logvar) / (2 sqrt(v + exp(logvar))) for logvar. The normal mean m moves u, but no gradient.
 */
export function differenceSeeds(
  { mu, logvar }: Pick<TracedEncoder, 'mu' | 'logvar'>,
  variance: readonly number[],
  noise: Tensor,
): Seeds {
  const own = exp(logvar);
  const spread = sqrt(add(own, tensor1d([...variance])));
  return {
    mu: { values: fill(mu.shape, -1), repeats: 1 },
    logvar: { values: div(mul(own, noise), mul(spread, 2)), repeats: 1 },
  };
}
