import type { NetworkConfig } from '../../../../shared/recipes/network';
import type { Random } from '../../../../shared/random';
import { drawWeights, type Weights } from '../../network/weights';
import { weightSpecs } from './layout';

/** The start of training. The tensors are the caller's to dispose. */
export function initialWeights(config: NetworkConfig, random: Random): Weights {
  return drawWeights(weightSpecs(config), random);
}
