import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { trainingConfigSchema, type TrainingConfig } from '../../../shared/contract/training';
import { fail, ok, type Result } from '../../../shared/result';
import { readCheckpoint, writeCheckpoint } from '../../files/safetensors/checkpoint';
import type { SafetensorsContent, StoredTensor } from '../../files/safetensors/types';
import { allSpecs, type LearnerState } from '../../learning/cvxnet/training/learner';

/** How a run stands beside its network and optimiser. */
export interface RunState {
  readonly bestIou: number | null;
  /** Validations since the best one. */
  readonly sinceBest: number;
}

type Arrays = ReadonlyMap<string, { readonly values: Float32Array; readonly shape: readonly number[] }>;

/**
 * Writes weights, moving average, both moments of the optimiser, and the step. The data order and every draw follow
 * from the configuration's seed and the step, so these two are the generator's state.
 */
export function saveCheckpoint(
  path: string,
  config: TrainingConfig,
  learner: LearnerState,
  run: RunState,
): Promise<Result<number>> {
  const tensors = new Map<string, StoredTensor>();
  const put = (prefix: string, arrays: Arrays): void => {
    for (const [name, { values, shape }] of arrays) {
      tensors.set(`${prefix}/${name}`, { dtype: 'F32', shape: [...shape], data: values });
    }
  };
  put('weights', arraysOf(learner.weights));
  if (learner.average !== null) put('average', arraysOf(learner.average));
  put('first', learner.adam.first);
  put('second', learner.adam.second);
  const state = { step: learner.step, adamStep: learner.adam.step, ...run };
  return writeCheckpoint(path, {
    tensors,
    metadata: new Map([
      ['format', 'halfspace-checkpoint-1'],
      ['config', JSON.stringify(config)],
      ['state', JSON.stringify(state)],
    ]),
  });
}

export interface LoadedCheckpoint {
  readonly config: TrainingConfig;
  readonly learner: LearnerState;
  readonly run: RunState;
}

/** Reads a checkpoint; the tensors are the caller's. Every weight's name and shape is checked. */
export async function loadCheckpoint(path: string): Promise<Result<LoadedCheckpoint>> {
  const content = await readCheckpoint(path);
  if (!content.ok) return content;
  const head = readHead(content.value, path);
  if (!head.ok) return head;
  const { config, step, adamStep, bestIou, sinceBest } = head.value;
  const specs = allSpecs(config);
  // A stage trains some of the weights, and only these have moments.
  const trained = specs.filter(({ name }) => content.value.tensors.has(`first/${name}`));
  const stored = (prefix: string, wanted: typeof specs): Result<Arrays> => {
    const found = new Map<string, { values: Float32Array; shape: readonly number[] }>();
    for (const { name, shape } of wanted) {
      const one = content.value.tensors.get(`${prefix}/${name}`);
      if (one?.dtype !== 'F32' || one.shape.join() !== shape.join()) {
        return fail({
          code: 'checkpoint-mismatch',
          message: `${path}: ${prefix}/${name} ${one ? `is ${one.dtype} [${one.shape.join(', ')}]` : 'is missing'}; the configuration asks for F32 [${shape.join(', ')}].`,
          hint: 'The checkpoint was made with another configuration, or is damaged.',
        });
      }
      found.set(name, { values: one.data, shape });
    }
    return ok(found);
  };
  const weights = stored('weights', specs);
  if (!weights.ok) return weights;
  const average = config.average === null ? ok(null) : stored('average', specs);
  if (!average.ok) return average;
  const first = stored('first', trained);
  if (!first.ok) return first;
  const second = stored('second', trained);
  if (!second.ok) return second;
  return ok({
    config,
    learner: {
      step,
      weights: tensorsOf(weights.value),
      average: average.value === null ? null : tensorsOf(average.value),
      adam: { step: adamStep, first: first.value, second: second.value },
    },
    run: { bestIou, sinceBest },
  });
}

interface Head extends RunState {
  readonly config: TrainingConfig;
  readonly step: number;
  readonly adamStep: number;
}

function readHead({ metadata }: SafetensorsContent, path: string): Result<Head> {
  const wrong = (what: string) =>
    fail({
      code: 'checkpoint-damaged',
      message: `${path}: ${what}.`,
      hint: 'Choose the checkpoint.safetensors of a training run.',
    });
  if (metadata.get('format') !== 'halfspace-checkpoint-1')
    return wrong('this is no checkpoint of a training run');
  try {
    const config = trainingConfigSchema.safeParse(JSON.parse(metadata.get('config') ?? ''));
    if (!config.success) return wrong('its configuration is not valid');
    const state = JSON.parse(metadata.get('state') ?? '') as Record<string, unknown>;
    const whole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
    const { step, adamStep, bestIou, sinceBest } = state;
    if (!whole(step) || !whole(adamStep) || !whole(sinceBest)) return wrong('its state is not valid');
    if (bestIou !== null && typeof bestIou !== 'number') return wrong('its state is not valid');
    return ok({ config: config.data, step, adamStep, sinceBest, bestIou });
  } catch {
    return wrong('its texts are not valid JSON');
  }
}

function arraysOf(tensors: ReadonlyMap<string, Tensor>): Arrays {
  return new Map(
    [...tensors].map(([name, one]) => [name, { values: one.dataSync() as Float32Array, shape: one.shape }]),
  );
}

function tensorsOf(arrays: Arrays): ReadonlyMap<string, Tensor> {
  return new Map([...arrays].map(([name, { values, shape }]) => [name, tensor(values, [...shape])]));
}
