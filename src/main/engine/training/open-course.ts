import type { TrainingConfig } from '../../../shared/recipes/training';
import { fail, type Result } from '../../../shared/result';
import { openDatasets } from '../../files/dataset';
import { builtinPictures, openPictures } from '../../files/pictures';
import type { Exchange } from '../../learning/training/exchange';
import type { LearnerState } from '../../learning/training/state';
import type { Course } from './course';
import { openCvxNetCourse } from './cvxnet-course';
import type { TrainingData } from './messages';
import { openVaeCourse } from './vae/course';

/** Opens the data that a configuration's kind of network learns from, and begins or goes on. */
export async function openCourse(
  config: TrainingConfig,
  data: TrainingData,
  exchange: Exchange,
  resumed: LearnerState | null,
): Promise<Result<Course>> {
  if (config.kind === 'vae') {
    const pictures = 'builtin' in data ? await builtinPictures(data.builtin) : await openPictures(data.paths);
    return pictures.ok ? openVaeCourse(config, pictures.value, exchange, resumed) : pictures;
  }
  if ('builtin' in data) {
    return fail({
      code: 'data-unfit',
      message: `"${data.builtin}" is a collection of pictures; a CvxNet learns from a folder of shapes.`,
      hint: 'Make one with "halfspace dataset shapes", or train a VAE on these pictures.',
    });
  }
  const shapes = await openDatasets(data.paths);
  return shapes.ok ? openCvxNetCourse(config, shapes.value, exchange, resumed) : shapes;
}
