import type { Result } from '../../../shared/result';
import type { Learner } from '../../learning/cvxnet/training/learner';
import type { TrainingSetting } from './train';

/** placeholder until model files land */
export async function saveBest(
  _path: string,
  _setting: TrainingSetting,
  _learner: Learner,
): Promise<Result<null>> {
  return { ok: true, value: null };
}
