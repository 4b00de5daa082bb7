import {
  engineRequestSchema,
  type EngineEvent,
  type JobProgress,
  type JobRequest,
  type PreviewEvent,
} from '../../../shared/contract/jobs';
import { ProblemError, type Problem } from '../../../shared/result';
import type { JobControl } from '../../../shared/contract/learning';
import { createCoalescer } from './coalesce';
import type { JobContext, JobRunner } from './job';
import type { EnginePort } from './transport';

const PROGRESS_INTERVAL_MS = 50;
const PREVIEW_INTERVAL_MS = 200;

interface RunningJob {
  readonly abort: AbortController;
  previewShown(): void;
  control(control: JobControl): void;
}

/** Serves one client: validates what it sends, runs its jobs, ends each with exactly one event. */
export function serveClient(port: EnginePort, runner: JobRunner): void {
  const jobs = new Map<number, RunningJob>();
  let exclusive: Promise<unknown> = Promise.resolve();

  const start = (id: number, request: JobRequest): void => {
    if (jobs.has(id)) {
      port.post({
        type: 'error',
        id,
        error: { code: 'duplicate-job', message: `Job ${id} is already running.` },
      });
      return;
    }
    const abort = new AbortController();
    const progress = createCoalescer<JobProgress>(
      (value) => port.post({ type: 'progress', id, progress: value }),
      PROGRESS_INTERVAL_MS,
      false,
    );
    const preview = createCoalescer<() => PreviewEvent>(
      (event) => port.post(event()),
      PREVIEW_INTERVAL_MS,
      true,
    );
    const controllers: ((control: JobControl) => void)[] = [];
    jobs.set(id, {
      abort,
      previewShown: preview.acknowledge,
      control: (control) => controllers.forEach((listener) => listener(control)),
    });
    const context: JobContext = {
      signal: abort.signal,
      progress: progress.offer,
      preview: (shape) => preview.offer(() => ({ type: 'preview', id, shape: shape() })),
      flatPreview: (flat) => preview.offer(() => ({ type: 'flat-preview', id, preview: flat() })),
      picturePreview: (picture) => preview.offer(() => ({ type: 'picture-preview', id, picture: picture() })),
      rows: (rows) => port.post({ type: 'rows', id, rows }),
      onControl: (listener) => void controllers.push(listener),
    };

    const run = async (): Promise<void> => {
      const startedAt = performance.now();
      const end = await outcome(runner, request, context, id);
      progress.flush();
      progress.stop();
      preview.stop();
      jobs.delete(id);
      port.post(end.type === 'result' ? { ...end, seconds: (performance.now() - startedAt) / 1000 } : end);
    };
    if (runner.isExclusive(request.kind)) exclusive = exclusive.then(run);
    else void run();
  };

  port.onMessage((message) => {
    const parsed = engineRequestSchema.safeParse(message);
    if (!parsed.success) {
      const id = (message as { id?: unknown } | null)?.id;
      port.post({
        type: 'error',
        id: typeof id === 'number' ? id : 0,
        error: {
          code: 'bad-request',
          message: 'The engine did not understand the request.',
          detail: parsed.error.message.slice(0, 4000),
        },
      });
      return;
    }
    const request = parsed.data;
    if (request.type === 'start') start(request.id, request.job as JobRequest);
    else if (request.type === 'cancel') jobs.get(request.id)?.abort.abort();
    else if (request.type === 'control') jobs.get(request.id)?.control(request.control);
    else jobs.get(request.id)?.previewShown();
  });

  port.onClose(() => {
    for (const job of jobs.values()) job.abort.abort();
  });
}

type JobEnd = Extract<EngineEvent, { type: 'result' | 'error' | 'cancelled' }>;

async function outcome(
  runner: JobRunner,
  request: JobRequest,
  context: JobContext,
  id: number,
): Promise<JobEnd> {
  if (context.signal.aborted) return { type: 'cancelled', id };
  try {
    const result = await runner.run(request, context);
    if (context.signal.aborted) return { type: 'cancelled', id };
    return result.ok
      ? { type: 'result', id, result: result.value, seconds: 0 }
      : { type: 'error', id, error: result.error };
  } catch (error) {
    if (context.signal.aborted) return { type: 'cancelled', id };
    return { type: 'error', id, error: problemOf(error) };
  }
}

/** A bug in a job ends that job, not the engine; its stack travels as detail so that it can be reported. */
function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'internal-error',
    message: 'Something went wrong inside the engine; the document is untouched.',
    hint: 'Please report this with the details below.',
    detail: detail.slice(0, 20_000),
  };
}
