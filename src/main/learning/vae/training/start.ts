import { dispose, tensor } from '@tensorflow/tfjs-core';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import type { Random } from '../../../../shared/random';
import { drawWeights, type Weights, type WeightSpec } from '../../network/weights';

const DEVIATION = 0.02;

/**
 * The weights that a VAE begins with: Glorot-uniform, or as FactorVAE's public code has it N(0, 0.02) for dense and
 * convolution kernels, whose transposed convolutions keep another start. The tensors are the caller's.
 */
export function startingVaeWeights(
  specs: readonly WeightSpec[],
  start: VaeTraining['start'],
  random: Random,
): Weights {
  const drawn = drawWeights(specs, random);
  if (start === 'glorot') return drawn;
  const weights = new Map(drawn);
  for (const { name, role, shape } of specs) {
    const isTransposed = name.startsWith('decoder/conv');
    if (role !== 'kernel' || isTransposed) continue;
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let i = 0; i < values.length; i++) values[i] = DEVIATION * random.normal();
    dispose(drawn.get(name)!);
    weights.set(name, tensor(values, [...shape]));
  }
  return weights;
}
