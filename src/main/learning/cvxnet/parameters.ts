import {
  add,
  concat,
  cos,
  mul,
  reshape,
  sigmoid,
  sin,
  slice,
  squeeze,
  stack,
  tanh,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { REFERENCE_SMOOTHNESS, type LogitLayout } from '../../../shared/shape/parameters';

/** A batch of packed shapes: the parameters that convexField takes. */
export interface ShapeTensors {
  readonly normals: Tensor;
  readonly offsets: Tensor;
  readonly translations: Tensor;
  readonly smoothness: Tensor;
}

/**
 * The decoder's output [B, K + K D + K H D] to shapes (CvxNet, Deng et al. 2020): K blend logits, K translations as
 * they are, then per plane D - 1 angle logits and one offset logit. The float64 twin is shapeOfLogits.
 */
export function shapesOfLogits(logits: Tensor, layout: LogitLayout): ShapeTensors {
  const { dims, parts, planes, smoothness: range = REFERENCE_SMOOTHNESS } = layout;
  const batch = logits.shape[0] as number;
  const cut = (from: number, length: number) => slice(logits, [0, from], [batch, length]);
  const theta = reshape(cut(parts * (1 + dims), parts * planes * dims), [batch, parts, planes, dims]);
  const component = (i: number) => squeeze(slice(theta, [0, 0, 0, i], [batch, parts, planes, 1]), [3]);
  const angle = (i: number) => mul(Math.PI, tanh(component(i)));
  const azimuth = angle(0);
  const plane = [cos(azimuth), sin(azimuth)];
  const altitude = dims === 3 ? angle(1) : undefined;
  const axes =
    altitude === undefined
      ? plane
      : [mul(sin(altitude), plane[0]), mul(sin(altitude), plane[1]), cos(altitude)];
  return {
    normals: stack(axes, 3),
    offsets: mul(0.5, sigmoid(component(dims - 1))),
    translations: reshape(cut(parts, parts * dims), [batch, parts, dims]),
    smoothness: add(range.from, mul(range.to - range.from, sigmoid(cut(0, parts)))),
  };
}

/** Sample points [B, N, D] followed by the K translations: the queries of the losses. */
export function appendCentres(points: Tensor, shapes: ShapeTensors): Tensor {
  return concat([points, shapes.translations], 1);
}
