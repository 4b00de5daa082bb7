import { writeMeshesDataset } from '../../files/dataset/write-meshes';
import type { Job } from '../service/job';

/** Makes a data set of a folder of meshes; cancelling leaves nothing. */
export const makeDatasetJob: Job<'make-dataset'> = {
  kind: 'make-dataset',
  run: async ({ meshes, destination, options }, { grants }, context) => {
    const from = grants.resolve(meshes, 'read');
    if (!from.ok) return from;
    const to = grants.resolve(destination, 'write');
    if (!to.ok) return to;
    return writeMeshesDataset(from.value, to.value, options, {
      signal: context.signal,
      onProgress: (done, total, file) =>
        context.progress({
          fraction: done / total,
          stage: `Shape ${done + 1} of ${total}, ${file}`,
          figures: {},
        }),
    });
  },
};
