import type { VaeTraining } from '../../../shared/recipes/vae';
import { ok } from '../../../shared/result';
import { builtinPictures, openPictures } from '../../files/pictures';
import { describePictures } from '../../files/pictures/describe';
import { vaeSpecs } from '../../learning/vae/network';
import { discriminatorSpecs } from '../../learning/vae/training/discriminator';
import { listVaes, vaeEntry } from '../models/vaes';
import { openVaeCourse } from '../training/vae/course';
import type { NetworkEngine } from './types';

export const vaeEngine: NetworkEngine<VaeTraining> = {
  openCourse: async (config, data, exchange, resumed) => {
    const pictures = 'builtin' in data ? await builtinPictures(data.builtin) : await openPictures(data.paths);
    return pictures.ok ? openVaeCourse(config, pictures.value, exchange, resumed) : pictures;
  },
  trained: ({ network, factor }) => ({
    weights: vaeSpecs(network),
    average: false,
    discriminator: factor && discriminatorSpecs(network.latent, factor),
  }),
  describeData: describePictures,
  listShipped: async (lists, access) => {
    const { vaes, notes } = await listVaes(access);
    lists.vaes.push(...vaes);
    lists.notes.push(...notes);
  },
  listFile: async (lists, name, path, token) => {
    const entry = await vaeEntry(name, path);
    if (!entry.ok) return entry;
    lists.vaes.push({ ...entry.value, token });
    return ok(null);
  },
};
