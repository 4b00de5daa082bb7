import { rgbaPicture, rgbaPictures } from '../../../../shared/pictures/rgba';
import { ok } from '../../../../shared/result';
import { openVae } from '../../models/vaes';
import type { Job } from '../../service/job';
import { mapsInSteps } from './in-steps';
import { maskFor } from './masks';
import { readForNetwork } from './selection';
import { squaredErrors } from './squared-errors';

/** Maps of what does not belong, the reconstruction's errors, and the masks where there are some. */
export const anomalyMapsJob: Job<'anomaly-maps'> = {
  kind: 'anomaly-maps',
  run: async ({ model, selection, options }, environment, context) => {
    const opened = await openVae(model, environment);
    if (!opened.ok) return opened;
    const vae = opened.value;
    const read = await readForNetwork(selection, vae.config, environment, context);
    if (!read.ok) return read;
    const { dataset, images, seen } = read.value;
    const found = await mapsInSteps(vae, images, { kind: 'anomaly', options }, context);
    if (!found.ok) return found;
    const masks: (Uint8Array | null)[] = [];
    for (const index of selection.indices) {
      const mask = await maskFor(dataset, selection.split, index, vae.config);
      if (!mask.ok) return mask;
      masks.push(mask.value);
    }
    const reconstructed = await vae.decode(found.value.mu);
    return ok({
      seen: seen.map(rgbaPicture),
      reconstructed: rgbaPictures(reconstructed, vae.config),
      maps: found.value.maps,
      errors: squaredErrors(images, reconstructed, vae.config.channels),
      masks,
    });
  },
};
