import { MessageChannelMain, type WebContents } from 'electron';
import type { EngineState } from '../../shared/contract/bridge';
import { EVENTS } from '../../shared/contract/channels';
import { startEngineProcess, type EngineProcess, type EngineProcessOptions } from './engine-process';
import type { PathGrant } from './grants';

export interface EngineConnectionOptions extends EngineProcessOptions {
  readonly onState: (state: EngineState, reason: string | null) => void;
}

/** Main's hold on the engine process: starts it, tells it what may be opened, and hands ports out; then steps aside. */
export interface EngineConnection {
  /** Starts the engine when it is not running and gives the window a port to it. */
  connect(window: WebContents, backend: string): Promise<void>;
  /** Resolves when a running engine knows the grant; at once when none runs, because a start sends them all. */
  grant(grant: PathGrant): Promise<void>;
  stop(): void;
}

export function createEngineConnection(options: EngineConnectionOptions): EngineConnection {
  let running: EngineProcess | null = null;
  let stopping = false;

  const start = (): EngineProcess => {
    options.onState('starting', null);
    const engine = startEngineProcess(options);
    running = engine;
    engine.ready.then(
      () => options.onState('ready', null),
      () => undefined,
    );
    void engine.ended.then((reason) => {
      running = null;
      if (!stopping) options.onState('stopped', reason);
    });
    return engine;
  };

  return {
    connect: async (window, backend) => {
      const engine = running ?? start();
      await engine.ready;
      if (window.isDestroyed()) return;
      const { port1, port2 } = new MessageChannelMain();
      engine.connect(port1, backend);
      window.postMessage(EVENTS.enginePort, null, [port2]);
    },
    grant: async (grant) => {
      await running?.grant(grant);
    },
    stop: () => {
      stopping = true;
      running?.kill();
    },
  };
}
