import type { Tensor } from '@tensorflow/tfjs-core';
import { readArrays } from '../../compute/read';
import type { WeightArray } from '../../files/model';
import type { Weights, WeightSpec } from '../../learning/network/weights';

/** The weights of a network's specs as a model file keeps them, in the order of the specs. */
export async function storedWeights(
  specs: readonly WeightSpec[],
  weights: Weights,
): Promise<Map<string, WeightArray>> {
  const wanted = new Map(specs.map(({ name }) => [name, weights.get(name) as Tensor]));
  const read = await readArrays(wanted);
  return new Map([...read].map(([name, { values, shape }]) => [name, { shape, data: values }]));
}
