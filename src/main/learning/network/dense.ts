import { add, customGrad, matMul, transpose, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * x kernel + bias of x [B, I] and kernel [I, O]. The stock gradient asks for products of transposed matrices, for
 * which the wasm backend has only a slow loop; here the small matrices are transposed, never the kernel.
 */
export function dense(x: Tensor, kernel: Tensor, bias: Tensor): Tensor {
  return add(product(x, kernel), bias);
}

/** x kernel of x [B, I] and kernel [I, O]. */
export function product(x: Tensor, kernel: Tensor): Tensor {
  return customGrad((...args: unknown[]) => {
    const [input, matrix, save] = args as [Tensor2D, Tensor2D, (tensors: Tensor[]) => void];
    save([input, matrix]);
    return {
      value: matMul(input, matrix),
      gradFunc: (dy: Tensor, saved: Tensor[]) => [
        transpose(matMul(saved[1], transpose(dy))),
        matMul(transpose(saved[0]), dy),
      ],
    };
  })(x, kernel);
}

/** y kernel^T of y [B, O] and kernel [I, O]: what a dense layer hands down, itself differentiable in both. */
export function productWithTransposed(y: Tensor, kernel: Tensor): Tensor {
  return customGrad((...args: unknown[]) => {
    const [input, matrix, save] = args as [Tensor2D, Tensor2D, (tensors: Tensor[]) => void];
    save([input, matrix]);
    return {
      value: transpose(matMul(matrix, transpose(input))),
      gradFunc: (dy: Tensor, saved: Tensor[]) => [
        matMul(dy as Tensor2D, saved[1] as Tensor2D),
        matMul(transpose(dy), saved[0]),
      ],
    };
  })(y, kernel);
}
