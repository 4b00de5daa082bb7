import type { EngineState, HalfspaceBridge } from '../../shared/contract/bridge';
import type {
  EngineEvent,
  EngineRequest,
  JobKind,
  JobProgress,
  JobRequest,
  JobResults,
} from '../../shared/contract/jobs';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import type { ConvexShape } from '../../shared/shape/types';

export type RequestOf<K extends JobKind> = Extract<JobRequest, { kind: K }>;

export interface JobListeners {
  onProgress?(progress: JobProgress): void;
  onPreview?(shape: ConvexShape): void;
}

export interface JobEnd<K extends JobKind> {
  readonly value: JobResults[K];
  readonly seconds: number;
}

export interface JobHandle<K extends JobKind> {
  readonly id: number;
  /** Never rejects. A cancelled job ends with CANCELLED, a job whose engine died with code 'engine-stopped'. */
  readonly result: Promise<Result<JobEnd<K>>>;
  cancel(): void;
}

export interface EngineClient {
  /** Starts a job, and the engine with it when it is not running. */
  startJob<K extends JobKind>(request: RequestOf<K>, listeners?: JobListeners): JobHandle<K>;
  /** Lets the port go; the next job connects anew. Running jobs end. */
  disconnect(reason: string): void;
  dispose(): void;
}

/** One end of a channel to the engine. */
export interface EnginePort {
  send(request: EngineRequest): void;
  onEvent(listener: (event: EngineEvent) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

export interface EngineClientOptions {
  readonly bridge: Pick<HalfspaceBridge, 'connectEngine' | 'onEngineState'>;
  /** Calls back with every port that arrives; returns how to stop listening. */
  readonly onPort: (listener: (port: EnginePort) => void) => () => void;
  /** Runs a function when what the last preview changed has been drawn. */
  readonly afterDrawing: (callback: () => void) => void;
}

export const CANCELLED: Problem = { code: 'cancelled', message: 'The job was cancelled.' };

interface Pending {
  readonly listeners: JobListeners;
  settle(result: Result<JobEnd<JobKind>>): void;
}

/** The window's side of the engine's protocol. Jobs wait for the port; when it goes, they end with a typed error. */
export function createEngineClient({ bridge, onPort, afterDrawing }: EngineClientOptions): EngineClient {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let port: EnginePort | null = null;
  let connecting = false;
  let unsent: EngineRequest[] = [];

  const settle = (id: number, result: Result<JobEnd<JobKind>>): void => {
    const job = pending.get(id);
    pending.delete(id);
    job?.settle(result);
  };

  const stopped = (reason: string | null): void => {
    port?.close();
    port = null;
    connecting = false;
    unsent = [];
    const problem: Problem = {
      code: 'engine-stopped',
      message: 'The engine stopped before the job was done.',
      hint: 'The shape is untouched. Run the job again: the engine starts by itself.',
      detail: reason ?? undefined,
    };
    for (const id of pending.keys()) settle(id, fail(problem));
  };

  const receive = (event: EngineEvent): void => {
    const listeners = pending.get(event.id)?.listeners;
    switch (event.type) {
      case 'progress':
        listeners?.onProgress?.(event.progress);
        break;
      case 'preview':
        listeners?.onPreview?.(event.shape);
        // Asking for the next preview only after this one is on screen is what keeps a slow window from falling behind.
        afterDrawing(() => port?.send({ type: 'preview-shown', id: event.id }));
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
  };

  const stopListening = onPort((arrived) => {
    port?.close();
    port = arrived;
    connecting = false;
    arrived.onEvent(receive);
    // Older Chromium tells nobody that a port has closed; the engine's state, below, covers it.
    arrived.onClose(() => {
      if (port === arrived) stopped(null);
    });
    for (const request of unsent) arrived.send(request);
    unsent = [];
  });

  const stopWatching = bridge.onEngineState((state: EngineState, reason) => {
    if (state === 'stopped') stopped(reason);
  });

  const send = (request: EngineRequest): void => {
    if (port) {
      port.send(request);
      return;
    }
    unsent.push(request);
    if (connecting) return;
    connecting = true;
    bridge
      .connectEngine()
      .catch((error: unknown) => stopped(error instanceof Error ? error.message : String(error)));
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
      };
    },
    disconnect: stopped,
    dispose: () => {
      stopListening();
      stopWatching();
      stopped('The window closed.');
    },
  };
}
