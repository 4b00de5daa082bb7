import { ok } from '../../../../shared/result';
import { openNetwork } from '../../models/networks';
import type { Job } from '../../service/job';
import { codeFor } from './code';

/** The shape of a code; quick enough for a slider, as long as the model stays open. */
export const decodeJob: Job<'decode'> = {
  kind: 'decode',
  run: async ({ model, latent }, environment) => {
    const network = await openNetwork(model, environment);
    if (!network.ok) return network;
    const code = codeFor(network.value, latent);
    if (!code.ok) return code;
    const [{ shape }] = await network.value.decode(code.value);
    return ok({ shape });
  },
};
