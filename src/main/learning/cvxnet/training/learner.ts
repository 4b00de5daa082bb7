import { dispose, tensor, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { TrainingConfig } from '../../../../shared/contract/training';
import { createAdam, type AdamState } from '../../training/adam';
import type { Exchange } from '../../training/exchange';
import { averageDecay, rateAt, sharpnessAt } from '../../training/schedule';
import { averageTensors, copyTensors, moveAverage } from '../../training/tensors';
import type { Weights } from '../network/initialise';
import { weightSpecs } from '../network/layout';
import { stepGradients, type StepGradients, type TrainingBatch } from '../network/model';
import type { TrainingRow } from './row';

/** What a checkpoint keeps of a run, besides its configuration. */
export interface LearnerState {
  readonly step: number;
  readonly weights: Weights;
  /** Moving average of the weights; null when the configuration has none. */
  readonly average: Weights | null;
  readonly adam: AdamState;
}

export interface StepFigures {
  readonly losses: StepGradients['losses'];
  /** Of all gradients, before the clip. */
  readonly norm: number;
  readonly rate: number;
  readonly sharpness: number;
}

/** A network in training: owns its tensors. */
export interface Learner {
  /** Steps done. */
  readonly step: number;
  /** One step on this worker's rows: the same weights on every worker afterwards. */
  learn(rows: readonly TrainingRow[]): StepFigures;
  /** What is validated and kept: the average of the weights, else the weights. */
  best(): Weights;
  state(): LearnerState;
  dispose(): void;
}

/** @param start owned by the learner from now on */
export function createLearner(
  config: TrainingConfig,
  start: Omit<LearnerState, 'adam'> & { readonly adam?: AdamState },
  exchange: Exchange,
): Learner {
  const { network, optimiser } = config;
  const order = weightSpecs(network).map(({ name }) => name);
  const adam = createAdam(optimiser, start.adam);
  let { step, weights } = start;
  let average = config.average === null ? null : (start.average ?? copyTensors(weights));

  return {
    get step() {
      return step;
    },
    learn: (rows) => {
      const batch = batchOf(rows, config);
      const sharpness = sharpnessAt(config, step);
      const own = stepGradients(network, weights, batch, {
        sharpness,
        surface: config.surfaceWeight,
        exchange,
      });
      dispose([batch.images, batch.points, batch.labels]);
      const gradients = averageTensors(own.gradients, exchange);
      const rate = rateAt(config, step);
      const { weights: updated, norm } = adam.update(weights, gradients, rate);
      dispose([...gradients.values()]);
      dispose([...weights.values()]);
      weights = new Map(order.map((name) => [name, (updated.get(name) ?? own.moved.get(name)) as Tensor]));
      if (average !== null) average = moveAverage(average, weights, averageDecay(config.average!, step));
      step++;
      return { losses: averageLosses(own.losses, exchange), norm, rate, sharpness };
    },
    best: () => average ?? weights,
    state: () => ({ step, weights, average, adam: adam.state() }),
    dispose: () => {
      adam.dispose();
      dispose([...weights.values(), ...(average?.values() ?? [])]);
    },
  };
}

function batchOf(rows: readonly TrainingRow[], { network, boxPoints }: TrainingConfig): TrainingBatch {
  const { inputSize, inputChannels, dims } = network;
  const count = rows[0].labels.length;
  const join = (pick: (row: TrainingRow) => Float32Array): Float32Array => {
    const length = pick(rows[0]).length;
    const joined = new Float32Array(rows.length * length);
    rows.forEach((row, i) => joined.set(pick(row), i * length));
    return joined;
  };
  return {
    images: tensor(
      join((row) => row.image),
      [rows.length, inputSize, inputSize, inputChannels],
    ) as Tensor4D,
    points: tensor(
      join((row) => row.points),
      [rows.length, count, dims],
    ),
    labels: tensor(
      join((row) => row.labels),
      [rows.length, count],
    ),
    boxCount: boxPoints,
  };
}

function averageLosses(losses: StepGradients['losses'], exchange: Exchange): StepGradients['losses'] {
  const names = Object.keys(losses) as (keyof StepGradients['losses'])[];
  const values = Float32Array.from(names, (name) => losses[name]);
  exchange.average(values);
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as StepGradients['losses'];
}
