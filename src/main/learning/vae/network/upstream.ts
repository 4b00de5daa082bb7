import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Gradients on their way down: `repeats` of them for each picture, [repeats * N, ...], repeats first. Where they do not
 * depend on the picture yet, N is 1.
 */
export interface Upstream {
  readonly values: Tensor;
  readonly repeats: number;
}

/** Where a convolution's windows lie: a stride, and the same padding on every side, pixels. */
export type Place = Readonly<{ stride: number; padding: number }>;
