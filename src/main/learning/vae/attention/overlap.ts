import { add, div, mean, minimum, mul, sum, type Tensor } from '@tensorflow/tfjs-core';

/** Where both maps are dead the overlap is 0. */
const EPSILON = 1e-8;

/**
 * 2 sum min(a, b) / (sum a + sum b) of maps [N, P, h, w] that are nowhere negative (Liu et al. 2020, Eq. 5): 0 where
 * they share no pixel, 1 where they are equal; the mean over pictures and pairs.
 */
export function attentionOverlap(a: Tensor, b: Tensor): Tensor {
  const shared = sum(minimum(a, b), [2, 3]);
  return mean(div(mul(shared, 2), add(sum(add(a, b), [2, 3]), EPSILON)));
}
