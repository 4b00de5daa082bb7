import { writeModel } from '../../files/model';
import type { Result } from '../../../shared/result';
import { samplesSeen, type CvxNetTraining } from '../../../shared/recipes/training';
import { isTrainable } from '../../learning/network/weights';
import { storedWeights } from './stored-weights';
import { weightSpecs } from '../../learning/cvxnet/network/layout';
import type { Weights } from '../../learning/network/weights';
import type { Curve } from './curve';

/** Writes the best weights so far as a model file that reconstructs at once. */
export async function saveBest(
  path: string,
  config: CvxNetTraining,
  data: string,
  weights: Weights,
  curve: Curve,
): Promise<Result<number>> {
  const { network } = config;
  const step = curve.at(-1)?.[0] ?? 0;
  const specs = weightSpecs(network);
  const trained = specs.filter(isTrainable);
  return writeModel(path, {
    config: network,
    precision: 'F32',
    weights: await storedWeights(specs, weights),
    card: {
      title: 'Best of a training run',
      network,
      training: config,
      data,
      stepsDone: step,
      samplesSeen: samplesSeen(config, step),
      parameters: trained.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
      curve,
      test: null,
    },
  });
}
