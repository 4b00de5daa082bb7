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
vi.mock('electron', () => ({
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
  const window = {
    isDestroyed: () => false,
    postMessage: (...args: unknown[]) => void posted.push(args),
  } as unknown as WebContents;
  const connection = createEngineConnection({
    entry: 'engine.cjs',
    grants: () => grants,
    onState: (state, reason) => void states.push([state, reason]),
    log: { write: () => undefined },
  });
  return { connection, window, states, posted };
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
    expect(states.at(-1)).toEqual(['stopped', 'The engine process ended unexpectedly (code 9).']);

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
    expect(states.at(-1)?.[0]).toBe('stopped');
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
