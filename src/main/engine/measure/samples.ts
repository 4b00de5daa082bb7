import type { EvaluationSamples } from '../../../shared/contract/jobs';
import { createRandom } from '../../../shared/random';
import { ok, type Result } from '../../../shared/result';
import type { LoadedSource } from '../../files/source/load';

/** The evaluation samples' own seed: never one that a fit draws from, so that figures are held out. */
const EVALUATION_SEED = 20_201_116;
const EVALUATION_POINTS = 10_000;

/** 10,000 points uniform in the learning box with their occupancy; unknown ones are left out. */
export function evaluationSamples(source: LoadedSource): Result<EvaluationSamples> {
  const sampled = source.sample({ box: EVALUATION_POINTS, nearSurface: 0 }, createRandom(EVALUATION_SEED));
  return sampled.ok ? ok(sampled.value.box) : sampled;
}
