import { add, mean, mul, square, sub, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { REFERENCE_WEIGHTS } from '../../../../shared/shape/losses';
import { ALONE, type Exchange } from '../../training/exchange';
import { convexField } from '../../../compute/kernels/register';
import { trainingLosses, type LossScalars } from '../losses';
import { gradientsOf } from '../../training/gradients';
import { appendCentres, shapesOfLogits } from '../parameters';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { decode } from './decoder';
import { encode } from './encoder';
import { isTrainable, type Weights } from '../../network/weights';
import { weightSpecs } from './layout';
import { inferencePass, trainingPass, type Pass } from '../../network/pass';

/** What one step learns from. */
export interface TrainingBatch extends PointBatch {
  /** [B, S, S, C] */
  readonly images: Tensor4D;
}

/** The samples of shapes that the losses compare with. */
export interface PointBatch {
  /** [B, N, D]: `boxCount` uniform samples, then near-surface ones; N is at least the 20 of the guidance loss. */
  readonly points: Tensor;
  /** [B, N] occupancies, 0 or 1. */
  readonly labels: Tensor;
  readonly boxCount: number;
}

export interface StepGradients {
  /** Scalars on the backend; the caller's to dispose, like the rest. */
  readonly losses: LossScalars & Readonly<Record<string, Tensor>>;
  /** Of every trainable weight, in the order of weightSpecs. */
  readonly gradients: Weights;
  /** The moving statistics after this batch. */
  readonly moved: Weights;
}

/** How one step departs from the network's own sharpness and the reference's losses. */
export interface StepOptions {
  readonly sharpness?: number;
  /** Factor of the near-surface samples inside the sample loss. */
  readonly surface?: number;
  readonly exchange?: Exchange;
  /** Where the latent codes are drawn to, [B, L], and how strongly. */
  readonly target?: { readonly codes: Tensor; readonly weight: number };
}

/** The logits [B, K + K D + K H D] of images [B, S, S, C], by the moving statistics. */
export function inferLogits(config: NetworkConfig, weights: Weights, images: Tensor4D): Tensor {
  return tidy(() => predict(config, inferencePass(weights), images));
}

/**
 * Losses of one batch, by the batch's own statistics, and their gradients. The convex field of the backend must have
 * been registered, and on wasm the gradients of convolutions. No weight changes. With an exchange the batch is one
 * worker's share and its normalisation that of the whole; the average of the workers' gradients is that of the batch.
 */
export function stepGradients(
  config: NetworkConfig,
  weights: Weights,
  batch: TrainingBatch,
  options: StepOptions = {},
): StepGradients {
  const { exchange = ALONE, target } = options;
  const names = weightSpecs(config)
    .filter(isTrainable)
    .map(({ name }) => name);
  const moved = new Map<string, Tensor>();
  const step = gradientsOf(weights, names, () => {
    const pass = trainingPass(weights, moved, exchange);
    const codes = encode(config, pass, batch.images);
    const losses = shapeLosses(config, decode(config, pass, codes), batch, options);
    if (target === undefined) return losses;
    const code = mean(square(sub(codes, target.codes)));
    return { ...losses, code, total: add(losses.total, mul(target.weight, code)) as Tensor };
  });
  return { ...step, moved };
}

function predict(config: NetworkConfig, pass: Pass, images: Tensor4D): Tensor {
  return decode(config, pass, encode(config, pass, images));
}

/** CvxNet's losses of the shapes that logits [B, ...] describe. */
export function shapeLosses(
  config: NetworkConfig,
  logits: Tensor,
  { points, labels, boxCount }: PointBatch,
  { sharpness = config.sharpness, surface = REFERENCE_WEIGHTS.surface }: StepOptions,
): LossScalars & Readonly<Record<string, Tensor>> {
  const shapes = shapesOfLogits(logits, config);
  const indicator = convexField({ ...shapes, points: appendCentres(points, shapes) }, sharpness);
  const { offsets, translations } = shapes;
  return {
    ...trainingLosses(
      { indicator, points, labels, boxCount, offsets, translations },
      { ...REFERENCE_WEIGHTS, surface },
    ),
  };
}
