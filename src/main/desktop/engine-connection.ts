import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import { EVENTS } from '../../shared/contract/channels';
import type { EngineState } from '../../shared/contract/bridge';
import type { HostMessage, HostReply } from '../engine/hosts/messages';
import type { PathGrant } from './grants';
import type { Log } from './log';

export interface EngineConnectionOptions {
  /** The engine's bundle. */
  readonly entry: string;
  readonly grants: () => readonly PathGrant[];
  readonly onState: (state: EngineState, reason: string | null) => void;
  readonly log: Log;
}

/** Main's hold on the engine process: starts it, tells it what may be opened, and hands ports out; then steps aside. */
export interface EngineConnection {
  /** Starts the engine when it is not running and gives the window a port to it. */
  connect(window: WebContents, backend: string): Promise<void>;
  /** Resolves when a running engine knows the grant; at once when none runs, because a start sends them all. */
  grant(grant: PathGrant): Promise<void>;
  stop(): void;
}

interface Running {
  readonly process: UtilityProcess;
  readonly ready: Promise<void>;
  grant(grant: PathGrant): Promise<void>;
}

export function createEngineConnection(options: EngineConnectionOptions): EngineConnection {
  let running: Running | null = null;
  let stopping = false;

  const start = (): Running => {
    options.onState('starting', null);
    const engine = launch(options, (reason) => {
      running = null;
      if (!stopping) options.onState('stopped', reason);
    });
    running = engine;
    engine.ready.then(
      () => options.onState('ready', null),
      () => undefined,
    );
    return engine;
  };

  return {
    connect: async (window, backend) => {
      const engine = running ?? start();
      await engine.ready;
      if (window.isDestroyed()) return;
      const { port1, port2 } = new MessageChannelMain();
      engine.process.postMessage({ type: 'connect', backend } satisfies HostMessage, [port1]);
      window.postMessage(EVENTS.enginePort, null, [port2]);
    },
    grant: async (grant) => {
      await running?.grant(grant);
    },
    stop: () => {
      stopping = true;
      running?.process.kill();
    },
  };
}

/** One engine process, from its start to its end. */
function launch(options: EngineConnectionOptions, onEnd: (reason: string) => void): Running {
  const child = utilityProcess.fork(options.entry, [], { serviceName: 'Halfspace engine', stdio: 'pipe' });
  const waiting = new Map<string, (() => void)[]>();
  let ended = false;

  child.stdout?.on('data', (data: Buffer) => options.log.write('engine', data.toString('utf8')));
  child.stderr?.on('data', (data: Buffer) => options.log.write('engine', data.toString('utf8')));

  const grant = (entry: PathGrant): Promise<void> =>
    new Promise((resolve) => {
      if (ended) {
        resolve();
        return;
      }
      waiting.set(entry.token, [...(waiting.get(entry.token) ?? []), resolve]);
      child.postMessage({ type: 'grant', ...entry } satisfies HostMessage, []);
    });

  child.on('message', (message: HostReply) => {
    for (const resolve of waiting.get(message.token) ?? []) resolve();
    waiting.delete(message.token);
  });

  child.on('exit', (code) => {
    ended = true;
    const reason = endReason(code);
    options.log.write('engine', reason);
    // Nobody waits for an engine that is gone: the next one is told every grant before it gets a port.
    for (const resolvers of waiting.values()) for (const resolve of resolvers) resolve();
    waiting.clear();
    onEnd(reason);
  });

  const spawned = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('exit', (code) => reject(new Error(endReason(code))));
  });
  const ready = spawned.then(async () => {
    await Promise.all(options.grants().map(grant));
    if (ended) throw new Error('The engine process ended while it was starting.');
  });
  return { process: child, ready, grant: (entry) => spawned.then(() => grant(entry)).catch(() => undefined) };
}

function endReason(code: number): string {
  return `The engine process ended unexpectedly (code ${code}).`;
}
