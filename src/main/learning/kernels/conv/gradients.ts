import { concat, conv2d, reshape, slice, transpose, type Tensor4D } from '@tensorflow/tfjs-core';
import { hasTrainingKernels, runTrainingKernel } from '../training/register';
import { convGeometry, cropEnd, explicitPadding, insertZeros, type ConvAttributes } from './geometry';

type Shape4D = [number, number, number, number];

/**
 * The gradient of a convolution in its filter, [KH, KW, I, O] of x [B, H, W, I] and dy [B, OH, OW, O]:
 * dW[a, b, i, o] = sum_nyx x[n, y s + a - top, x s + b - left, i] dy[n, y, x, o]. That is itself a convolution: images
 * and input channels trade places, dy is the filter, dilated by the stride, and the taps are the output's pixels.
 */
export function filterGradient(
  x: Tensor4D,
  dy: Tensor4D,
  filterShape: Shape4D,
  attributes: ConvAttributes,
): Tensor4D {
  const { height, width, top, left } = convGeometry(x.shape, filterShape, attributes);
  const [taps, across, inputs, outputs] = filterShape;
  const fits = inputs % 4 === 0 && outputs % 8 === 0 && height.stride === width.stride;
  if (fits && hasTrainingKernels()) {
    const numbers = { taps, across, stride: height.stride, top, left };
    return runTrainingKernel('FilterGradient', { x, dy }, numbers) as Tensor4D;
  }
  const bottom = (height.output - 1) * height.stride + height.taps - height.input - top;
  const right = (width.output - 1) * width.stride + width.taps - width.input - left;
  const byChannel = transpose(cropEnd(x, bottom, right), [3, 1, 2, 0]);
  const asFilter = transpose(dy, [1, 2, 0, 3]);
  const padding = explicitPadding(top, bottom, left, right);
  const summed = conv2d(byChannel, asFilter, 1, padding, 'NHWC', [height.stride, width.stride]);
  return transpose(summed, [1, 2, 0, 3]);
}

/**
 * The gradient of a convolution in its input, [B, H, W, I] of dy [B, OH, OW, O] and the filter [KH, KW, I, O]: the
 * forward convolution of dy, spread by the stride, with the filter turned by half a turn and its channels exchanged.
 */
export function inputGradient(
  dy: Tensor4D,
  filter: Tensor4D,
  inputShape: Shape4D,
  attributes: ConvAttributes,
): Tensor4D {
  const { height, width, top, left } = convGeometry(inputShape, filter.shape, attributes);
  const before = [height.taps - 1 - top, width.taps - 1 - left];
  if (Math.min(...before) < 0)
    throw new Error('The padding of a convolution must be smaller than its filter.');
  const bottom = height.input + top - height.output * height.stride;
  const right = width.input + left - width.output * width.stride;
  const spread = cropEnd(insertZeros(dy, height.stride, width.stride), bottom, right);
  const turned = hasTrainingKernels()
    ? (runTrainingKernel('TurnFilter', { filter }) as Tensor4D)
    : transpose(halfTurn(filter), [0, 1, 3, 2]);
  return conv2d(spread, turned, 1, explicitPadding(before[0], bottom, before[1], right));
}

/** Both spatial axes reversed, tap by tap: the wasm backend's reverse and gather move one number at a time. */
function halfTurn(filter: Tensor4D): Tensor4D {
  const [rows, columns, inputs, outputs] = filter.shape;
  const taps = rows * columns;
  if (taps === 1) return filter;
  const flat = reshape(filter, [taps, inputs * outputs]);
  const backwards = Array.from({ length: taps }, (_, i) =>
    slice(flat, [taps - 1 - i, 0], [1, inputs * outputs]),
  );
  return reshape(concat(backwards, 0), filter.shape);
}
