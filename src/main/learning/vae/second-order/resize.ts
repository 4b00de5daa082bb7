import '../../../compute/kernels/generated/stock-gradients';
import { matMul, reshape, tensor2d, transpose, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

/**
 * Bilinear resize of [N, h, w, C] to [N, height, width, C] with half-pixel centres, as PyTorch has it without
 * align_corners: two products with constant matrices, so that it has gradients of every order. TensorFlow.js' own has
 * a wrong first gradient and no second.
 */
export function resizeBilinear(x: Tensor4D, height: number, width: number): Tensor4D {
  const [count, oldHeight, oldWidth, channels] = x.shape;
  const wide = along(reshape(x, [count * oldHeight, oldWidth, channels]), width);
  const tall = along(reshape(wide, [count, oldHeight, width * channels]), height);
  return reshape(tall, [count, height, width, channels]);
}

/** [A, old, B] to [A, size, B]. */
function along(x: Tensor, size: number): Tensor {
  const [outer, old, inner] = x.shape;
  const rows = reshape(transpose(x, [1, 0, 2]), [old, outer * inner]);
  const resized = matMul(tensor2d(resizeMatrix(old, size), [size, old]), rows);
  return transpose(reshape(resized, [size, outer, inner]), [1, 0, 2]);
}

/** [size, old] row by row: what every old value gives to every new one. */
export function resizeMatrix(old: number, size: number): Float32Array {
  const matrix = new Float32Array(size * old);
  for (let i = 0; i < size; i++) {
    const place = Math.min(Math.max(((i + 0.5) * old) / size - 0.5, 0), old - 1);
    const first = Math.min(Math.floor(place), Math.max(old - 2, 0));
    const share = place - first;
    matrix[i * old + first] += 1 - share;
    if (share > 0) matrix[i * old + first + 1] += share;
  }
  return matrix;
}
