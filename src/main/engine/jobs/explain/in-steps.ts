import { CANCELLED } from '../../../../shared/contract/job-client';
import { fail, ok, type Result } from '../../../../shared/result';
import type { CodesWithMaps } from '../../vaes';
import type { JobContext } from '../../session';

/** Pictures between two looks at the messages. */
const STEP = 16;

/**
 * Codes and maps of many pictures, some at a time, so that a job can be stopped and tells how far it is.
 * @param images [N, size] of values
 */
export async function mapsInSteps(
  images: Float32Array,
  size: number,
  { signal, progress }: Pick<JobContext, 'signal' | 'progress'>,
  pass: (part: Float32Array) => Result<CodesWithMaps>,
): Promise<Result<CodesWithMaps>> {
  const total = images.length / size;
  const parts: CodesWithMaps[] = [];
  for (let from = 0; from < total; from += STEP) {
    if (signal.aborted) return fail(CANCELLED);
    const until = Math.min(total, from + STEP);
    const part = pass(images.subarray(from * size, until * size));
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
