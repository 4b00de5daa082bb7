import type { DataReport } from '../../../shared/dataset/report';
import type { TrainingKind } from '../../../shared/recipes/training';
import { ok } from '../../../shared/result';
import { describeShapes } from '../../files/dataset/describe';
import { describePictures } from '../../files/pictures/describe';
import type { Job } from '../service/job';

/** What each kind of network learns from. */
const DESCRIBE: Readonly<Record<TrainingKind, (path: string) => Promise<DataReport>>> = {
  cvxnet: describeShapes,
  vae: describePictures,
};

/** Says what was chosen to learn from before anybody starts a training with it. */
export const inspectDataJob: Job<'inspect-data'> = {
  kind: 'inspect-data',
  run: async ({ data, network }, { grants }) => {
    if ('builtin' in data) return ok(network === 'vae' ? SHIPPED : SHIPPED_PICTURES_ONLY);
    const reports: DataReport[] = [];
    for (const token of data) {
      const path = grants.resolve(token, 'read');
      if (!path.ok) return path;
      reports.push(await DESCRIBE[network](path.value));
    }
    return ok(reports.find(({ unfit }) => unfit !== null) ?? reports[0]);
  },
};

const SHIPPED: DataReport = { what: 'Pictures that ship', unfit: null, meshes: 0 };
const SHIPPED_PICTURES_ONLY: DataReport = {
  ...SHIPPED,
  unfit: { message: 'A CvxNet learns from shapes, not from pictures.', hint: 'Choose a folder of shapes.' },
};
