import '../../../compute/kernels/generated/stock-gradients';
import {
  add,
  reshape,
  mean,
  customGrad,
  exp as stockExp,
  mul,
  sigmoid as stockSigmoid,
  sub,
  tanh as stockTanh,
  relu,
  square,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/**
 * Operations whose gradients may be differentiated again. TensorFlow.js 4.22 gives wrong second-order gradients,
 * silently, for those that keep their output for the backward pass, because the copy it keeps is not on the tape, and
 * none at all for others. Here the input is kept and the output computed again.
 */

/** e^x; the stock one is wrong at second order. */
export function exp(x: Tensor): Tensor {
  return again(x, stockExp, (dy, input) => mul(dy, exp(input)));
}

/** 1 / (1 + e^-x); the stock one is wrong at second order. */
export function sigmoid(x: Tensor): Tensor {
  return again(x, stockSigmoid, (dy, input) => {
    const value = sigmoid(input);
    return mul(dy, mul(value, sub(1, value)));
  });
}

/** The hyperbolic tangent; the stock one is wrong at second order. */
export function tanh(x: Tensor): Tensor {
  return again(x, stockTanh, (dy, input) => mul(dy, sub(1, square(tanh(input)))));
}

export { resizeBilinear } from './resize';

/** x where positive, else slope * x; the stock one has no second-order gradient. */
export function leakyRelu(x: Tensor, slope: number): Tensor {
  return sub(relu(x), mul(relu(mul(x, -1)), slope));
}

/** The larger of two values of one shape; the stock one has no second-order gradient. */
export function maximum(a: Tensor, b: Tensor): Tensor {
  return add(b, relu(sub(a, b)));
}

/** Means of the size x size blocks of [N, H, W, C], whose sides they divide; the stock pooling has none, either. */
export function averagePool(x: Tensor4D, size: number): Tensor4D {
  const [count, height, width, channels] = x.shape;
  const blocks = reshape(x, [count * (height / size), size, width / size, size * channels]);
  const rows = reshape(mean(blocks, 1), [count * (height / size) * (width / size), size, channels]);
  return reshape(mean(rows, 1), [count, height / size, width / size, channels]);
}

function again(x: Tensor, forward: (x: Tensor) => Tensor, back: (dy: Tensor, x: Tensor) => Tensor): Tensor {
  return customGrad((...args: unknown[]) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    save([input]);
    return { value: forward(input), gradFunc: (dy: Tensor, saved: Tensor[]) => back(dy, saved[0]) };
  })(x);
}
