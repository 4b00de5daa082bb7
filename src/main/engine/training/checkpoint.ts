import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { trainingConfigSchema, type TrainingConfig } from '../../../shared/recipes/training';
import { fail, ok, type Result } from '../../../shared/result';
import { readCheckpoint, writeCheckpoint } from '../../files/safetensors/checkpoint';
import type { SafetensorsContent, StoredTensor } from '../../files/safetensors/types';
import { readArrays as readTensors, type ReadArray } from '../../compute/read';
import type { AdamState } from '../../learning/training/adam';
import type { LearnerState } from '../../learning/training/state';
import type { WeightSpec } from '../../learning/network/weights';
import { networkEngine } from '../networks';

/** How a run stands beside its network and optimiser. */
export interface RunState {
  readonly best: number | null;
  /** Validations since the best one. */
  readonly sinceBest: number;
}

type Arrays = ReadonlyMap<string, ReadArray>;

/**
 * Writes weights, moving average, both moments of the optimiser, the same of a discriminator, and the step. The data
 * order and every draw follow from the configuration's seed and the step, so these two are the generator's state.
 */
export async function saveCheckpoint(
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
  const putTrained = async (
    prefix: string,
    { weights, adam }: Pick<LearnerState, 'weights' | 'adam'>,
  ): Promise<void> => {
    put(`${prefix}weights`, await readTensors(weights));
    put(`${prefix}first`, adam.first);
    put(`${prefix}second`, adam.second);
  };
  const { discriminator } = learner;
  await putTrained('', learner);
  if (learner.average !== null) put('average', await readTensors(learner.average));
  if (discriminator) await putTrained('discriminator/', discriminator);
  const state = {
    step: learner.step,
    adamStep: learner.adam.step,
    ...(discriminator && { discriminatorAdamStep: discriminator.adam.step }),
    ...run,
  };
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
  const { config, step, adamStep, discriminatorAdamStep, best, sinceBest } = head.value;
  const { tensors } = content.value;
  const specs = networkEngine(config.kind).trained(config);
  const trained = readTrained(tensors, '', specs.weights, adamStep, path);
  if (!trained.ok) return trained;
  const average = specs.average ? readArrays(tensors, 'average', specs.weights, path) : ok(null);
  if (!average.ok) return average;
  const discriminator =
    specs.discriminator === null
      ? ok(null)
      : readTrained(tensors, 'discriminator/', specs.discriminator, discriminatorAdamStep ?? 0, path);
  if (!discriminator.ok) return discriminator;
  const asTensors = ({ weights, adam }: TrainedArrays) => ({ weights: tensorsOf(weights), adam });
  return ok({
    config,
    learner: {
      step,
      ...asTensors(trained.value),
      average: average.value === null ? null : tensorsOf(average.value),
      ...(discriminator.value && { discriminator: asTensors(discriminator.value) }),
    },
    run: { best, sinceBest },
  });
}

interface TrainedArrays {
  readonly weights: Arrays;
  readonly adam: AdamState;
}

/** Weights with the moments of those that the optimiser moves. */
function readTrained(
  tensors: SafetensorsContent['tensors'],
  prefix: string,
  specs: readonly WeightSpec[],
  adamStep: number,
  path: string,
): Result<TrainedArrays> {
  const weights = readArrays(tensors, `${prefix}weights`, specs, path);
  if (!weights.ok) return weights;
  // A stage trains some of the weights, and only these have moments.
  const moved = specs.filter(({ name }) => tensors.has(`${prefix}first/${name}`));
  const first = readArrays(tensors, `${prefix}first`, moved, path);
  if (!first.ok) return first;
  const second = readArrays(tensors, `${prefix}second`, moved, path);
  if (!second.ok) return second;
  return ok({ weights: weights.value, adam: { step: adamStep, first: first.value, second: second.value } });
}

function readArrays(
  tensors: SafetensorsContent['tensors'],
  prefix: string,
  wanted: readonly WeightSpec[],
  path: string,
): Result<Arrays> {
  const found = new Map<string, ReadArray>();
  for (const { name, shape } of wanted) {
    const one = tensors.get(`${prefix}/${name}`);
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
}

interface Head extends RunState {
  readonly config: TrainingConfig;
  readonly step: number;
  readonly adamStep: number;
  /** Absent without a discriminator. */
  readonly discriminatorAdamStep: number | undefined;
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
    const { step, adamStep, discriminatorAdamStep, sinceBest } = state;
    // Checkpoints named it for CvxNet's IoU before there were others.
    const best = state.best === undefined ? state.bestIou : state.best;
    if (!whole(step) || !whole(adamStep) || !whole(sinceBest)) return wrong('its state is not valid');
    if (discriminatorAdamStep !== undefined && !whole(discriminatorAdamStep))
      return wrong('its state is not valid');
    if (best !== null && typeof best !== 'number') return wrong('its state is not valid');
    return ok({ config: config.data, step, adamStep, discriminatorAdamStep, sinceBest, best });
  } catch {
    return wrong('its texts are not valid JSON');
  }
}

function tensorsOf(arrays: Arrays): ReadonlyMap<string, Tensor> {
  return new Map([...arrays].map(([name, { values, shape }]) => [name, tensor(values, [...shape])]));
}
