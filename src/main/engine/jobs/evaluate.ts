import { reframeShape } from '../../../shared/shape/reframe';
import { measureShape } from '../measure/figures';
import type { Job } from '../service/job';

/** Measures a shape against a source. */
export const evaluateJob: Job<'evaluate'> = {
  kind: 'evaluate',
  exclusive: true,
  run: async (request, environment) => {
    const source = await environment.sources.load(request.source);
    if (!source.ok) return source;
    return measureShape(reframeShape(request.shape, request.frame, source.value.frame), source.value);
  },
};
