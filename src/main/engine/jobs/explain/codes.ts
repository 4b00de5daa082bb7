import type { Codes, DecodedCodes, ExplainedPictures } from '../../../../shared/contract/explain';
import type { JobRequest } from '../../../../shared/contract/jobs';
import { rgbaPicture, rgbaPictures } from '../../../../shared/pictures/rgba';
import { fail, ok, type Result } from '../../../../shared/result';
import type { JobContext } from '../../service/session';
import { openVae, type OpenVae } from '../../models/vaes';
import type { Workshop } from '../index';
import { mapsInSteps } from './in-steps';
import { readForNetwork } from './selection';

export async function runEncodePictures(
  { model, selection }: Extract<JobRequest, { kind: 'encode-pictures' }>,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<Codes>> {
  const vae = await openVae(model, workshop);
  if (!vae.ok) return vae;
  const read = await readForNetwork(selection, vae.value.config, workshop, context);
  return read.ok ? ok(vae.value.encode(read.value.images)) : read;
}

/** Codes, reconstructions and the maps of every latent. */
export async function runExplainPictures(
  { model, selection, options }: Extract<JobRequest, { kind: 'explain' }>,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<ExplainedPictures>> {
  const startedAt = performance.now();
  const opened = await openVae(model, workshop);
  if (!opened.ok) return opened;
  const vae = opened.value;
  const read = await readForNetwork(selection, vae.config, workshop, context);
  if (!read.ok) return read;
  const { images, seen } = read.value;
  const explained = await mapsInSteps(vae, images, { kind: 'attention', options }, context);
  if (!explained.ok) return explained;
  return ok({
    ...explained.value,
    seen: seen.map(rgbaPicture),
    reconstructed: rgbaPictures(vae.decode(explained.value.mu), vae.config),
    divergence: vae.card.normal.divergence,
    seconds: (performance.now() - startedAt) / 1000,
  });
}

/** Pictures of codes, and where asked for their maps; quick enough for a slider, as long as the model stays open. */
export async function runDecodeCodes(
  { model, codes, options }: Extract<JobRequest, { kind: 'decode-codes' }>,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<DecodedCodes>> {
  const vae = await openVae(model, workshop);
  if (!vae.ok) return vae;
  const rows = codeRows(vae.value, codes);
  if (!rows.ok) return rows;
  const images = vae.value.decode(rows.value);
  const pictures = rgbaPictures(images, vae.value.config);
  if (options === undefined) return ok({ pictures, maps: null });
  const explained = await mapsInSteps(vae.value, images, { kind: 'attention', options }, context);
  return explained.ok ? ok({ pictures, maps: explained.value.maps }) : explained;
}

function codeRows({ config, name }: OpenVae, codes: readonly (readonly number[])[]): Result<Float32Array> {
  const wrong = codes.find(({ length }) => length !== config.latent);
  if (wrong) {
    return fail({
      code: 'wrong-latent',
      message: `A code of the VAE ${name} has ${config.latent} numbers, this one has ${wrong.length}.`,
      hint: 'Use codes of pictures that this VAE encoded.',
    });
  }
  const rows = Float32Array.from(codes.flat());
  return rows.every(Number.isFinite)
    ? ok(rows)
    : fail({ code: 'not-finite', message: 'A code has a number that is not finite or too large.' });
}
