import type { Random } from '../../../../shared/random';
import type { Breath } from './breath';
import { gatherPoints, kMeans } from './clusters';
import { cutAround, type StartingPart } from './cutting-planes';
import { parametersOfParts, type FitParameters } from './parameters';
import type { WeightedPoints } from './coverage';

const INTERIOR = 5000;
const EXTERIOR = 8000;

/** Every n-th of the uncovered samples with the given occupancy, so that about `count` remain, [M, 3]. */
export function samplesOf(
  samples: WeightedPoints,
  occupancy: 0 | 1,
  count: number,
  covered: Uint16Array | null = null,
): Float32Array {
  const indices: number[] = [];
  for (let i = 0; i < samples.inside.length; i++) {
    if (samples.inside[i] === occupancy && !(covered !== null && covered[i] > 0)) indices.push(i);
  }
  const stride = Math.max(1, indices.length / count);
  const thinned: number[] = [];
  for (let i = 0; i < indices.length; i += stride) thinned.push(indices[Math.floor(i)]);
  return gatherPoints(samples.grid.points, thinned);
}

/**
 * Starting parts: k-means clusters of interior samples, each cut out by planes that keep the exterior samples away.
 * Null when the breath's signal is aborted.
 */
export async function initialise(
  samples: WeightedPoints,
  parts: number,
  planes: number,
  sharpness: number,
  random: Random,
  breath: Breath,
): Promise<FitParameters | null> {
  const starts = await startingParts(samples, null, parts, planes, random, breath);
  return starts && parametersOfParts(starts, planes, sharpness);
}

/**
 * Starting parts for what a shape leaves uncovered; none where that is nothing. Null when the breath's signal is
 * aborted.
 * @param covered how many parts cover each sample already; null when there are none
 */
export async function startingParts(
  samples: WeightedPoints,
  covered: Uint16Array | null,
  parts: number,
  planes: number,
  random: Random,
  breath: Breath,
): Promise<readonly StartingPart[] | null> {
  const interior = samplesOf(samples, 1, INTERIOR, covered);
  if (interior.length === 0) return [];
  const exterior = samplesOf(samples, 0, EXTERIOR);
  const starts: StartingPart[] = [];
  for (const cluster of kMeans(interior, parts, random)) {
    if (await breath.take()) return null;
    starts.push(cutAround(gatherPoints(interior, cluster), exterior, planes));
  }
  return starts;
}
