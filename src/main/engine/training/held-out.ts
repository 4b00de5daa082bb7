import type { Tensor } from '@tensorflow/tfjs-core';
import { pictureStep, type CvxNetTraining } from '../../../shared/recipes/training';
import type { ShapeDataset, ShapeId, Split } from '../../../shared/dataset/types';
import { ok, type Result } from '../../../shared/result';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { networkInput, viewsPerInput } from '../../learning/cvxnet/input';
import { fieldIous, logitsOfImages, type HeldOutShape } from '../../learning/cvxnet/training/validate';
import type { Weights } from '../../learning/network/weights';
import { occupancyGrid, teacherLogits } from '../../learning/cvxnet/training/teacher';

/** Box points that a validation tests; the whole set is for the evaluation. */
const POINTS = 4096;
const GROUP = 16;

/** `count` of a split's shapes, spread evenly over its list. */
export function spread(dataset: ShapeDataset, split: Split, count: number): readonly ShapeId[] {
  const all = dataset.shapes(split);
  if (count >= all.length) return all;
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]);
}

/** A held-out shape by its first view. */
export async function readHeldOut(
  dataset: ShapeDataset,
  { id, family }: ShapeId,
  { network, teacher }: CvxNetTraining,
): Promise<Result<HeldOutShape>> {
  const shape = await dataset.read(id);
  if (!shape.ok) return shape;
  const image = networkInput(network, shape.value.views.slice(0, viewsPerInput(network)));
  if (!image.ok) return image;
  const grid = teacher && occupancyGrid(shape.value.samples, teacher.grid);
  return ok({ family, image: image.value, grid, points: firstOf(shape.value.samples.box, POINTS) });
}

/** IoU of shapes, read a few at a time: in the first stage of a run by their grids, else by their pictures. */
export async function measureHeldOut(
  dataset: ShapeDataset,
  shapes: readonly ShapeId[],
  config: CvxNetTraining,
  weights: Weights,
  step: number,
): Promise<Result<number[]>> {
  const predict = (group: readonly HeldOutShape[]) => heldOutLogits(config, weights, group, step);
  const ious: number[] = [];
  for (let from = 0; from < shapes.length; from += GROUP) {
    const read = await Promise.all(
      shapes.slice(from, from + GROUP).map((id) => readHeldOut(dataset, id, config)),
    );
    const group: HeldOutShape[] = [];
    for (const one of read) {
      if (!one.ok) return one;
      group.push(one.value);
    }
    ious.push(...(await fieldIous(config.network, group, predict)));
  }
  return ok(ious);
}

/** Logits of shapes by their grids in the first stage of a run, else by their pictures. */
export function heldOutLogits(
  config: CvxNetTraining,
  weights: Weights,
  shapes: readonly HeldOutShape[],
  step: number,
): Tensor {
  const { network, teacher } = config;
  if (teacher === null || pictureStep(config, step) > 0) return logitsOfImages(network, weights, shapes);
  return teacherLogits(
    { ...config, teacher },
    weights,
    shapes.map(({ grid }) => grid!),
  );
}

function firstOf({ points, inside }: LabelledPoints, count: number): LabelledPoints {
  return { points: points.subarray(0, count * 3), inside: inside.subarray(0, count) };
}
