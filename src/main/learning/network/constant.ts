import { customGrad, scalar, zerosLike, type Tensor } from '@tensorflow/tfjs-core';

/**
 * What `compute` gives, a constant for every gradient taken around it. TensorFlow.js records nothing of what happens
 * inside an operation, so that the backward pass does not visit it, either.
 */
export function withoutGradient<T extends Tensor>(compute: () => T): T {
  const operation = customGrad((...args: unknown[]) => ({
    value: compute(),
    gradFunc: () => zerosLike(args[0] as Tensor),
  }));
  return operation(scalar(0)) as T;
}
