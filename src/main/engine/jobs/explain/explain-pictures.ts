import { rgbaPicture, rgbaPictures } from '../../../../shared/pictures/rgba';
import { ok } from '../../../../shared/result';
import { openVae } from '../../models/vaes';
import type { Job } from '../../service/job';
import { mapsInSteps } from './in-steps';
import { readForNetwork } from './selection';

/** Codes, reconstructions and the maps of every latent. */
export const explainJob: Job<'explain'> = {
  kind: 'explain',
  run: async ({ model, selection, options }, environment, context) => {
    const startedAt = performance.now();
    const opened = await openVae(model, environment);
    if (!opened.ok) return opened;
    const vae = opened.value;
    const read = await readForNetwork(selection, vae.config, environment, context);
    if (!read.ok) return read;
    const { images, seen } = read.value;
    const explained = await mapsInSteps(vae, images, { kind: 'attention', options }, context);
    if (!explained.ok) return explained;
    return ok({
      ...explained.value,
      seen: seen.map(rgbaPicture),
      reconstructed: rgbaPictures(await vae.decode(explained.value.mu), vae.config),
      divergence: vae.card.normal.divergence,
      seconds: (performance.now() - startedAt) / 1000,
    });
  },
};
