import type { CvxNetTraining } from '../../../shared/recipes/training';
import { fail, ok } from '../../../shared/result';
import { unpackShape } from '../../../shared/shape/pack';
import { shapeOfLogits } from '../../../shared/shape/parameters';
import { openDatasets } from '../../files/dataset';
import { describeShapes } from '../../files/dataset/describe';
import { allSpecs } from '../../learning/cvxnet/training/learner';
import { listModels, modelEntry } from '../models/networks';
import { openCvxNetCourse } from '../training/cvxnet-course';
import type { NetworkEngine } from './types';

export const cvxNetEngine: NetworkEngine<CvxNetTraining> = {
  openCourse: async (config, data, exchange, resumed) => {
    if ('builtin' in data) {
      return fail({
        code: 'data-unfit',
        message: `"${data.builtin}" is a collection of pictures; a CvxNet learns from a folder of shapes.`,
        hint: 'Make one with "halfspace dataset shapes", or train a VAE on these pictures.',
      });
    }
    const shapes = await openDatasets(data.paths);
    return shapes.ok ? openCvxNetCourse(config, shapes.value, exchange, resumed) : shapes;
  },
  trained: (config) => ({
    weights: allSpecs(config),
    average: config.average !== null,
    discriminator: null,
  }),
  previewShape: ({ network }, logits) => unpackShape(shapeOfLogits(logits, network, network.sharpness)),
  describeData: describeShapes,
  listShipped: async (lists, access) => {
    const { models, notes } = await listModels(access);
    lists.models.push(...models);
    lists.notes.push(...notes);
  },
  listFile: async (lists, name, path, token) => {
    const entry = await modelEntry(name, path);
    if (!entry.ok) return entry;
    lists.models.push({ ...entry.value, token });
    return ok(null);
  },
};
