import { mul, reshape, tensor2d, transpose, type Tensor4D } from '@tensorflow/tfjs-core';
import { product } from '../../network/dense';
import type { Place, Upstream } from './upstream';

/**
 * The mean over the pixels of what a convolution hands down: sum_pq g[p, q, k] =
 * sum_abo W[a, b, k, o] sum_yx dy[y, x, o] where tap (a, b) of output (y, x) lies inside the map [.., h, w, K]. Two
 * small products in place of a transposed convolution.
 */
export function meanOfPulled(
  { values, repeats }: Upstream,
  kernel: Tensor4D,
  [, height, width]: readonly number[],
  { stride, padding }: Place,
): Upstream {
  const [count, rows, columns, outputs] = values.shape;
  const [high, wide, inputs] = kernel.shape;
  const taps = high * wide;
  const inside = tensor2d(tapsInside([height, width], [rows, columns], [high, wide], stride, padding), [
    taps,
    rows * columns,
  ]);
  const byPixel = transpose(reshape(values, [count, rows * columns, outputs]), [1, 0, 2]);
  const perTap = product(inside, reshape(byPixel, [rows * columns, count * outputs]));
  const perPicture = transpose(reshape(perTap, [taps, count, outputs]), [1, 0, 2]);
  const matrix = reshape(transpose(kernel, [0, 1, 3, 2]), [taps * outputs, inputs]);
  const sums = product(reshape(perPicture, [count, taps * outputs]), matrix);
  return { values: mul(sums, 1 / (height * width)), repeats };
}

type Pair = readonly [number, number];

/** [taps, outputs] row by row: 1 where a tap of an output's window lies inside the map. */
function tapsInside(
  [height, width]: Pair,
  [rows, columns]: Pair,
  [high, wide]: Pair,
  stride: number,
  padding: number,
): Float32Array {
  const matrix = new Float32Array(high * wide * rows * columns);
  const isInside = (output: number, tap: number, size: number): boolean => {
    const place = output * stride + tap - padding;
    return place >= 0 && place < size;
  };
  let at = 0;
  for (let a = 0; a < high; a++) {
    for (let b = 0; b < wide; b++) {
      for (let y = 0; y < rows; y++) {
        for (let x = 0; x < columns; x++)
          matrix[at++] = isInside(y, a, height) && isInside(x, b, width) ? 1 : 0;
      }
    }
  }
  return matrix;
}
