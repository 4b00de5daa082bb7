import { fail, ok, type Result } from '../../../../shared/result';
import type { OpenNetwork } from '../../models/networks';

/** A code as the network takes it. Error: of another length. */
export function codeFor({ config, name }: OpenNetwork, latent: readonly number[]): Result<Float32Array> {
  return latent.length === config.latent
    ? ok(Float32Array.from(latent))
    : fail({
        code: 'wrong-latent',
        message: `A code of the model ${name} has ${config.latent} numbers, this one has ${latent.length}.`,
        hint: 'Use codes of pictures that this model reconstructed.',
      });
}
