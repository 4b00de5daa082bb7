import type { DataReport } from '../../../shared/dataset/report';
import type { NetworkKind } from '../../../shared/recipes/training';
import { ok } from '../../../shared/result';
import type { Job } from '../service/job';
import { NETWORKS } from '../../../shared/networks';
import { networkEngine } from '../networks';

/** Says what was chosen to learn from before anybody starts a training with it. */
export const inspectDataJob: Job<'inspect-data'> = {
  kind: 'inspect-data',
  run: async ({ data, network }, { grants }) => {
    if ('builtin' in data) return ok(shippedPictures(network));
    const reports: DataReport[] = [];
    for (const token of data) {
      const path = grants.resolve(token, 'read');
      if (!path.ok) return path;
      reports.push(await networkEngine(network).describeData(path.value));
    }
    return ok(reports.find(({ unfit }) => unfit !== null) ?? reports[0]);
  },
};

function shippedPictures(kind: NetworkKind): DataReport {
  const { name, learnsFrom } = NETWORKS[kind];
  return {
    what: 'Pictures that ship',
    unfit:
      learnsFrom === 'pictures'
        ? null
        : {
            message: `A ${name} learns from ${learnsFrom}, not from pictures.`,
            hint: `Choose a folder of ${learnsFrom}.`,
          },
    meshes: 0,
  };
}
