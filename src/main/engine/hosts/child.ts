import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { ChildMessage, ChildReply } from './messages';
import { createEngineClient, type EngineClient } from './client';

/** An engine under plain Node, for the command line. */
export interface ChildEngine {
  readonly client: EngineClient;
  /** Lets the engine use a path; the token stands for it in jobs. */
  grant(path: string, use: 'read' | 'write'): string;
  close(): Promise<void>;
}

/** Starts the engine process from its built entry and connects to it. */
export function startChildEngine(entry: string, backend: string): ChildEngine {
  // `advanced` serialisation copies typed arrays as they are.
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const send = (message: ChildMessage): void => {
    if (child.connected) child.send(message);
  };
  const { client, receive, stopped } = createEngineClient((request) =>
    send({ type: 'job', message: request }),
  );
  child.on('message', (message: ChildReply) => {
    if (message.type === 'job') receive(message.event);
  });
  const exited = new Promise<void>((resolve) => {
    child.on('exit', (code, signal) => {
      stopped({
        code: 'engine-stopped',
        message: `The engine stopped (${signal ?? `exit code ${code}`}).`,
        hint: 'Run the command again. If it happens again, use fewer parts or points: the memory may not suffice.',
      });
      resolve();
    });
  });
  send({ type: 'connect', backend });
  return {
    client,
    grant: (path, use) => {
      const token = randomUUID();
      send({ type: 'grant', token, path, write: use === 'write' });
      return token;
    },
    close: () => {
      if (child.connected) child.disconnect();
      return exited;
    },
  };
}
