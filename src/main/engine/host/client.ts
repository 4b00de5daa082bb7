import type {
  EngineEvent,
  EngineRequest,
  JobKind,
  JobProgress,
  JobRequest,
  JobResults,
} from '../../../shared/contract/jobs';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';

export interface JobListeners {
  readonly signal?: AbortSignal;
  onProgress?(progress: JobProgress): void;
  onPreview?(shape: ConvexShape): void;
}

export interface EngineClient {
  run<K extends JobKind>(
    request: Extract<JobRequest, { kind: K }>,
    listeners?: JobListeners,
  ): Promise<Result<JobResults[K]>>;
}

/** The code of a job that a person stopped. */
export const CANCELLED: Problem = { code: 'cancelled', message: 'The job was cancelled.' };

interface PendingJob {
  readonly listeners: JobListeners;
  settle(result: Result<JobResults[JobKind]>): void;
}

/**
 * The asking side of the engine's protocol over any channel.
 *
 * @returns the client, and what to call with each event of the engine and when the engine has stopped
 */
export function createEngineClient(send: (request: EngineRequest) => void): {
  readonly client: EngineClient;
  receive(event: EngineEvent): void;
  stopped(problem: Problem): void;
} {
  const pending = new Map<number, PendingJob>();
  let nextId = 1;
  let dead: Problem | null = null;

  const settle = (id: number, result: Result<JobResults[JobKind]>): void => {
    pending.get(id)?.settle(result);
    pending.delete(id);
  };

  const run: EngineClient['run'] = (request, listeners = {}) =>
    new Promise((resolve) => {
      if (dead) return resolve(fail(dead));
      const id = nextId++;
      const cancel = (): void => send({ type: 'cancel', id });
      pending.set(id, {
        listeners,
        settle: (result) => {
          listeners.signal?.removeEventListener('abort', cancel);
          resolve(result as Result<never>);
        },
      });
      listeners.signal?.addEventListener('abort', cancel);
      send({ type: 'start', id, job: request });
      if (listeners.signal?.aborted) cancel();
    });

  return {
    client: { run },
    receive: (event) => {
      const listeners = pending.get(event.id)?.listeners;
      switch (event.type) {
        case 'progress':
          listeners?.onProgress?.(event.progress);
          break;
        case 'preview':
          listeners?.onPreview?.(event.shape);
          send({ type: 'preview-shown', id: event.id });
          break;
        case 'result':
          settle(event.id, ok(event.result));
          break;
        case 'error':
          settle(event.id, fail(event.error));
          break;
        case 'cancelled':
          settle(event.id, fail(CANCELLED));
          break;
      }
    },
    stopped: (problem) => {
      dead = problem;
      for (const id of pending.keys()) settle(id, fail(problem));
    },
  };
}
