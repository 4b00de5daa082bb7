import { add, keep, mul, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { ALONE, type Exchange } from '../training/exchange';
import { normaliseByBatch, normaliseByMoving } from './batch-norm';
import type { Weights } from './weights';

/** How one run of the network gets at its weights and normalises. */
export interface Pass {
  weight(name: string): Tensor;
  /** Batch normalisation of the convolution `name`. */
  normalise(name: string, features: Tensor4D): Tensor4D;
}

const MOMENTUM = 0.99;

/** Normalises by the moving statistics. */
export function inferencePass(weights: Weights): Pass {
  const weight = reader(weights);
  return {
    weight,
    normalise: (name, features) =>
      normaliseByMoving(features, weight(`${name}/scale`), weight(`${name}/shift`), {
        mean: weight(`${name}/movingMean`),
        variance: weight(`${name}/movingVariance`),
      }),
  };
}

/**
 * Normalises by the batch's statistics and puts the moving statistics that follow from them into `moved`, by name; the
 * owner of `moved` disposes them.
 */
export function trainingPass(weights: Weights, moved: Map<string, Tensor>, exchange: Exchange = ALONE): Pass {
  const weight = reader(weights);
  const move = (name: string, value: Tensor) => {
    moved.set(name, keep(add(mul(MOMENTUM, weight(name)), mul(1 - MOMENTUM, value))));
  };
  return {
    weight,
    normalise: (name, features) =>
      normaliseByBatch(
        features,
        weight(`${name}/scale`),
        weight(`${name}/shift`),
        ({ mean, variance }) => {
          move(`${name}/movingMean`, mean);
          move(`${name}/movingVariance`, variance);
        },
        exchange,
      ),
  };
}

function reader(weights: Weights) {
  return (name: string): Tensor => {
    const found = weights.get(name);
    if (found === undefined) throw new Error(`The network has no weight named ${name}.`);
    return found;
  };
}
