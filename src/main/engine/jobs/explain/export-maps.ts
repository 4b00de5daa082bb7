import { join } from 'node:path';
import type { Maps } from '../../../../shared/contract/explain';
import { CANCELLED } from '../../../../shared/contract/job-client';
import type { JobRequest, WrittenFile } from '../../../../shared/contract/jobs';
import type { OverlayStyle } from '../../../../shared/pictures/map-over-picture';
import { sharedScale, withSign, type MapSign } from '../../../../shared/pictures/overlay';
import { rgbaPicture } from '../../../../shared/pictures/rgba';
import { fail, ok, type Result } from '../../../../shared/result';
import { writeFileAtomic } from '../../../files/atomic';
import { encodeOverlay } from '../../../files/image/overlay-png';
import { encodeNpy } from '../../../files/write/npy';
import { openVae, type OpenVae } from '../../models/vaes';
import type { Job } from '../../service/job';
import { joinFloats, mapsInSteps } from './in-steps';
import { readForNetwork } from './selection';

type Request = Extract<JobRequest, { kind: 'export-maps' }>;

/** One map of every picture, and what its files are called. */
interface Chosen {
  readonly name: string;
  /** [h * w] of picture n, signed. */
  of(n: number): Float32Array;
}

/**
 * Writes of every picture <id>-<map>.png, the map over the picture, and <id>.npy, the signed maps [maps, h, w] at the
 * layer's resolution; and maps.json: the scale that all overlays share, the order of the maps, how they were made.
 */
export const exportMapsJob: Job<'export-maps'> = {
  kind: 'export-maps',
  run: async (request, environment, context) => {
    const { selection, request: asked, colourMap, opacity } = request;
    const folder = environment.grants.resolve(request.destination, 'write');
    if (!folder.ok) return folder;
    const opened = await openVae(request.model, environment);
    if (!opened.ok) return opened;
    const vae = opened.value;
    const unknown = latentProblem(vae, request.latents);
    if (!unknown.ok) return unknown;
    const read = await readForNetwork(selection, vae.config, environment, context);
    if (!read.ok) return read;
    const { images, seen, ids, dataset } = read.value;
    const explained = await mapsInSteps(vae, images, asked, context);
    if (!explained.ok) return explained;
    const { maps } = explained.value;
    // Maps of what does not belong already have the sign of their own options.
    const sign = asked.kind === 'attention' ? request.sign : 'relu';
    const chosen =
      asked.kind === 'attention'
        ? latentMaps(maps, request.latents, sign)
        : [{ name: 'anomaly', of: mapOf(maps, 0) }];
    const { height, width } = maps.layer;
    const style: OverlayStyle = {
      sign,
      scale: sharedScale(joinFloats(chosen.flatMap(({ of }) => ids.map((_, n) => of(n)))), sign),
      colourMap,
      opacity,
      signFirst: asked.kind === 'anomaly' || asked.options.variant !== 'authors-code',
    };
    const files: WrittenFile[] = [];
    const write = async (name: string, content: Uint8Array | string): Promise<Result<number>> => {
      const written = await writeFileAtomic(join(folder.value, name), content);
      if (written.ok) files.push({ name, bytes: written.value });
      return written;
    };
    for (const [n, { id }] of ids.entries()) {
      const picture = rgbaPicture(seen[n]);
      for (const { name, of } of chosen) {
        if (context.signal.aborted) return fail(CANCELLED);
        const painted = encodeOverlay(picture, { width, height, values: of(n) }, style);
        const written = await write(`${id}-${name}.png`, painted);
        if (!written.ok) return written;
      }
      const data = new Float32Array(chosen.length * height * width);
      chosen.forEach(({ of }, i) => data.set(of(n), i * height * width));
      const written = await write(
        `${id}.npy`,
        encodeNpy({ type: 'f4', shape: [chosen.length, height, width], data }),
      );
      if (!written.ok) return written;
      context.progress({
        fraction: (n + 1) / ids.length,
        stage: 'Writing maps',
        figures: { pictures: n + 1 },
      });
    }
    const about = {
      model: { name: vae.name, sha256: vae.sha256 },
      collection: dataset.name,
      split: selection.split,
      pictures: ids.map(({ id }, n) => ({ id, index: selection.indices[n] })),
      maps: chosen.map(({ name }) => name),
      layer: maps.layer,
      request: asked,
      sign,
      colourMap,
      opacity,
      scale: style.scale,
    };
    const written = await write('maps.json', `${JSON.stringify(about, null, 2)}\n`);
    return written.ok ? ok({ files }) : written;
  },
};

/** The latents that were asked for, or all and their mean (Liu et al. 2020, Eq. 3: of the maps after their sign). */
function latentMaps(maps: Maps, latents: readonly number[] | null, sign: MapSign): readonly Chosen[] {
  const digits = String(maps.perPicture - 1).length;
  const ofLatent = (latent: number): Chosen => ({
    name: `latent-${String(latent).padStart(digits, '0')}`,
    of: mapOf(maps, latent),
  });
  if (latents !== null) return latents.map(ofLatent);
  const all = Array.from({ length: maps.perPicture }, (_, latent) => ofLatent(latent));
  const mean = (n: number): Float32Array => {
    const sum = new Float32Array(maps.layer.height * maps.layer.width);
    for (const { of } of all) {
      withSign(of(n), sign).forEach((value, i) => (sum[i] += value / all.length));
    }
    return sum;
  };
  return [...all, { name: 'mean', of: mean }];
}

function mapOf({ layer, perPicture, values }: Maps, latent: number): Chosen['of'] {
  const size = layer.height * layer.width;
  return (n) => values.subarray((n * perPicture + latent) * size, (n * perPicture + latent + 1) * size);
}

function latentProblem({ name, config }: OpenVae, latents: Request['latents']): Result<null> {
  const beyond = latents?.find((latent) => latent >= config.latent);
  if (beyond === undefined) return ok(null);
  return fail({
    code: 'no-such-latent',
    message: `The VAE ${name} has no latent ${beyond}.`,
    hint: `It has ${config.latent}: 0 to ${config.latent - 1}.`,
  });
}
