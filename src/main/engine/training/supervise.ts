import { Worker } from 'node:worker_threads';
import { stageAt, totalSteps, type TrainingConfig } from '../../../shared/recipes/training';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { closeExchange, createExchangeMemory } from '../../learning/training/exchange';
import { backendNamed } from '../../compute/backends';
import type { JobProgress } from '../../../shared/contract/jobs';
import type { JobContext } from '../service/job';
import {
  CONTROL,
  type TrainingData,
  type TrainingMessage,
  type TrainingProgress,
  type TrainingWorkerData,
} from './messages';
import { workersFor } from './workers';
import { NETWORKS } from '../../../shared/networks';
import { networkEngine } from '../networks';

export interface SuperviseOptions {
  readonly config: TrainingConfig;
  readonly data: TrainingData;
  readonly runFolder: string;
  readonly resume: boolean;
  /** As many as workersFor says when undefined. */
  readonly workers: number | undefined;
  readonly backend: string;
  /** The built train-worker entry. */
  readonly workerFile: string;
  readonly context: JobContext;
}

type End = Pick<Extract<TrainingMessage, { type: 'end' }>, 'stopped' | 'samplesPerSecond'>;

/** Runs the workers of a training, passes on what they tell and what a person asks, and ends them together. */
export async function superviseTraining(options: SuperviseOptions): Promise<Result<End>> {
  const { config, context } = options;
  const sharing = workersFor(config, backendNamed(options.backend), options.workers);
  if (!sharing.ok) return sharing;
  const count = sharing.value;
  const exchange = createExchangeMemory(count);
  const control = new SharedArrayBuffer(4);
  const word = new Int32Array(control);
  context.onControl((asked) => {
    Atomics.store(word, 0, asked === 'resume' ? CONTROL.run : CONTROL[asked]);
  });

  const { workerFile, data: source, runFolder, resume, backend } = options;
  const workers = Array.from({ length: count }, (_, rank) => {
    const data: TrainingWorkerData = {
      config,
      data: source,
      runFolder,
      resume,
      backend,
      rank,
      count,
      exchange,
      control,
    };
    return new Worker(workerFile, { workerData: data });
  });
  let end: End | null = null;
  let figures: JobProgress['figures'] = {};
  let problem: Problem | null = null;
  const failWith = (found: Problem): void => {
    problem ??= found;
    closeExchange(exchange);
  };
  const stopNow = (): void => {
    closeExchange(exchange);
    for (const worker of workers) void worker.terminate();
  };
  context.signal.addEventListener('abort', stopNow);
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((resolve) => {
          worker.on('message', (message: TrainingMessage) => {
            if (message.type === 'end') end = message;
            else if (message.type === 'problem') failWith(message.problem);
            else if (message.type === 'progress') {
              const progress = progressOf(message.progress, config);
              ({ figures } = progress);
              context.progress(progress);
            } else if (message.type === 'paused') {
              context.progress(pausedAt(message.step, config, figures));
            } else pass(message, options);
          });
          worker.on('error', (error) =>
            failWith({
              code: 'training-failed',
              message: 'A worker of the training ended early.',
              hint: 'The last checkpoint is whole: resume the run. With less memory, use a smaller batch.',
              detail: error.stack ?? error.message,
            }),
          );
          worker.on('exit', () => resolve());
        }),
    ),
  );
  context.signal.removeEventListener('abort', stopNow);
  if (problem !== null) return fail(problem);
  if (end === null) return fail({ code: 'training-ended', message: 'The training ended without a result.' });
  const { stopped, samplesPerSecond } = end as End;
  return ok({ stopped, samplesPerSecond });
}

/** A paused run keeps saying what it measured last. */
function pausedAt(step: number, config: TrainingConfig, figures: JobProgress['figures']): JobProgress {
  return {
    fraction: step / totalSteps(config),
    stage: 'Paused',
    figures: { ...figures, ...stepFigures(step, config) },
  };
}

function pass(message: TrainingMessage, { config, context }: SuperviseOptions): void {
  if (message.type === 'rows') context.rows(message.rows);
  else if (message.type === 'preview') {
    const { preview } = message;
    if (preview.kind === 'pictures') context.picturePreview(() => preview.picture);
    else {
      const { previewShape } = networkEngine(config.kind);
      if (previewShape) context.preview(() => previewShape(config, preview.logits));
    }
  }
}

/** The steps of all stages, which the curves count, and those of the stage, which a person asked for. */
function stepFigures(stepsDone: number, config: TrainingConfig): Record<string, number> {
  const { step, steps } = stageAt(config, stepsDone);
  return { stepsDone, step, steps };
}

function progressOf(progress: TrainingProgress, config: TrainingConfig): JobProgress {
  const steps = totalSteps(config);
  const { step, loss, samplesPerSecond, validated, best } = progress;
  const names = NETWORKS[config.kind].validation;
  const figures: Record<string, number> = {
    ...stepFigures(step, config),
    loss,
    samplesPerSecond,
    secondsLeft: progress.secondsLeft,
  };
  if (validated !== null) figures[names.figure] = validated;
  if (best !== null) figures[names.best] = best;
  return {
    fraction: step / steps,
    stage: stageAt(config, step).name === 'first' ? 'Learning shapes' : 'Learning from pictures',
    figures,
  };
}
