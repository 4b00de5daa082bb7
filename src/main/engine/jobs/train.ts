import { CANCELLED } from '../../../shared/contract/job-client';
import type { JobRequest } from '../../../shared/contract/jobs';
import { fail, ok, type Result } from '../../../shared/result';
import { startTensorflow } from '../../compute/tensorflow';
import { takeFirstStage } from '../training/first-stage';
import type { TrainingData } from '../training/messages';
import { superviseTraining } from '../training/supervise';
import { beginRun, readRun, readRunConfig } from '../training/run-folder';
import type { Job, JobEnvironment } from '../service/job';

type TrainRequest = Extract<JobRequest, { kind: 'train' }>;

/** Trains a network on shapes or pictures; cancelling stops at once and keeps the last checkpoint. */
export const trainJob: Job<'train'> = {
  kind: 'train',
  run: async (request, environment, context) => {
    const data = dataOf(request.data, environment);
    if (!data.ok) return data;
    const folder = environment.grants.resolve(request.destination, 'write');
    if (!folder.ok) return folder;
    const config = request.resume ? await readRunConfig(folder.value) : ok(request.config);
    if (!config.ok) return config;
    if (!request.resume) {
      const begun = await beginRun(folder.value, request.config, data.value);
      if (!begun.ok) return begun;
    }
    if (request.firstStage !== undefined && !request.resume) {
      if (request.config.kind !== 'cvxnet') {
        return fail({
          code: 'no-first-stage',
          message: 'A VAE learns in one stage; there is no first stage to begin with.',
          hint: 'Leave the first stage out.',
        });
      }
      const from = environment.grants.resolve(request.firstStage, 'read');
      if (!from.ok) return from;
      await startTensorflow(environment.backend);
      const taken = await takeFirstStage(request.config, from.value, folder.value);
      if (!taken.ok) return taken;
    }
    context.progress({ fraction: null, stage: 'Reading the data', figures: {} });
    const end = await superviseTraining({
      // The steps may be raised when a run goes on; everything else is the run's own.
      config: { ...config.value, steps: request.config.steps },
      data: data.value,
      runFolder: folder.value,
      resume: request.resume || request.firstStage !== undefined,
      workers: request.workers,
      backend: environment.backend,
      workerFile: environment.trainWorker,
      context,
    });
    if (!end.ok) return end;
    if (context.signal.aborted) return fail(CANCELLED);
    const run = await readRun(folder.value);
    return run.ok ? ok({ run: run.value, ...end.value }) : run;
  },
};

function dataOf(data: TrainRequest['data'], { grants }: JobEnvironment): Result<TrainingData> {
  if ('builtin' in data) return ok(data);
  const paths: string[] = [];
  for (const token of data) {
    const path = grants.resolve(token, 'read');
    if (!path.ok) return path;
    paths.push(path.value);
  }
  return ok({ paths });
}
