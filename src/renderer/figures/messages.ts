import type { EvaluationSamples } from '../../shared/contract/jobs';
import type { ConvexPart } from '../../shared/shape/types';
import type { LiveFigures } from './figures';

/** From the window to the worker: only what has changed. */
export interface MetricsRequest {
  readonly order: readonly string[];
  readonly changed: readonly ConvexPart[];
  readonly metresPerUnit: number;
  /** Absent when the samples are the same as before. */
  readonly samples?: EvaluationSamples | null;
}

export interface MetricsAnswer {
  readonly figures: LiveFigures;
}
