import { rgbaPictures } from '../../../../shared/pictures/rgba';
import { fail, ok, type Result } from '../../../../shared/result';
import { openVae, type OpenVae } from '../../models/vaes';
import type { Job } from '../../service/job';
import { mapsInSteps } from './in-steps';

/** Pictures of codes, and where asked for their maps; quick enough for a slider, as long as the model stays open. */
export const decodeCodesJob: Job<'decode-codes'> = {
  kind: 'decode-codes',
  run: async ({ model, codes, options }, environment, context) => {
    const vae = await openVae(model, environment);
    if (!vae.ok) return vae;
    const rows = codeRows(vae.value, codes);
    if (!rows.ok) return rows;
    const images = await vae.value.decode(rows.value);
    const pictures = rgbaPictures(images, vae.value.config);
    if (options === undefined) return ok({ pictures, maps: null });
    const explained = await mapsInSteps(vae.value, images, { kind: 'attention', options }, context);
    return explained.ok ? ok({ pictures, maps: explained.value.maps }) : explained;
  },
};

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
