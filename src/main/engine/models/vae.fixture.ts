import type { VaeNetwork } from '../../../shared/recipes/vae';
import { createRandom } from '../../../shared/random';
import type { WeightArray } from '../../files/model';
import { vaeSpecs } from '../../learning/vae/network';

/** Random weights of both signs, large enough that latents differ. */
export function tinyVaeWeights(network: VaeNetwork, seed: number): Map<string, WeightArray> {
  const random = createRandom(seed);
  return new Map(
    vaeSpecs(network).map(({ name, shape, role }) => {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      if (role === 'scale' || role === 'movingVariance') data.fill(1);
      if (role === 'kernel') data.forEach((_, i) => (data[i] = 0.2 * random.normal()));
      return [name, { shape, data }];
    }),
  );
}
