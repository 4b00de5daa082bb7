import type { EvaluationSamples, OpenedSource, SourceRequest } from '../../../shared/contract/jobs';
import { createRandom } from '../../../shared/random';
import { ok, type Result } from '../../../shared/result';
import type { LoadedSource } from '../../files/source/load';
import { settingsOf } from '../service/sources';
import type { Workshop } from './index';

/** The evaluation samples' own seed: never one that a fit draws from, so that figures are held out. */
const EVALUATION_SEED = 20_201_116;
const EVALUATION_POINTS = 10_000;

/** Reads a mesh, point set or depth image and describes it for the window. */
export async function runOpen(request: SourceRequest, workshop: Workshop): Promise<Result<OpenedSource>> {
  const loaded = await workshop.sources.load(request);
  if (!loaded.ok) return loaded;
  const opened = describeSource(loaded.value);
  if (!opened.ok) return opened;
  const settings = settingsOf(request);
  const reference = { ...opened.value.reference, ...(Object.keys(settings).length > 0 && { settings }) };
  return ok({ ...opened.value, reference });
}

export function describeSource(source: LoadedSource): Result<OpenedSource> {
  const samples = evaluationSamples(source);
  if (!samples.ok) return samples;
  return ok({
    reference: source.reference,
    frame: source.frame,
    ghost: source.ghost(),
    facts: source.facts,
    samples: samples.value,
    notes: source.notes,
  });
}

/** 10,000 points uniform in the learning box with their occupancy; unknown ones are left out. */
export function evaluationSamples(source: LoadedSource): Result<EvaluationSamples> {
  const sampled = source.sample({ box: EVALUATION_POINTS, nearSurface: 0 }, createRandom(EVALUATION_SEED));
  return sampled.ok ? ok(sampled.value.box) : sampled;
}
