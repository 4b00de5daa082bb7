import type { JobRequest } from '../../../../shared/contract/jobs';
import { fail, ok, type Result } from '../../../../shared/result';
import type { ConvexShape } from '../../../../shared/shape/types';
import { openNetwork, type OpenNetwork } from '../../models/networks';
import type { Workshop } from '../index';

/** The shape of a code; quick enough for a slider, as long as the model stays open. */
export async function runDecode(
  { model, latent }: Extract<JobRequest, { kind: 'decode' }>,
  workshop: Workshop,
): Promise<Result<{ readonly shape: ConvexShape }>> {
  const network = await openNetwork(model, workshop);
  if (!network.ok) return network;
  const code = codeFor(network.value, latent);
  if (!code.ok) return code;
  const [{ shape }] = network.value.decode(code.value);
  return ok({ shape });
}

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
