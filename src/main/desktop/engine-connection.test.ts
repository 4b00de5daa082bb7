import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PathGrant } from './grants';

interface Message {
  readonly type: 'grant' | 'connect';
  readonly token?: string;
}

/** An engine process that a test plays: it answers only when told to. */
class FakeEngine extends EventEmitter {
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  readonly received: Message[] = [];
  postMessage(message: Message): void {
    this.received.push(message);
  }
  acknowledge(token: string): void {
    this.emit('message', { type: 'granted', token });
  }
  kill(): void {
    this.emit('exit', 0);
  }
}

const started = vi.hoisted(() => [] as unknown[]);
const app: EventEmitter = new EventEmitter();
vi.mock('electron', () => ({
  app: {
    on: (event: string, listener: () => void) => app.on(event, listener),
    off: (event: string, listener: () => void) => app.off(event, listener),
  },
  MessageChannelMain: class {
    readonly port1 = 'engine side';
    readonly port2 = 'window side';
  },
  utilityProcess: {
    fork: () => {
      const engine = new FakeEngine();
      started.push(engine);
      return engine;
    },
  },
}));

const { createEngineConnection } = await import('./engine-connection');

const engines = started as FakeEngine[];
const settle = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));
const grantOf = (token: string): PathGrant => ({ token, path: `/${token}`, write: false });

function setUp(grants: PathGrant[]) {
  const states: [string, string | null][] = [];
  const posted: unknown[] = [];
  const logged: string[] = [];
  const window = {
    isDestroyed: () => false,
    postMessage: (...args: unknown[]) => void posted.push(args),
  } as unknown as WebContents;
  const connection = createEngineConnection({
    entry: 'engine.cjs',
    grants: () => grants,
    onState: (state, reason) => void states.push([state, reason]),
    log: { write: (source, text) => void logged.push(`${source}: ${text}`) },
  });
  return { connection, window, states, posted, logged };
}

beforeEach(() => void started.splice(0));

describe('the connection to the engine', () => {
  it('hands out a port only when the engine knows every grant', async () => {
    const { connection, window, states, posted } = setUp([grantOf('a'), grantOf('b')]);
    const connected = connection.connect(window, 'wasm');
    engines[0].emit('spawn');
    await settle();
    engines[0].acknowledge('a');
    await settle();
    expect(posted).toEqual([]);
    engines[0].acknowledge('b');
    await connected;
    expect(engines[0].received.at(-1)).toEqual({ type: 'connect', backend: 'wasm' });
    expect(posted).toEqual([['halfspace:engine-port', null, ['window side']]]);
    expect(states).toEqual([
      ['starting', null],
      ['ready', null],
    ]);
  });

  it('lets a grant return only when the running engine knows it', async () => {
    const { connection, window } = setUp([]);
    const connected = connection.connect(window, 'wasm');
    engines[0].emit('spawn');
    await connected;
    let granted = false;
    const granting = connection.grant(grantOf('c')).then(() => (granted = true));
    await settle();
    expect(granted).toBe(false);
    engines[0].acknowledge('c');
    await granting;
    expect(granted).toBe(true);
  });

  it('waits for nothing when no engine runs', async () => {
    const { connection } = setUp([]);
    await connection.grant(grantOf('a'));
    expect(engines).toHaveLength(0);
  });

  it('tells why an engine ended, sets its waiters free and starts another for the next port', async () => {
    const grants = [grantOf('a')];
    const { connection, window, states } = setUp(grants);
    const first = connection.connect(window, 'wasm');
    engines[0].emit('spawn');
    await settle();
    engines[0].acknowledge('a');
    await first;
    const granting = connection.grant(grantOf('b'));
    await settle();
    engines[0].emit('exit', 9);
    await granting;
    await settle();
    expect(states.at(-1)).toEqual([
      'stopped',
      'The engine process ended unexpectedly: it ended by itself (exit code 9).',
    ]);

    const second = connection.connect(window, 'cpu');
    engines[1].emit('spawn');
    await settle();
    expect(engines[1].received).toEqual([{ type: 'grant', token: 'a', path: '/a', write: false }]);
    engines[1].acknowledge('a');
    await second;
  });

  it('fails a connection whose engine ends while it starts', async () => {
    const { connection, window, states } = setUp([]);
    const connected = connection.connect(window, 'wasm');
    engines[0].emit('exit', 1);
    await expect(connected).rejects.toThrow(/code 1/);
    await settle();
    expect(states.at(-1)?.[0]).toBe('stopped');
  });

  it('names the reason that Chromium gives, before or after the exit, which says 0 of a process that was killed', async () => {
    const gone = { type: 'Utility', name: 'Halfspace engine', reason: 'killed', exitCode: 9 };
    const others = { type: 'Utility', name: 'Audio Service', reason: 'oom', exitCode: 1 };
    const listening = app.listenerCount('child-process-gone');
    for (const order of ['before', 'after']) {
      started.splice(0);
      const { connection, window, states, logged } = setUp([]);
      const connected = connection.connect(window, 'wasm');
      engines[0].emit('spawn');
      await connected;
      if (order === 'before') app.emit('child-process-gone', {}, gone);
      engines[0].emit('exit', 0);
      app.emit('child-process-gone', {}, others);
      if (order === 'after') app.emit('child-process-gone', {}, gone);
      await settle();
      const reason = 'The engine process ended unexpectedly: it was killed (killed, code 9).';
      expect(states.at(-1)).toEqual(['stopped', reason]);
      expect(logged).toEqual([`engine: ${reason}`]);
    }
    expect(app.listenerCount('child-process-gone')).toBe(listening);
  });

  it('says nothing about an engine that it ends itself', async () => {
    const { connection, window, states } = setUp([]);
    const connected = connection.connect(window, 'wasm');
    engines[0].emit('spawn');
    await connected;
    connection.stop();
    expect(states.map(([state]) => state)).toEqual(['starting', 'ready']);
  });
});
