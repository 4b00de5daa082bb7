import { cast, mul, oneHot, reshape, tile, type Tensor } from '@tensorflow/tfjs-core';
import { exp } from '../second-order';
import type { TracedEncoder } from '../network/encoder';
import type { Upstream } from '../network/upstream';

/** What is handed down from the heads. */
export interface Seeds {
  readonly mu: Upstream;
  readonly logvar: Upstream | null;
}

/** d mu_i for the given latents [R] (int32): the same for every picture. */
export function meanSeeds(latents: Tensor, latent: number): Seeds {
  return { mu: { values: rows(latents, latent), repeats: latents.size }, logvar: null };
}

/**
 * d z_i of z = mu + exp(logvar / 2) noise, noise [N, D] or [1, D]: what mu has, and noise exp(logvar / 2) / 2 for
 * logvar.
 */
export function sampleSeeds(
  latents: Tensor,
  { logvar }: Pick<TracedEncoder, 'logvar'>,
  noise: Tensor,
): Seeds {
  const [count, latent] = logvar.shape;
  const repeats = latents.size;
  const chosen = reshape(rows(latents, latent), [repeats, 1, latent]);
  const slope = mul(mul(exp(mul(logvar, 0.5)), noise), 0.5);
  const every = tile(chosen, [1, count, 1]);
  const flat = [repeats * count, latent];
  return {
    mu: { values: reshape(every, flat), repeats },
    logvar: { values: reshape(mul(chosen, reshape(slope, [1, count, latent])), flat), repeats },
  };
}

function rows(latents: Tensor, latent: number): Tensor {
  return cast(oneHot(latents, latent), 'float32');
}
