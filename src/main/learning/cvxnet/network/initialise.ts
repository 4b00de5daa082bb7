import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../../../../shared/random';
import type { NetworkConfig } from '../../../../shared/contract/network';
import { weightSpecs, type WeightSpec } from './layout';

/** Weights by name; weightSpecs gives the names in order. */
export type Weights = ReadonlyMap<string, Tensor>;

/**
 * The start of training: kernels Glorot-uniform (limit sqrt(6 / (fan in + fan out))), scales and moving variances 1,
 * the rest 0. The tensors are the caller's to dispose.
 */
export function initialWeights(config: NetworkConfig, random: Random): Weights {
  return drawWeights(weightSpecs(config), random);
}

/** The same for any weights, in their order. */
export function drawWeights(specs: readonly WeightSpec[], random: Random): Weights {
  return new Map(specs.map((spec) => [spec.name, tensor(initialValues(spec, random), [...spec.shape])]));
}

function initialValues({ role, shape }: WeightSpec, random: Random): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (role === 'scale' || role === 'movingVariance') values.fill(1);
  if (role === 'kernel') {
    const [inputs, outputs] = shape.slice(-2);
    const taps = values.length / (inputs * outputs);
    const limit = Math.sqrt(6 / (taps * (inputs + outputs)));
    for (let i = 0; i < values.length; i++) values[i] = limit * (2 * random.uniform() - 1);
  }
  return values;
}
