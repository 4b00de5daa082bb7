import type { Tensor } from '@tensorflow/tfjs-core';
import { readMetrics } from '../../files/tensorboard/metrics';
import { writeModel } from '../../files/model';
import { ok, type Result } from '../../../shared/result';
import { samplesSeen, type TrainingConfig } from '../../../shared/contract/training';
import { isTrainable } from '../../learning/network/weights';
import { weightSpecs } from '../../learning/cvxnet/network/layout';
import type { Weights } from '../../learning/network/weights';
import { runFiles } from './run-folder';

/** [step, IoU] of the validations of a run. */
export type Curve = readonly (readonly [number, number])[];

/** The validations that a resumed run has behind it. */
export async function readCurve(runFolder: string, upToStep: number): Promise<Result<Curve>> {
  if (upToStep === 0) return ok([]);
  const metrics = await readMetrics(runFiles(runFolder).metrics);
  if (!metrics.ok) return metrics;
  return ok(
    metrics.value.rows.flatMap(({ step, values: { validationIou } }) =>
      validationIou === undefined || step > upToStep ? [] : [[step, validationIou] as const],
    ),
  );
}

/** Writes the best weights so far as a model file that reconstructs at once. */
export function saveBest(
  path: string,
  config: TrainingConfig,
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
    weights: new Map(
      specs.map(({ name, shape }) => [
        name,
        { shape, data: (weights.get(name) as Tensor).dataSync() as Float32Array },
      ]),
    ),
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
