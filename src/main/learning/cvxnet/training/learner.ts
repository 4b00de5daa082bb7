import { dispose, tensor, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { pictureStep, type CvxNetTraining } from '../../../../shared/recipes/training';
import { createAdam, type AdamState } from '../../training/adam';
import type { Exchange } from '../../training/exchange';
import type { LearnerState } from '../../training/state';
import {
  averageDecay,
  decoderShareAt,
  rateAt,
  sharpnessAt,
  teacherWeightAt,
} from '../../../../shared/recipes/schedule';
import { holdScalars } from '../../training/figures';
import { averageTensors, copyTensors, moveAverage, partWay } from '../../training/tensors';
import type { Weights } from '../../network/weights';
import type { WeightSpec } from '../../network/weights';
import { weightSpecs } from '../network/layout';
import { stepGradients, type StepGradients, type StepOptions } from '../network/model';
import type { TrainingRow } from './row';
import { teacherCodes, teacherGradients, teacherSpecs } from './teacher';

/** The losses of a step by name, with what is minimised as `total`, and the rest of what a curve shows. */
export type StepFigures = Readonly<Record<string, number>> & {
  readonly total: number;
  /** Of all gradients, before the clip. */
  readonly gradientNorm: number;
  readonly rate: number;
  readonly sharpness: number;
};

/** A network in training: owns its tensors. */
export interface Learner {
  /** Steps done. */
  readonly step: number;
  /** One step on this worker's rows: the same weights on every worker afterwards. */
  learn(rows: readonly TrainingRow[]): Promise<void>;
  /** Reads the figures of the last step, on every worker; null before the first. */
  figures(): Promise<StepFigures | null>;
  /** What is validated and kept: the average of the weights, else the weights. */
  best(): Weights;
  state(): Promise<LearnerState>;
  dispose(): void;
}

/** @param start owned by the learner from now on */
export function createLearner(
  config: CvxNetTraining,
  start: Omit<LearnerState, 'adam'> & { readonly adam?: AdamState },
  exchange: Exchange,
): Learner {
  const order = allSpecs(config).map(({ name }) => name);
  let { step, weights } = start;
  // Each stage trains other weights, so the second begins with moments of its own.
  let adam = createAdam(config.optimiser, pictureStep(config, step) === 0 ? undefined : start.adam);
  const scalars = holdScalars(exchange);
  let last: Pick<StepFigures, 'gradientNorm' | 'rate' | 'sharpness'> | null = null;
  let average = config.average === null ? null : (start.average ?? copyTensors(weights));

  return {
    get step() {
      return step;
    },
    learn: async (rows) => {
      const options = { sharpness: sharpnessAt(config, step), surface: config.surfaceWeight, exchange };
      const own = gradientsOfRows(config, weights, rows, step, options);
      scalars.hold(own.losses);
      const gradients = await averageTensors(own.gradients, exchange);
      const rate = rateAt(config, step);
      const { weights: updated, norm } = await adam.update(weights, gradients, rate);
      dispose([...gradients.values()]);
      const share = decoderShareAt(config, step);
      const next = new Map(
        order.map((name) => {
          const old = weights.get(name) as Tensor;
          const stepped = updated.get(name);
          if (stepped === undefined || share === 1 || !isDecoder(name))
            return [name, stepped ?? own.moved.get(name) ?? old];
          const eased = partWay(old, stepped, share);
          stepped.dispose();
          return [name, eased];
        }),
      );
      for (const [name, old] of weights) if (next.get(name) !== old) old.dispose();
      weights = next;
      if (average !== null)
        average = moveAverage(average, weights, averageDecay(config.average!, config, step));
      step++;
      if (pictureStep(config, step) === 0) {
        adam.dispose();
        adam = createAdam(config.optimiser);
        // The average of the first stage is the better decoder; nothing else of it goes on.
        if (average !== null) {
          dispose([...weights.values()]);
          weights = copyTensors(average);
        }
      }
      last = { gradientNorm: norm, rate, sharpness: options.sharpness };
    },
    best: () => average ?? weights,
    figures: async () => {
      const losses = await scalars.read();
      return losses && last && ({ ...losses, ...last } as StepFigures);
    },
    state: async () => ({ step, weights, average, adam: await adam.state() }),
    dispose: () => {
      scalars.dispose();
      adam.dispose();
      dispose([...weights.values(), ...(average?.values() ?? [])]);
    },
  };
}

const isDecoder = (name: string): boolean => name.startsWith('decoder/');

/** Every weight of a run: the network's, then the teacher's. */
export function allSpecs(config: CvxNetTraining): WeightSpec[] {
  return [...weightSpecs(config.network), ...teacherSpecs(config)];
}

/** Losses and gradients of the stage that a step belongs to. */
function gradientsOfRows(
  config: CvxNetTraining,
  weights: Weights,
  rows: readonly TrainingRow[],
  step: number,
  options: StepOptions,
): StepGradients {
  const { network, teacher, boxPoints } = config;
  const pictures = pictureStep(config, step) >= 0;
  const count = rows[0].labels.length;
  const points = stackRows(rows, ({ points: own }) => own, [count, network.dims]);
  const labels = stackRows(rows, ({ labels: own }) => own, [count]);
  const grids = teacher && stackRows(rows, ({ grid }) => grid!, [teacher.grid ** 3]);
  const batch = { points, labels, boxCount: boxPoints };
  const held = [points, labels, ...(grids ? [grids] : [])];
  try {
    if (!pictures) {
      return { ...teacherGradients(config, weights, { ...batch, grids: grids! }, options), moved: new Map() };
    }
    const { inputSize, inputChannels } = network;
    const images = stackRows(rows, ({ image }) => image!, [inputSize, inputSize, inputChannels]) as Tensor4D;
    held.push(images);
    if (!grids) return stepGradients(network, weights, { ...batch, images }, options);
    const codes = tidy(() => teacherCodes(weights, grids));
    held.push(codes);
    const target = { codes, weight: teacherWeightAt(config, step) };
    return stepGradients(network, weights, { ...batch, images }, { ...options, target });
  } finally {
    dispose(held);
  }
}

function stackRows(
  rows: readonly TrainingRow[],
  pick: (row: TrainingRow) => Float32Array,
  shape: readonly number[],
): Tensor {
  const length = pick(rows[0]).length;
  const joined = new Float32Array(rows.length * length);
  rows.forEach((row, i) => joined.set(pick(row), i * length));
  return tensor(joined, [rows.length, ...shape]);
}
