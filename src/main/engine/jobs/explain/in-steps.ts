import type { AnomalyOptions, AttentionOptions } from '../../../../shared/contract/explain';
import { CANCELLED } from '../../../../shared/contract/job-client';
import { fail, ok, type Result } from '../../../../shared/result';
import type { JobContext } from '../../service/job';
import type { CodesWithMaps, OpenVae } from '../../models/vaes';

/** Pictures between two looks at the messages. */
const STEP = 16;
/** Of all maps that are asked for together: 128 MiB. */
const MOST_VALUES = 2 ** 25;

/** Which maps are asked for. */
export type MapRequest =
  | { readonly kind: 'attention'; readonly options: AttentionOptions }
  | { readonly kind: 'anomaly'; readonly options: AnomalyOptions };

/**
 * Codes and maps of pictures [N, H, W, C] in 0..1, some at a time, so that a job can be stopped and tells how far it
 * is. Problems: no such layer, a layer of one pixel, more maps than fit, cancelled.
 */
export async function mapsInSteps(
  vae: OpenVae,
  images: Float32Array,
  asked: MapRequest,
  { signal, progress }: Pick<JobContext, 'signal' | 'progress'>,
): Promise<Result<CodesWithMaps>> {
  const { height, width, channels } = vae.config;
  const size = height * width * channels;
  const total = images.length / size;
  const fits = checkSize(vae, total, asked);
  if (!fits.ok) return fits;
  const parts: CodesWithMaps[] = [];
  for (let from = 0; from < total; from += STEP) {
    if (signal.aborted) return fail(CANCELLED);
    const until = Math.min(total, from + STEP);
    const some = images.subarray(from * size, until * size);
    const part =
      asked.kind === 'attention'
        ? await vae.explain(some, asked.options)
        : await vae.findAnomalies(some, asked.options);
    if (!part.ok) return part;
    parts.push(part.value);
    progress({ fraction: until / total, stage: 'Looking', figures: { pictures: until } });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const [first] = parts;
  return ok({
    latent: first.latent,
    mu: joinFloats(parts.map(({ mu }) => mu)),
    logvar: joinFloats(parts.map(({ logvar }) => logvar)),
    maps: { ...first.maps, values: joinFloats(parts.map(({ maps }) => maps.values)) },
  });
}

function checkSize({ card, config }: OpenVae, pictures: number, asked: MapRequest): Result<null> {
  const layer = card.layers.find(({ name }) => name === asked.options.layer);
  const maps = asked.kind === 'attention' ? config.latent : 1;
  const values = layer ? pictures * maps * layer.height * layer.width : 0;
  if (values <= MOST_VALUES) return ok(null);
  return fail({
    code: 'maps-too-large',
    message: `${pictures} pictures have ${values} values of maps in ${asked.options.layer}; ${MOST_VALUES} are the most.`,
    hint: 'Ask for fewer pictures at a time, or choose a deeper layer, whose maps are smaller.',
  });
}

/** Arrays one after the other. */
export function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
