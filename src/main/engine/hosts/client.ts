import {
  createJobClient,
  type JobHandle,
  type JobListeners,
  type RequestOf,
} from '../../../shared/contract/job-client';
import type { EngineEvent, EngineRequest, JobKind, JobResults } from '../../../shared/contract/jobs';
import { fail, ok, type Problem, type Result } from '../../../shared/result';

export interface RunListeners extends JobListeners {
  readonly signal?: AbortSignal;
}

export interface EngineClient {
  /** Starts a job that can be spoken to while it runs. */
  start<K extends JobKind>(request: RequestOf<K>, listeners?: JobListeners): JobHandle<K>;
  run<K extends JobKind>(request: RequestOf<K>, listeners?: RunListeners): Promise<Result<JobResults[K]>>;
}

/**
 * A client of one engine process that is not started again.
 *
 * @returns the client, and what to call with each event of the engine and when the engine has stopped
 */
export function createEngineClient(send: (request: EngineRequest) => void): {
  readonly client: EngineClient;
  receive(event: EngineEvent): void;
  stopped(problem: Problem): void;
} {
  const jobs = createJobClient(send, (callback) => callback());
  let dead: Problem | null = null;

  const run: EngineClient['run'] = async (request, listeners = {}) => {
    if (dead) return fail(dead);
    const job = jobs.startJob(request, listeners);
    listeners.signal?.addEventListener('abort', job.cancel);
    if (listeners.signal?.aborted) job.cancel();
    const end = await job.result;
    listeners.signal?.removeEventListener('abort', job.cancel);
    return end.ok ? ok(end.value.value) : end;
  };

  return {
    client: { run, start: jobs.startJob },
    receive: jobs.receive,
    stopped: (problem) => {
      dead = problem;
      jobs.endAll(problem);
    },
  };
}
