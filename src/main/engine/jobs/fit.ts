import { CANCELLED } from '../../../shared/contract/job-client';
import { createRandom } from '../../../shared/random';
import type { FitResult, JobRequest } from '../../../shared/contract/jobs';
import { fail, ok, type Result } from '../../../shared/result';
import { sharedManifold } from '../../files/manifold';
import type { LoadedSource } from '../../files/source/load';
import { exactShape } from '../../learning/decomposition';
import { boundsOfPoints, type Bounds } from '../../learning/cvxnet/fit/bounds';
import { FIT_SAMPLING, fitShape } from '../../learning/cvxnet/fit';
import { openKernel } from '../../compute/field-kernel';
import { measureShape } from '../measure/figures';
import type { Job, JobContext, JobEnvironment } from '../service/job';

/** Fits convex parts to a source: read, take apart what has flat sides or else sample and fit, measure. */
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

    context.progress({ fraction: null, stage: 'Looking for flat-sided parts', figures: {} });
    const exact = await timed('exact', () => exactly(request, source.value));
    if (context.signal.aborted) return fail(CANCELLED);
    const fitted = exact
      ? ok(exact)
      : await approximately(request, source.value, environment, context, timed);
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

type FitRequest = Extract<JobRequest, { kind: 'fit' }>;
type Timed = <T>(stage: string, work: () => Promise<T> | T) => Promise<T>;
type Fitted = Pick<FitResult, 'shape' | 'steps' | 'stopped'>;

/** The parts that a source of flat sides is made of; null for other sources, and where parts are there already. */
async function exactly({ options, initial }: FitRequest, { mesh }: LoadedSource): Promise<Fitted | null> {
  if (mesh === null || initial !== undefined) return null;
  const shape = exactShape(await sharedManifold(), mesh, options);
  return shape && { shape, steps: 0, stopped: 'exact' };
}

async function approximately(
  { options, initial }: FitRequest,
  source: LoadedSource,
  environment: JobEnvironment,
  context: JobContext,
  timed: Timed,
): Promise<Result<Fitted>> {
  context.progress({ fraction: null, stage: 'Sampling', figures: {} });
  const random = createRandom(options.seed);
  const samples = await timed('sample', () => source.sample(FIT_SAMPLING, random));
  if (!samples.ok) return samples;
  const kernel = await openKernel(environment.backend, environment.fieldWorker);
  return timed('fit', () =>
    fitShape({
      samples: samples.value,
      options,
      initial,
      within: boxOf(source),
      kernel,
      signal: context.signal,
      onProgress: ({ step, steps, loss, iou, parts, stage }) =>
        context.progress({ fraction: step / steps, stage, figures: { step, loss, iou, parts } }),
      onPreview: context.preview,
    }),
  );
}

/** Where a source ends; unknown of a depth image, which shows one side. */
function boxOf({ mesh, surface, reference }: LoadedSource): Bounds | undefined {
  const points = mesh?.positions ?? surface?.points;
  if (points === undefined || reference.kind === 'depth') return undefined;
  return boundsOfPoints(points);
}
