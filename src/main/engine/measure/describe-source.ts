import type { OpenedSource } from '../../../shared/contract/jobs';
import { ok, type Result } from '../../../shared/result';
import type { LoadedSource } from '../../files/source/load';
import { evaluationSamples } from './samples';

/** A source as the window shows it. Problems: it cannot be sampled. */
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
