import type { FitOptions } from '../../../../shared/contract/jobs';
import type { Random } from '../../../../shared/random';
import type { ConvexShape } from '../../../../shared/shape/types';
import type { Breath } from './breath';
import type { WeightedPoints } from './coverage';
import { startingParts } from './initialise';
import { parametersOfShape, withParts, type FitParameters } from './parameters';
import { polishOffsets } from './polish';
import { withoutWeakestParts } from './restructure';

/**
 * Parameters that continue from a shape with the number of parts asked for, locked ones included: surplus parts that
 * are worth least go, missing ones start where the shape covers nothing. What is locked always stays. Null when
 * cancelled.
 */
export async function continueFrom(
  initial: ConvexShape,
  samples: WeightedPoints,
  options: FitOptions,
  random: Random,
  breath: Breath,
): Promise<FitParameters | null> {
  const parameters = parametersOfShape(initial);
  const polished = await polishOffsets(parameters, samples, 0, breath);
  if (polished === null) return null;
  const missing = options.parts - parameters.shape.parts;
  if (missing < 0) return withoutWeakestParts(parameters, samples, polished, options.parts);
  if (missing === 0) return parameters;
  const { counts } = polished.cover;
  const starts = await startingParts(samples, counts, missing, options.planes, random, breath);
  return starts && withParts(parameters, starts, options.planes);
}
