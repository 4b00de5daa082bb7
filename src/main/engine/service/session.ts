import {
  engineRequestSchema,
  type EngineEvent,
  type JobProgress,
  type JobRequest,
  type PreviewEvent,
} from '../../../shared/contract/jobs';
import { fail, ok, ProblemError, type Problem, type Result } from '../../../shared/result';
import type { JobControl } from '../../../shared/contract/learning';
import { createCoalescer } from './coalesce';
import type { JobContext, JobRunner } from './job';
import { createSerialQueue } from './serial-queue';
import { withStrayErrors } from './stray-errors';
import type { EnginePort } from './transport';

const PROGRESS_INTERVAL_MS = 50;
const PREVIEW_INTERVAL_MS = 200;

interface RunningJob {
  cancel(): void;
  previewShown(): void;
  control(control: JobControl): void;
}

type JobEnd = Extract<EngineEvent, { type: 'result' | 'error' | 'cancelled' }>;

/** Serves one client: validates what it sends, runs its jobs, ends each with exactly one event. */
export function serveClient(port: EnginePort, runner: JobRunner): void {
  const jobs = new Map<number, RunningJob>();
  const exclusive = createSerialQueue();

  /** Sends an event that is made only now. Error: it cannot be made or sent. */
  const post = (event: () => EngineEvent): Result<null> => {
    try {
      port.post(event());
      return ok(null);
    } catch (error) {
      return fail(problemOf(error));
    }
  };

  const start = (id: number, request: JobRequest): void => {
    if (jobs.has(id)) {
      const error = { code: 'duplicate-job', message: `Job ${id} is already running.` };
      post(() => ({ type: 'error', id, error }));
      return;
    }
    const abort = new AbortController();
    const startedAt = performance.now();
    let hasEnded = false;
    let markEnded: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => void (markEnded = resolve));

    const end = (event: JobEnd): void => {
      progress.flush();
      if (hasEnded) return;
      hasEnded = true;
      progress.stop();
      preview.stop();
      jobs.delete(id);
      const posted = post(() => event);
      // An error is plain text: where it cannot be sent either, nobody listens any more.
      if (!posted.ok) post(() => ({ type: 'error', id, error: posted.error }));
      markEnded();
    };

    /** Ends the job now, whatever it still does. */
    const endWith = (error: Problem): void => {
      end({ type: 'error', id, error });
      abort.abort();
    };
    const tell = (event: () => EngineEvent): void => {
      if (hasEnded) return;
      const posted = post(event);
      if (!posted.ok) endWith(posted.error);
    };

    const progress = createCoalescer<JobProgress>(
      (value) => tell(() => ({ type: 'progress', id, progress: value })),
      PROGRESS_INTERVAL_MS,
      false,
    );
    const preview = createCoalescer<() => PreviewEvent>(tell, PREVIEW_INTERVAL_MS, true);
    const controllers: ((control: JobControl) => void)[] = [];
    const context: JobContext = {
      signal: abort.signal,
      progress: progress.offer,
      preview: (shape) => preview.offer(() => ({ type: 'preview', id, shape: shape() })),
      flatPreview: (flat) => preview.offer(() => ({ type: 'flat-preview', id, preview: flat() })),
      picturePreview: (picture) => preview.offer(() => ({ type: 'picture-preview', id, picture: picture() })),
      rows: (rows) => tell(() => ({ type: 'rows', id, rows })),
      onControl: (listener) => void controllers.push(listener),
    };

    const run = (): Promise<void> => {
      withStrayErrors(
        (error) => endWith(problemOf(error)),
        () => void outcome(runner, request, context, id, startedAt).then(end),
      );
      return ended;
    };
    let isWaiting = (): boolean => false;
    jobs.set(id, {
      cancel: () => {
        abort.abort();
        if (isWaiting()) end({ type: 'cancelled', id });
      },
      previewShown: preview.acknowledge,
      control: (control) => controllers.forEach((listener) => listener(control)),
    });
    if (runner.isExclusive(request.kind)) isWaiting = exclusive.add(run);
    else void run();
  };

  port.onMessage((message) => {
    const parsed = engineRequestSchema.safeParse(message);
    if (!parsed.success) {
      const id = (message as { id?: unknown } | null)?.id;
      const error = {
        code: 'bad-request',
        message: 'The engine did not understand the request.',
        detail: parsed.error.message.slice(0, 4000),
      };
      post(() => ({ type: 'error', id: typeof id === 'number' ? id : 0, error }));
      return;
    }
    const request = parsed.data;
    if (request.type === 'start') start(request.id, request.job as JobRequest);
    else if (request.type === 'cancel') jobs.get(request.id)?.cancel();
    else if (request.type === 'control') jobs.get(request.id)?.control(request.control);
    else jobs.get(request.id)?.previewShown();
  });

  port.onClose(() => {
    for (const job of jobs.values()) job.cancel();
  });
}

async function outcome(
  runner: JobRunner,
  request: JobRequest,
  context: JobContext,
  id: number,
  startedAt: number,
): Promise<JobEnd> {
  try {
    const result = await runner.run(request, context);
    if (context.signal.aborted) return { type: 'cancelled', id };
    return result.ok
      ? { type: 'result', id, result: result.value, seconds: (performance.now() - startedAt) / 1000 }
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
