import { pictureStep, type CvxNetTraining } from '../../../shared/recipes/training';
import type { ShapeDataset } from '../../../shared/dataset/types';
import { fail, ok, type Result } from '../../../shared/result';
import { takeValues } from '../../compute/read';
import { createLearner, type Learner } from '../../learning/cvxnet/training/learner';
import { meanIous } from '../../learning/cvxnet/training/validate';
import type { Exchange } from '../../learning/training/exchange';
import type { LearnerState } from '../../learning/training/state';
import type { Course } from './course';
import { heldOutLogits, measureHeldOut, readHeldOut, spread } from './held-out';
import { createLoader } from './loader';
import { saveBest } from './save-best';
import { startingWeights } from './start-state';

/**
 * Problems: a data set without a shape to learn from or one to validate on, a shape that cannot be read.
 * @param resumed the state to go on from; owned by the course from now on
 */
export async function openCvxNetCourse(
  config: CvxNetTraining,
  dataset: ShapeDataset,
  exchange: Exchange,
  resumed: LearnerState | null,
): Promise<Result<Course>> {
  for (const split of ['train', 'validation'] as const) {
    if (dataset.shapes(split).length > 0) continue;
    return fail({
      code: 'data-too-small',
      message: `${dataset.name} has no shapes in its ${split} split.`,
      hint: 'Take a data set with at least one shape to learn from and one to validate on.',
    });
  }
  const shown =
    exchange.rank === 0 ? await readHeldOut(dataset, spread(dataset, 'validation', 1)[0], config) : null;
  if (shown?.ok === false) return shown;
  let start: Parameters<typeof createLearner>[1] | null = resumed;
  if (start === null) {
    const weights = await startingWeights(dataset, config);
    if (!weights.ok) return weights;
    start = { step: 0, weights: weights.value, average: null };
  }
  const learner = createLearner(config, start, exchange);
  const loader = createLoader(dataset, config, exchange);
  return ok({
    get step() {
      return learner.step;
    },
    learn: async () => {
      const rows = await loader.take(learner.step);
      if (!rows.ok) return rows;
      await learner.learn(rows.value);
      return ok({ samples: rows.value.length });
    },
    figures: learner.figures,
    validate: () => validate(config, dataset, exchange, learner),
    preview: async () => {
      if (shown === null) return null;
      const [values] = await takeValues(heldOutLogits(config, learner.best(), [shown.value], learner.step));
      return { kind: 'shape', logits: Float64Array.from(values) };
    },
    saveBest: (path, curve) => saveBest(path, config, dataset.name, learner.best(), curve),
    state: learner.state,
    dispose: learner.dispose,
  });
}

async function validate(
  config: CvxNetTraining,
  dataset: ShapeDataset,
  exchange: Exchange,
  learner: Learner,
): ReturnType<Course['validate']> {
  const shapes = spread(dataset, 'validation', config.validation.shapes);
  const mine = shapes.filter((_, i) => i % exchange.count === exchange.rank);
  const ious = await measureHeldOut(dataset, mine, config, learner.best(), learner.step);
  if (!ious.ok) return ious;
  const all = new Float32Array(shapes.length);
  ious.value.forEach((iou, i) => (all[i * exchange.count + exchange.rank] = iou * exchange.count));
  exchange.average(all);
  const { macro, micro } = meanIous(
    shapes.map(({ family }) => family),
    [...all],
  );
  // What shapes decoded from their own grids reach is no reconstruction yet.
  if (pictureStep(config, learner.step) <= 0) return ok({ figures: { teacherIou: macro }, value: null });
  return ok({ figures: { validationIou: macro, validationIouMicro: micro }, value: macro });
}
