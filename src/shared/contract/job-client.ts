import { fail, ok, type Problem, type Result } from '../result';
import type { ConvexShape } from '../shape/types';
import type { FlatPreview } from './flat';
import type { JobControl, RunRow } from './learning';
import type { Picture } from './inputs';
import type { EngineEvent, EngineRequest, JobKind, JobProgress, JobRequest, JobResults } from './jobs';

export type RequestOf<K extends JobKind> = Extract<JobRequest, { kind: K }>;

export interface JobListeners {
  onProgress?(progress: JobProgress): void;
  onPreview?(shape: ConvexShape): void;
  onFlatPreview?(preview: FlatPreview): void;
  onPicturePreview?(picture: Picture): void;
  onRows?(rows: readonly RunRow[]): void;
}

export interface JobEnd<K extends JobKind> {
  readonly value: JobResults[K];
  readonly seconds: number;
}

export interface JobHandle<K extends JobKind> {
  readonly id: number;
  /** Never rejects. A cancelled job ends with CANCELLED, one whose engine died with what `endAll` was given. */
  readonly result: Promise<Result<JobEnd<K>>>;
  cancel(): void;
  /** Pauses, resumes or stops a training; other jobs do not listen. */
  control(control: JobControl): void;
}

/** The asking side of the engine's protocol, over any channel. */
export interface JobClient {
  startJob<K extends JobKind>(request: RequestOf<K>, listeners?: JobListeners): JobHandle<K>;
  /** Takes an event of the engine. */
  receive(event: EngineEvent): void;
  /** Ends every running job with a problem: the engine is gone. */
  endAll(problem: Problem): void;
}

/** How a job ends that a person stopped. */
export const CANCELLED: Problem = { code: 'cancelled', message: 'The job was cancelled.' };

interface Pending {
  readonly listeners: JobListeners;
  settle(result: Result<JobEnd<JobKind>>): void;
}

/**
 * @param send puts a request on the channel
 * @param afterShown runs a function when what the last preview changed has been shown. Asking for the next preview only
 *   then is what keeps a slow reader from falling behind.
 */
export function createJobClient(
  send: (request: EngineRequest) => void,
  afterShown: (callback: () => void) => void,
): JobClient {
  const pending = new Map<number, Pending>();
  let nextId = 1;

  const settle = (id: number, result: Result<JobEnd<JobKind>>): void => {
    const job = pending.get(id);
    pending.delete(id);
    job?.settle(result);
  };

  return {
    startJob: <K extends JobKind>(request: RequestOf<K>, listeners: JobListeners = {}) => {
      const id = nextId++;
      const result = new Promise<Result<JobEnd<K>>>((resolve) => {
        pending.set(id, { listeners, settle: (end) => resolve(end as Result<JobEnd<K>>) });
      });
      send({ type: 'start', id, job: request });
      return {
        id,
        result,
        cancel: () => {
          if (pending.has(id)) send({ type: 'cancel', id });
        },
        control: (control) => {
          if (pending.has(id)) send({ type: 'control', id, control });
        },
      };
    },
    receive: (event) => {
      const listeners = pending.get(event.id)?.listeners;
      switch (event.type) {
        case 'progress':
          listeners?.onProgress?.(event.progress);
          break;
        case 'preview':
          listeners?.onPreview?.(event.shape);
          afterShown(() => send({ type: 'preview-shown', id: event.id }));
          break;
        case 'flat-preview':
          listeners?.onFlatPreview?.(event.preview);
          afterShown(() => send({ type: 'preview-shown', id: event.id }));
          break;
        case 'picture-preview':
          listeners?.onPicturePreview?.(event.picture);
          afterShown(() => send({ type: 'preview-shown', id: event.id }));
          break;
        case 'rows':
          listeners?.onRows?.(event.rows);
          break;
        case 'result':
          settle(event.id, ok({ value: event.result, seconds: event.seconds }));
          break;
        case 'error':
          settle(event.id, fail(event.error));
          break;
        case 'cancelled':
          settle(event.id, fail(CANCELLED));
          break;
      }
    },
    endAll: (problem) => {
      for (const id of pending.keys()) settle(id, fail(problem));
    },
  };
}
