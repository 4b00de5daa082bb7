import { CANCELLED } from '../../../shared/contract/job-client';
import type { JobRequest } from '../../../shared/contract/jobs';
import type { TrainingEnd } from '../../../shared/contract/learning';
import type { TrainingConfig } from '../../../shared/recipes/training';
import { fail, ok, type Result } from '../../../shared/result';
import { startTensorflow } from '../../compute/tensorflow';
import { takeFirstStage } from '../training/first-stage';
import type { TrainingData } from '../training/messages';
import { superviseTraining } from '../training/supervise';
import { beginRun, readRun, readRunConfig } from '../training/run-folder';
import type { Job, JobContext, JobEnvironment } from '../service/job';
import { NETWORKS } from '../../../shared/networks';

type TrainRequest = Extract<JobRequest, { kind: 'train' }>;

/**
 * Trains a network on shapes or pictures; cancelling stops at once and keeps the last checkpoint. A new run that fails
 * before its first step, over its data or its first stage, leaves nothing behind.
 */
export const trainJob: Job<'train'> = {
  kind: 'train',
  run: async (request, environment, context) => {
    const data = dataOf(request.data, environment);
    if (!data.ok) return data;
    const folder = environment.grants.resolve(request.destination, 'write');
    if (!folder.ok) return folder;
    if (request.resume) {
      const config = await readRunConfig(folder.value);
      return config.ok
        ? learn(request, config.value, data.value, folder.value, environment, context)
        : config;
    }
    const begun = await beginRun(folder.value, request.config, data.value);
    if (!begun.ok) return begun;
    let recorded = false;
    const rows: JobContext['rows'] = (added) => {
      recorded = true;
      context.rows(added);
    };
    const taken = await takeStage(request, folder.value, environment);
    const end = taken.ok
      ? await learn(request, request.config, data.value, folder.value, environment, { ...context, rows })
      : taken;
    if (!end.ok && !recorded) await begun.value.undo();
    return end;
  },
};

/** Begins with the first stage of another run, where one was named. */
async function takeStage(
  { config, firstStage }: TrainRequest,
  folder: string,
  { grants, backend }: JobEnvironment,
): Promise<Result<null>> {
  if (firstStage === undefined) return ok(null);
  if (!('teacher' in config)) {
    return fail({
      code: 'no-first-stage',
      message: `A ${NETWORKS[config.kind].name} learns in one stage; there is no first stage to begin with.`,
      hint: 'Leave the first stage out.',
    });
  }
  const from = grants.resolve(firstStage, 'read');
  if (!from.ok) return from;
  await startTensorflow(backend);
  return takeFirstStage(config, from.value, folder);
}

async function learn(
  request: TrainRequest,
  config: TrainingConfig,
  data: TrainingData,
  folder: string,
  { backend, trainWorker }: JobEnvironment,
  context: JobContext,
): Promise<Result<TrainingEnd>> {
  context.progress({ fraction: null, stage: 'Reading the data', figures: {} });
  const end = await superviseTraining({
    // The steps may be raised when a run goes on; everything else is the run's own.
    config: { ...config, steps: request.config.steps },
    data,
    runFolder: folder,
    resume: request.resume || request.firstStage !== undefined,
    workers: request.workers,
    backend,
    workerFile: trainWorker,
    context,
  });
  if (!end.ok) return end;
  if (context.signal.aborted) return fail(CANCELLED);
  const run = await readRun(folder);
  return run.ok ? ok({ run: run.value, ...end.value }) : run;
}

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
