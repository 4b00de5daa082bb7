import { CANCELLED } from '../../../shared/contract/job-client';
import type { JobRequest, JobResults } from '../../../shared/contract/jobs';
import { fail, ok, type Result } from '../../../shared/result';
import type { JobContext } from '../service/session';
import { startTensorflow } from '../../compute/tensorflow';
import { takeFirstStage } from '../training/first-stage';
import type { TrainingData } from '../training/messages';
import { superviseTraining } from '../training/supervise';
import { beginRun, readRun, readRunConfig } from '../training/run-folder';
import type { Workshop } from './index';

type TrainRequest = Extract<JobRequest, { kind: 'train' }>;

/** Trains a network on shapes or pictures; cancelling stops at once and keeps the last checkpoint. */
export async function runTrain(
  request: TrainRequest,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<JobResults['train']>> {
  const data = dataOf(request.data, workshop);
  if (!data.ok) return data;
  const folder = workshop.grants.resolve(request.destination, 'write');
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
    const from = workshop.grants.resolve(request.firstStage, 'read');
    if (!from.ok) return from;
    await startTensorflow(workshop.backend);
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
    workers: request.workers ?? 1,
    backend: workshop.backend,
    workerFile: workshop.trainWorker,
    context,
  });
  if (!end.ok) return end;
  if (context.signal.aborted) return fail(CANCELLED);
  const run = await readRun(folder.value);
  return run.ok ? ok({ run: run.value, ...end.value }) : run;
}

function dataOf(data: TrainRequest['data'], { grants }: Workshop): Result<TrainingData> {
  if ('builtin' in data) return ok(data);
  const paths: string[] = [];
  for (const token of data) {
    const path = grants.resolve(token, 'read');
    if (!path.ok) return path;
    paths.push(path.value);
  }
  return ok({ paths });
}

/** Reads a run from its folder, or from a file in it. */
export async function runOpenRun(token: string, workshop: Workshop): Promise<Result<JobResults['open-run']>> {
  const path = workshop.grants.resolve(token, 'read');
  return path.ok ? readRun(path.value) : path;
}
