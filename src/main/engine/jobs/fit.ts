import { CANCELLED } from '../../../shared/contract/job-client';
import { createRandom } from '../../../shared/random';
import { fail, ok } from '../../../shared/result';
import { FIT_SAMPLING, fitShape } from '../../learning/cvxnet/fit';
import { openKernel } from '../../compute/field-kernel';
import { measureShape } from '../measure/figures';
import type { Job } from '../service/job';

/** Fits convex parts to a source: read, sample, fit, measure. */
export const fitJob: Job<'fit'> = {
  kind: 'fit',
  exclusive: true,
  run: async (request, environment, context) => {
    const secondsPerStage: Record<string, number> = {};
    const timed = async <T>(stage: string, work: () => Promise<T> | T): Promise<T> => {
      const startedAt = performance.now();
      const value = await work();
      secondsPerStage[stage] = (performance.now() - startedAt) / 1000;
      return value;
    };

    context.progress({ fraction: null, stage: 'Reading', figures: {} });
    const source = await timed('read', () => environment.sources.load(request.source));
    if (!source.ok) return source;
    if (context.signal.aborted) return fail(CANCELLED);

    context.progress({ fraction: null, stage: 'Sampling', figures: {} });
    const random = createRandom(request.options.seed);
    const samples = await timed('sample', () => source.value.sample(FIT_SAMPLING, random));
    if (!samples.ok) return samples;

    const kernel = await openKernel(environment.backend, environment.fieldWorker);
    const fitted = await timed('fit', () =>
      fitShape({
        samples: samples.value,
        options: request.options,
        initial: request.initial,
        kernel,
        signal: context.signal,
        onProgress: ({ step, steps, loss, iou, parts, stage }) =>
          context.progress({ fraction: step / steps, stage, figures: { step, loss, iou, parts } }),
        onPreview: context.preview,
      }),
    );
    if (!fitted.ok) return fitted;

    context.progress({ fraction: 1, stage: 'Measuring', figures: {} });
    const figures = await timed('measure', () => measureShape(fitted.value.shape, source.value));
    if (!figures.ok) return figures;
    return ok({
      shape: fitted.value.shape,
      figures: figures.value,
      steps: fitted.value.steps,
      stopped: fitted.value.stopped,
      backend: environment.backend,
      secondsPerStage,
    });
  },
};
