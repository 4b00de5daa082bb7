import type { JobRequest, ShapeFigures } from '../../../shared/contract/jobs';
import { reframeShape } from '../../../shared/shape/reframe';
import type { Result } from '../../../shared/result';
import { measureShape } from '../measure/figures';
import type { Workshop } from './index';

/** Measures a shape against a source. */
export async function runEvaluate(
  request: Extract<JobRequest, { kind: 'evaluate' }>,
  workshop: Workshop,
): Promise<Result<ShapeFigures>> {
  const source = await workshop.sources.load(request.source);
  if (!source.ok) return source;
  return measureShape(reframeShape(request.shape, request.frame, source.value.frame), source.value);
}
