import { max, tensor, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import { takeValues } from '../../../compute/read';
import { convexField } from '../../../compute/kernels/register';
import type { Weights } from '../../network/weights';
import { inferLogits } from '../network/model';
import { shapesOfLogits } from '../parameters';

export interface HeldOutShape {
  readonly family: string;
  /** [S, S, C] */
  readonly image: Float32Array;
  /** [grid^3]; null without a teacher. */
  readonly grid: Float32Array | null;
  readonly points: LabelledPoints;
}

/** Shapes that go through the network at once. */
const BATCH = 16;

/**
 * IoU of the smooth field (indicator >= 0.5) with the labels at each shape's points, CvxNet's definition (Deng et al.
 * 2020); a shape with an empty union counts 0. All shapes have the same number of points.
 *
 * @param predict the logits [B, ...] of some of them
 */
export async function fieldIous(
  config: NetworkConfig,
  shapes: readonly HeldOutShape[],
  predict: (shapes: readonly HeldOutShape[]) => Tensor,
): Promise<number[]> {
  const ious: number[] = [];
  for (let from = 0; from < shapes.length; from += BATCH) {
    const group = shapes.slice(from, from + BATCH);
    const covered = tidy(() => {
      const logits = predict(group);
      const points = tensor(concatenate(group.map((shape) => shape.points.points)), [
        group.length,
        group[0].points.inside.length,
        config.dims,
      ]);
      const indicator = convexField({ ...shapesOfLogits(logits, config), points }, config.sharpness);
      return max(indicator, 1);
    });
    const [values] = await takeValues(covered);
    group.forEach(({ points }, i) => {
      const { inside } = points;
      let both = 0;
      let either = 0;
      for (let j = 0; j < inside.length; j++) {
        const predicted = values[i * inside.length + j] >= 0.5 ? 1 : 0;
        both += predicted & inside[j];
        either += predicted | inside[j];
      }
      ious.push(either === 0 ? 0 : both / either);
    });
  }
  return ious;
}

/** Mean over families of their means (macro) and over shapes (micro). */
export function meanIous(
  families: readonly string[],
  ious: readonly number[],
): { readonly macro: number; readonly micro: number; readonly byFamily: ReadonlyMap<string, number> } {
  const groups = new Map<string, number[]>();
  ious.forEach((iou, i) => groups.set(families[i], [...(groups.get(families[i]) ?? []), iou]));
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const byFamily = new Map([...groups].map(([family, values]) => [family, mean(values)]));
  return { macro: mean([...byFamily.values()]), micro: mean(ious), byFamily };
}

/** Logits of shapes by their pictures. */
export function logitsOfImages(
  config: NetworkConfig,
  weights: Weights,
  shapes: readonly HeldOutShape[],
): Tensor {
  return tidy(() => inferLogits(config, weights, imagesOf(config, shapes)));
}

function imagesOf(config: NetworkConfig, shapes: readonly HeldOutShape[]): Tensor4D {
  const { inputSize, inputChannels } = config;
  return tensor(concatenate(shapes.map(({ image }) => image)), [
    shapes.length,
    inputSize,
    inputSize,
    inputChannels,
  ]) as Tensor4D;
}

function concatenate(arrays: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}
