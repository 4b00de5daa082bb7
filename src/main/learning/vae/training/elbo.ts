import {
  abs,
  add,
  customGrad,
  exp,
  log1p,
  mean,
  mul,
  neg,
  relu,
  reshape,
  sigmoid,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { VaeTraining } from '../../../../shared/recipes/vae';

/**
 * What a picture's reconstruction costs, [N]: over pixels and channels the sum of the cross-entropy of logits [N, H, W,
 * C], or of half the squared error of their sigmoid, which is a Gaussian of variance 1 without its constant.
 */
export function reconstructionErrors(
  logits: Tensor4D,
  images: Tensor4D,
  likelihood: VaeTraining['likelihood'],
): Tensor {
  const count = images.shape[0];
  const each =
    likelihood === 'bernoulli'
      ? crossEntropy(logits, images)
      : mul(0.5, square(sub(sigmoid(logits), images)));
  return sum(reshape(each, [count, images.size / count]), 1);
}

/** Of logits, stable for any: max(l, 0) - l x + log(1 + exp(-|l|)). One operation, whose gradient is sigmoid(l) - x. */
function crossEntropy(logits: Tensor4D, images: Tensor4D): Tensor {
  return customGrad((...args: unknown[]) => {
    const [l, save] = args as [Tensor4D, (tensors: Tensor[]) => void];
    save([l, images]);
    return {
      value: add(sub(relu(l), mul(l, images)), log1p(exp(neg(abs(l))))),
      gradFunc: (dy: Tensor, [saved, target]: Tensor[]) => mul(dy, sub(sigmoid(saved), target)),
    };
  })(logits);
}

/** Divergence of N(mu, exp(logvar)) from the prior N(0, 1) per picture and latent, [N, D], nats. */
export function divergences(mu: Tensor, logvar: Tensor): Tensor {
  return mul(0.5, sub(sub(add(square(mu), exp(logvar)), logvar), 1));
}

/** Mean over pictures of the sum over latents. */
export function meanDivergence(mu: Tensor, logvar: Tensor): Tensor {
  return mean(sum(divergences(mu, logvar), 1));
}

/** z = mu + exp(logvar / 2) noise, [N, D]. */
export function sampleCodes(mu: Tensor, logvar: Tensor, noise: Tensor): Tensor {
  return add(mu, mul(exp(mul(0.5, logvar)), noise));
}
