import {
  add,
  max,
  mean,
  mul,
  square,
  sub,
  tensor,
  tensor2d,
  tidy,
  valueAndGrads,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import type { Random } from '../../../../shared/random';
import type { ConvexShape } from '../../../../shared/shape/types';
import '../../../compute/kernels/generated/stock-gradients';
import { takeValues } from '../../../compute/read';
import { convexField } from '../../../compute/kernels/register';
import { inferencePass } from '../../network/pass';
import type { Weights } from '../../network/weights';
import type { FitSamples } from '../fit';
import type { Breath } from '../fit/breath';
import { decode } from '../network/decoder';
import { shapesOfLogits } from '../parameters';

/** The code that a guess was decoded from, and what decodes others. */
export interface GuessedCode {
  readonly latent: Float32Array;
  readonly config: NetworkConfig;
  /** Lends the weights until the promise of `work` is settled. */
  withWeights<T>(work: (weights: Weights) => Promise<T>): Promise<T>;
  shapeOf(latent: Float32Array): Promise<ConvexShape>;
}

export const CODE_STEPS = 150;
const POINTS_PER_STEP = 2048;
/** First step and pull to the guess, in units of the guessed code's own size. */
const RATE = 0.025;
const PULL = 0.02;
const BETA1 = 0.9;
const BETA2 = 0.99;

/**
 * The code near a guess's whose shape agrees best with labelled samples: a search among the shapes that the network
 * knows, so that what a picture shows changes the unseen side, too (the optimisation of DeepSDF, Park et al. 2019, begun
 * at the encoder's answer). Adam on the mean squared error of the union's indicator, as many points from either set,
 * and the squared distance from the guess. Null when cancelled.
 */
export async function refineCode(
  { latent, config, withWeights }: GuessedCode,
  { box, nearSurface }: FitSamples,
  random: Random,
  breath: Breath,
  onStep: (step: number, current: Float32Array) => void | Promise<void>,
): Promise<Float32Array | null> {
  const size = Math.sqrt(latent.reduce((sum, value) => sum + value * value, 0) / latent.length);
  const sets = [box, nearSurface].filter(({ inside }) => inside.length > 0);
  if (sets.length === 0 || size === 0) return latent;
  const pull = PULL / (size * size);
  const code = Float32Array.from(latent);
  const first = new Float64Array(code.length);
  const second = new Float64Array(code.length);
  for (let step = 0; step < CODE_STEPS; step++) {
    const drawn = drawPoints(sets, random);
    const slope = await withWeights((weights) => slopeAt(config, weights, code, latent, pull, drawn));
    const rate = RATE * size * 0.5 * (1 + Math.cos((Math.PI * step) / CODE_STEPS));
    for (let i = 0; i < code.length; i++) {
      first[i] = BETA1 * first[i] + (1 - BETA1) * slope[i];
      second[i] = BETA2 * second[i] + (1 - BETA2) * slope[i] ** 2;
      const mean1 = first[i] / (1 - BETA1 ** (step + 1));
      const mean2 = second[i] / (1 - BETA2 ** (step + 1));
      code[i] -= (rate * mean1) / (Math.sqrt(mean2) + 1e-12);
    }
    await onStep(step + 1, code);
    if (await breath.take()) return null;
  }
  return code;
}

/** As many points of either set, at random. */
function drawPoints(sets: readonly LabelledPoints[], random: Random): LabelledPoints {
  const points = new Float32Array(POINTS_PER_STEP * 3);
  const inside = new Uint8Array(POINTS_PER_STEP);
  for (let i = 0; i < POINTS_PER_STEP; i++) {
    const set = sets[i % sets.length];
    const p = random.integer(set.inside.length);
    points.set(set.points.subarray(p * 3, p * 3 + 3), i * 3);
    inside[i] = set.inside[p];
  }
  return { points, inside };
}

/** Gradient [L] of what is minimised at a code. */
async function slopeAt(
  config: NetworkConfig,
  weights: Weights,
  code: Float32Array,
  guess: Float32Array,
  pull: number,
  { points, inside }: LabelledPoints,
): Promise<Float32Array> {
  const slope = tidy(() => {
    const at = tensor(points, [1, inside.length, 3]);
    const labels = tensor(Float32Array.from(inside), [1, inside.length]);
    const start = tensor2d(guess, [1, guess.length]);
    const { grads } = valueAndGrads((current) => {
      const shapes = shapesOfLogits(decode(config, inferencePass(weights), current as Tensor2D), config);
      const indicator = convexField({ ...shapes, points: at }, config.sharpness);
      const error = mean(square(sub(max(indicator, 1), labels)));
      return add(error, mul(pull, mean(square(sub(current as Tensor, start)))));
    })([tensor2d(code, [1, code.length])]);
    return grads[0];
  });
  const [values] = await takeValues(slope);
  return values;
}
