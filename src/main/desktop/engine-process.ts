import { app, utilityProcess, type Details, type MessagePortMain } from 'electron';
import type { HostMessage, HostReply } from '../engine/hosts/messages';
import type { PathGrant } from './grants';
import type { Log } from './log';
import { describeEnd, type ProcessEnd } from './process-ends';

const NAME = 'Halfspace engine';

/** One engine process, from its start to its end. */
export interface EngineProcess {
  /** Resolves when it runs and knows every grant; rejects with why it ended when it does so before. */
  readonly ready: Promise<void>;
  /** Resolves with one sentence that says why it ended. */
  readonly ended: Promise<string>;
  /** Hands it a client's port. */
  connect(port: MessagePortMain, backend: string): void;
  /** Resolves when it knows the grant, or is gone. */
  grant(grant: PathGrant): Promise<void>;
  kill(): void;
}

export interface EngineProcessOptions {
  /** The engine's bundle. */
  readonly entry: string;
  readonly grants: () => readonly PathGrant[];
  readonly log: Log;
}

export function startEngineProcess({ entry, grants, log }: EngineProcessOptions): EngineProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: NAME, stdio: 'pipe' });
  const waiting = new Map<string, (() => void)[]>();
  let isGone = false;
  const send = (message: HostMessage, ports: MessagePortMain[] = []): void =>
    child.postMessage(message, ports);

  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => log.write('engine', data.toString('utf8')));
  }
  child.on('error', (type, location) => log.write('engine', `${type} at ${location}`));

  const grant = (wanted: PathGrant): Promise<void> =>
    new Promise((resolve) => {
      if (isGone) {
        resolve();
        return;
      }
      waiting.set(wanted.token, [...(waiting.get(wanted.token) ?? []), resolve]);
      send({ type: 'grant', ...wanted });
    });

  child.on('message', ({ token }: HostReply) => {
    for (const resolve of waiting.get(token) ?? []) resolve();
    waiting.delete(token);
  });

  const ended = whyItEnded(child).then((reason) => {
    log.write('engine', reason);
    return reason;
  });
  child.on('exit', () => {
    isGone = true;
    // Nobody waits for an engine that is gone: the next one is told every grant before it gets a port.
    for (const resolvers of waiting.values()) for (const resolve of resolvers) resolve();
    waiting.clear();
  });

  const spawned = new Promise<void>((resolve) => void child.once('spawn', resolve));
  const granted = spawned.then(() => Promise.all(grants().map(grant)));
  const failed = ended.then((reason) => Promise.reject(new Error(reason)));
  const ready = Promise.race([granted.then(() => (isGone ? failed : undefined)), failed]);
  return {
    ready,
    ended,
    connect: (port, backend) => send({ type: 'connect', backend }, [port]),
    grant: (wanted) => Promise.race([spawned.then(() => grant(wanted)), ended.then(() => undefined)]),
    kill: () => void child.kill(),
  };
}

/** Resolves when a process has ended, with the reason where Chromium has one: a process that is killed exits with 0. */
function whyItEnded(child: Electron.UtilityProcess): Promise<string> {
  let end: ProcessEnd | null = null;
  const onGone = (_event: unknown, details: Details): void => {
    if (details.name === NAME) end = details;
  };
  app.on('child-process-gone', onGone);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      // Electron tells the reason before this or right after it, in the same turn.
      setImmediate(() => {
        app.off('child-process-gone', onGone);
        const how = end ? describeEnd(end) : `ended by itself (exit code ${code})`;
        resolve(`The engine process ended unexpectedly: it ${how}.`);
      });
    });
  });
}
