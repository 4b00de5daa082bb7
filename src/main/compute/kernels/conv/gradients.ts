import { concat, conv2d, reshape, slice, transpose, zeros, type Tensor4D } from '@tensorflow/tfjs-core';
import { hasTrainingKernels, runTrainingKernel } from '../training/register';
import { convGeometry, cropEnd, cropStart, explicitPadding, type ConvAttributes } from './geometry';

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
 * The gradient of a convolution in its input, [B, H, W, I] of dy [B, OH, OW, O] and the filter [KH, KW, I, O]. Input
 * row p hears from output row q - t by tap r + s t, where p + top = q s + r. So the rows of each remainder of the stride
 * s are a convolution of dy with every s-th tap, backwards, and lie between each other; the remainders of the columns
 * are channels of one convolution. Nothing is multiplied with the zeros that a stride leaves.
 */
export function inputGradient(
  dy: Tensor4D,
  filter: Tensor4D,
  inputShape: Shape4D,
  attributes: ConvAttributes,
): Tensor4D {
  const { height, width, top, left } = convGeometry(inputShape, filter.shape, attributes);
  const [batch, , , inputs] = inputShape;
  const down = Math.ceil(height.input / height.stride);
  const across = Math.ceil(width.input / width.stride);
  const columns = remainders(width, left);
  const rows = remainders(height, top).map((row) => {
    const part = rowsOf(dy, filter, row, columns, [down, across]);
    return reshape(part, [batch * down, across * width.stride * inputs]);
  });
  const all: Tensor4D = reshape(concat(rows, 1), [
    batch,
    down * height.stride,
    across * width.stride,
    inputs,
  ]);
  return cropEnd(all, height.input - all.shape[1], width.input - all.shape[2]);
}

interface Tap {
  readonly tap: number;
  /** Output row (or column) that it reads, less that of the input divided by the stride. */
  readonly shift: number;
}

/** For each remainder of an input's row by the stride, the taps that hear of it. */
function remainders({ stride, taps }: { stride: number; taps: number }, before: number): Tap[][] {
  return Array.from({ length: stride }, (_, remainder) => {
    const place = remainder + before;
    const found: Tap[] = [];
    for (let tap = place % stride; tap < taps; tap += stride)
      found.push({ tap, shift: (place - tap) / stride });
    return found;
  });
}

/** The input's rows of one remainder, [B, down, across, remainders of columns * I]. */
function rowsOf(
  dy: Tensor4D,
  filter: Tensor4D,
  row: readonly Tap[],
  columns: readonly (readonly Tap[])[],
  [down, across]: readonly [number, number],
): Tensor4D {
  const [, wide, inputs, outputs] = filter.shape;
  const [batch, height, width] = dy.shape;
  const every = columns.flat();
  if (row.length === 0) return zeros([batch, down, across, columns.length * inputs]);
  const [rowShifts, columnShifts] = [row, every].map(rangeOfShifts);

  const flat = reshape(filter, [filter.shape[0] * wide, inputs * outputs]);
  const nothing = zeros([1, inputs * outputs]);
  const taps = rowShifts.flatMap((rowShift) =>
    columnShifts.flatMap((columnShift) =>
      columns.map((column) => {
        const [a, b] = [tapOf(row, rowShift), tapOf(column, columnShift)];
        return a === undefined || b === undefined
          ? nothing
          : slice(flat, [a * wide + b, 0], [1, inputs * outputs]);
      }),
    ),
  );
  const size = [rowShifts.length, columnShifts.length] as const;
  const byOutput = reshape(concat(taps, 0), [size[0] * size[1], columns.length * inputs, outputs]);
  const kernel = reshape(transpose(byOutput, [0, 2, 1]), [...size, outputs, columns.length * inputs]);

  const [firstRow, firstColumn] = [rowShifts[0], columnShifts[0]];
  const bottom = down + firstRow + size[0] - 1 - height;
  const right = across + firstColumn + size[1] - 1 - width;
  const seen = cropStart(cropEnd(dy, bottom, right), Math.max(firstRow, 0), Math.max(firstColumn, 0));
  const padding = explicitPadding(Math.max(-firstRow, 0), bottom, Math.max(-firstColumn, 0), right);
  return conv2d(seen, kernel as Tensor4D, 1, padding);
}

/** From the smallest to the largest shift. */
function rangeOfShifts(taps: readonly Tap[]): number[] {
  const shifts = taps.map(({ shift }) => shift);
  const first = Math.min(...shifts);
  return Array.from({ length: Math.max(...shifts) - first + 1 }, (_, i) => first + i);
}

function tapOf(taps: readonly Tap[], shift: number): number | undefined {
  return taps.find((each) => each.shift === shift)?.tap;
}
