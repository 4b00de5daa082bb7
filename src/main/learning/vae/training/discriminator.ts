import {
  add,
  gather,
  leakyRelu,
  mean,
  mul,
  reshape,
  slice,
  softplus,
  sub,
  tensor1d,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import type { Random } from '../../../../shared/random';
import { dense } from '../../network/dense';
import { denseSpecs, type Weights, type WeightSpec } from '../../network/weights';

export type Factor = NonNullable<VaeTraining['factor']>;

const SLOPE = 0.2;
/** Joint codes, and codes whose latents were drawn independently. */
const CLASSES = 2;

/** FactorVAE's discriminator (Kim and Mnih 2018): leaky fully connected layers to two logits. */
export function discriminatorSpecs(
  latent: number,
  { width, layers }: Pick<Factor, 'width' | 'layers'>,
): WeightSpec[] {
  return Array.from({ length: layers + 1 }, (_, i) =>
    denseSpecs({
      name: `dense${i + 1}`,
      inputs: i === 0 ? latent : width,
      outputs: i === layers ? CLASSES : width,
    }),
  ).flat();
}

/** Logits [N, 2] of codes [N, D]: that they are joint, that they are independent. */
export function discriminate(weights: Weights, { layers }: Pick<Factor, 'layers'>, codes: Tensor): Tensor2D {
  let features = codes;
  for (let i = 1; i <= layers + 1; i++) {
    features = dense(
      features,
      weights.get(`dense${i}/kernel`) as Tensor,
      weights.get(`dense${i}/bias`) as Tensor,
    );
    if (i <= layers) features = leakyRelu(features, SLOPE);
  }
  return features as Tensor2D;
}

/** The estimate of the total correlation, nats: the mean log-odds that codes are joint. */
export function totalCorrelation(logits: Tensor2D): Tensor {
  return mean(oddsOf(logits));
}

/** Mean cross-entropy of telling joint codes from independent ones, half of either. */
export function discriminatorLoss(joint: Tensor2D, independent: Tensor2D): Tensor {
  return mul(0.5, add(mean(softplus(mul(-1, oddsOf(joint)))), mean(softplus(oddsOf(independent)))));
}

function oddsOf(logits: Tensor2D): Tensor {
  const count = logits.shape[0];
  return sub(slice(logits, [0, 0], [count, 1]), slice(logits, [0, 1], [count, 1]));
}

/** Codes [N, D] with each latent's values in an order of its own over the batch: draws from the product of marginals. */
export function permuteLatents(codes: Tensor, random: Random): Tensor2D {
  const [count, latent] = codes.shape;
  const places = new Int32Array(count * latent);
  for (let d = 0; d < latent; d++) {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    for (let n = 0; n < count; n++) places[n * latent + d] = order[n] * latent + d;
  }
  return tidy(() =>
    reshape(gather(reshape(codes, [count * latent]), tensor1d(places, 'int32')), [count, latent]),
  ) as Tensor2D;
}
