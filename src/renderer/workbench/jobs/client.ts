import type { EngineState, HalfspaceBridge } from '../../../shared/contract/bridge';
import {
  createJobClient,
  type JobHandle,
  type JobListeners,
  type RequestOf,
} from '../../../shared/contract/job-client';
import type { EngineEvent, EngineRequest, JobKind } from '../../../shared/contract/jobs';
import type { Problem } from '../../../shared/result';

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

/** The window's side of the engine's protocol. Jobs wait for the port; when it goes, they end with a typed error. */
export function createEngineClient({ bridge, onPort, afterDrawing }: EngineClientOptions): EngineClient {
  let port: EnginePort | null = null;
  let connecting = false;
  let unsent: EngineRequest[] = [];

  // A preview is acknowledged on the port it came by, or not at all.
  const jobs = createJobClient((request) => send(request), afterDrawing);

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
    jobs.endAll(problem);
  };

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

  const stopListening = onPort((arrived) => {
    port?.close();
    port = arrived;
    connecting = false;
    arrived.onEvent(jobs.receive);
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

  return {
    startJob: jobs.startJob,
    disconnect: stopped,
    dispose: () => {
      stopListening();
      stopWatching();
      stopped('The window closed.');
    },
  };
}
