import { existsSync } from 'node:fs';
import { samplesSeen } from '../../src/shared/recipes/training';
import type { ModelCard } from '../../src/shared/contract/learning';
import { fail, ok, type Result } from '../../src/shared/result';
import { readRunConfig, runFiles } from '../../src/main/engine/training/run-folder';
import { readCurve } from '../../src/main/engine/training/curve';
import { readModel, type WeightArray } from '../../src/main/files/model';
import { readCheckpoint } from '../../src/main/files/safetensors/checkpoint';
import { isTrainable } from '../../src/main/learning/network/weights';
import { weightSpecs } from '../../src/main/learning/cvxnet/network/layout';
import type { NetworkConfig } from '../../src/shared/recipes/network';

/** What a run has learned. */
export interface Trained {
  readonly config: NetworkConfig;
  readonly weights: ReadonlyMap<string, WeightArray>;
  readonly card: ModelCard;
}

/**
 * The best model of a run; of one that was not validated yet, the weights of its last checkpoint: their moving average
 * where it keeps one. Problems: no run, a checkpoint without a weight of its network.
 */
export async function readTrained(run: string): Promise<Result<Trained>> {
  const files = runFiles(run);
  return existsSync(files.best) ? readModel(files.best) : readLast(run, files.checkpoint);
}

async function readLast(run: string, path: string): Promise<Result<Trained>> {
  const training = await readRunConfig(run);
  if (!training.ok) return training;
  if (training.value.kind !== 'cvxnet') return damaged(path, 'it is of a VAE');
  const checkpoint = await readCheckpoint(path);
  if (!checkpoint.ok) return checkpoint;
  const { network, average } = training.value;
  const { tensors, metadata } = checkpoint.value;
  const { step } = JSON.parse(metadata.get('state') ?? '{}') as { step?: number };
  if (typeof step !== 'number') return damaged(path, 'it does not say its step');
  const curve = await readCurve(run, step, 'cvxnet');
  if (!curve.ok) return curve;
  const specs = weightSpecs(network);
  const weights = new Map<string, WeightArray>();
  for (const { name, shape } of specs) {
    const stored = tensors.get(`${average === null ? 'weights' : 'average'}/${name}`);
    if (stored?.dtype !== 'F32' || stored.shape.join() !== shape.join()) {
      return damaged(path, `it has no weight ${name} of the shape (${shape.join(', ')})`);
    }
    weights.set(name, { shape, data: stored.data });
  }
  const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  return ok({
    config: network,
    weights,
    card: {
      title: 'Last of a training run',
      network,
      training: training.value,
      data: '',
      stepsDone: step,
      samplesSeen: samplesSeen(training.value, step),
      parameters: specs.filter(isTrainable).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      curve: curve.value,
      test: null,
    },
  });
}

function damaged(path: string, what: string): Result<never> {
  return fail({ code: 'checkpoint-damaged', message: `${path}: ${what}.`, hint: 'Continue the training.' });
}
