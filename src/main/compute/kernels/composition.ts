import {
  add,
  div,
  exp,
  expandDims,
  log,
  matMul,
  max,
  mul,
  neg,
  reshape,
  sigmoid,
  squeeze,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** The tensors of a batch of shapes and their query points. */
export interface FieldTensors {
  /** [B, K, H, D] unit normals. */
  readonly normals: Tensor;
  /** [B, K, H] */
  readonly offsets: Tensor;
  /** [B, K, D] */
  readonly translations: Tensor;
  /** [B, K] */
  readonly smoothness: Tensor;
  /** [B, M, D] */
  readonly points: Tensor;
}

/** H and what the stable log-sum-exp over the planes (axis 2) leaves: all but `phi` are [B, K, H, M]. */
function smoothMaximum({ normals, offsets, translations, smoothness, points }: FieldTensors) {
  const [batch, parts, planes, dims] = normals.shape;
  const delta = reshape(smoothness, [batch, parts, 1, 1]);
  const along = matMul(reshape(normals, [batch, parts * planes, dims]), points, false, true);
  const level = add(sum(mul(normals, expandDims(translations, 2)), 3), offsets);
  const distances = sub(reshape(along, [batch, parts, planes, -1]), expandDims(level, 3));
  const largest = max(distances, 2, true);
  const powers = exp(mul(delta, sub(distances, largest)));
  const total = sum(powers, 2, true);
  const phi = add(largest, div(log(total), delta));
  return { distances, largest, powers, total, phi, delta };
}

/** Indicators [B, K, M] from stock operations; materialises [B, K, H, M]. For backends without a fused kernel. */
export function composedField(inputs: FieldTensors, sharpness: number): Tensor {
  const { phi } = smoothMaximum(inputs);
  return squeeze(sigmoid(mul(-sharpness, phi)), [2]);
}

/**
 * Gradients by the analytic formulas instead of the stock ones: those give every tied plane of a maximum the whole
 * upstream. `upstream` is [B, K, M].
 */
export function composedGradient(inputs: FieldTensors, upstream: Tensor, sharpness: number): FieldTensors {
  const { normals, translations, points } = inputs;
  const [batch, parts, planes, dims] = normals.shape;
  const { distances, largest, powers, total, phi, delta } = smoothMaximum(inputs);
  const weights = div(powers, total);
  const logit = mul(sharpness, phi);
  const slope = mul(mul(-sharpness, expandDims(upstream, 2)), mul(sigmoid(neg(logit)), sigmoid(logit)));
  const shares = mul(slope, weights);
  const flat = reshape(shares, [batch, parts * planes, -1]);
  const mass = sum(shares, 3);
  const moments = reshape(matMul(flat, points), normals.shape);
  const tilt = sub(sum(mul(weights, sub(distances, largest)), 2, true), sub(phi, largest));
  return {
    normals: sub(moments, mul(expandDims(mass, 3), expandDims(translations, 2))),
    offsets: neg(mass),
    translations: neg(sum(mul(expandDims(mass, 3), normals), 2)),
    smoothness: div(sum(mul(slope, tilt), [2, 3]), squeeze(delta, [2, 3])),
    points: matMul(flat, reshape(normals, [batch, parts * planes, dims]), true),
  };
}
