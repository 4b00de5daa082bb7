import { join } from 'node:path';
import { chooseBackend } from '../compute/backends';
import { createGrants } from './service/grants';
import { createJobRunner, isExclusive } from './jobs/index';
import { serveClient } from './service/session';
import { catchStrayErrors } from './service/stray-errors';
import { createSources } from './service/sources';
import type { ChildMessage, HostMessage, HostReply } from './hosts/messages';
import { portFromMessagePort, type EnginePort } from './service/transport';

/**
 * The engine process: Electron's utilityProcess under the window, a child process of Node under the command line.
 * The host grants files and connects clients; jobs travel over the clients' own ports.
 */
// Paths are taken from the entry, which lies where the build puts it; shared code may land in any chunk.
const fieldWorker = join(__dirname, 'field-worker.cjs');
const trainWorker = join(__dirname, 'train-worker.cjs');
const modelsFolder = join(__dirname, '../../resources/models');
const grants = createGrants();
const sources = createSources(grants);

function connect(port: EnginePort, name: string): void {
  // Looking for backends may take a while: the first job waits for it, not the connection.
  const choice = chooseBackend(name);
  serveClient(port, {
    run: async (request, context) => {
      const backend = await choice;
      // Every job says what is wrong with the backend.
      if (!backend.ok) return backend;
      const environment = {
        grants,
        sources,
        backend: backend.value.name,
        fieldWorker,
        trainWorker,
        modelsFolder,
      };
      return createJobRunner(environment).run(request, context);
    },
    isExclusive,
  });
}

function obey(message: HostMessage, reply: (message: HostReply) => void, port: EnginePort | null): void {
  if (message.type === 'grant') {
    grants.add(message.token, message.path, message.write);
    reply({ type: 'granted', token: message.token });
  } else if (port) {
    connect(port, message.backend);
  }
}

// An error of no job leaves the process in a state that nobody knows; its host says that it ended and starts another.
catchStrayErrors(process, () => process.exit(1));

/** Electron's parentPort; absent under plain Node, and its type is Electron's, which the engine does not import. */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: HostMessage; ports: Parameters<typeof portFromMessagePort>[0][] }) => void,
  ): void;
  postMessage(message: HostReply): void;
}
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

if (parentPort) {
  parentPort.on('message', ({ data, ports }) => {
    obey(data, (message) => parentPort.postMessage(message), ports[0] ? portFromMessagePort(ports[0]) : null);
  });
} else {
  const listeners: ((message: unknown) => void)[] = [];
  const channel: EnginePort = {
    post: (event) => void process.send?.({ type: 'job', event }),
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void process.on('disconnect', listener),
  };
  process.on('message', (message: ChildMessage) => {
    if (message.type === 'job') for (const listener of listeners) listener(message.message);
    else obey(message, (answer) => void process.send?.(answer), channel);
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl+C reaches the whole group; the host hears it, too, and cancels the job in its own words.
  process.on('SIGINT', () => undefined);
}
