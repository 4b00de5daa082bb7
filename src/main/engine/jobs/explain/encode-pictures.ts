import { ok } from '../../../../shared/result';
import { openVae } from '../../models/vaes';
import type { Job } from '../../service/job';
import { readForNetwork } from './selection';

export const encodePicturesJob: Job<'encode-pictures'> = {
  kind: 'encode-pictures',
  run: async ({ model, selection }, environment, context) => {
    const vae = await openVae(model, environment);
    if (!vae.ok) return vae;
    const read = await readForNetwork(selection, vae.value.config, environment, context);
    return read.ok ? ok(await vae.value.encode(read.value.images)) : read;
  },
};
