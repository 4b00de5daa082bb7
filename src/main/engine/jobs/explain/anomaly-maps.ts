import type { AnomalyPage } from '../../../../shared/contract/explain';
import type { JobRequest } from '../../../../shared/contract/jobs';
import { rgbaPicture, rgbaPictures } from '../../../../shared/pictures/rgba';
import { ok, type Result } from '../../../../shared/result';
import type { JobContext } from '../../service/session';
import { openVae } from '../../models/vaes';
import type { Workshop } from '../index';
import { mapsInSteps } from './in-steps';
import { maskFor } from './masks';
import { readForNetwork } from './selection';

/** Maps of what does not belong, the reconstruction's errors, and the masks where there are some. */
export async function runAnomalyMaps(
  { model, selection, options }: Extract<JobRequest, { kind: 'anomaly-maps' }>,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<AnomalyPage>> {
  const opened = await openVae(model, workshop);
  if (!opened.ok) return opened;
  const vae = opened.value;
  const read = await readForNetwork(selection, vae.config, workshop, context);
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
  const reconstructed = vae.decode(found.value.mu);
  return ok({
    seen: seen.map(rgbaPicture),
    reconstructed: rgbaPictures(reconstructed, vae.config),
    maps: found.value.maps,
    errors: squaredErrors(images, reconstructed, vae.config.channels),
    masks,
  });
}

/** [N, H, W] squared differences of [N, H, W, C], mean over channels. */
export function squaredErrors(a: Float32Array, b: Float32Array, channels: number): Float32Array {
  const errors = new Float32Array(a.length / channels);
  for (let i = 0; i < a.length; i++) errors[Math.floor(i / channels)] += (a[i] - b[i]) ** 2 / channels;
  return errors;
}
