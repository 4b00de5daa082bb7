import type { EngineEvent } from '../../../shared/contract/jobs';

/** One end of a conversation with a window or a command line. Messages are copied, never shared. */
export interface EnginePort {
  post(event: EngineEvent): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** The part of Electron's MessagePortMain that the engine uses; named here so that the engine needs no Electron. */
interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

export function portFromMessagePort(port: MessagePortLike): EnginePort {
  return {
    post: (event) => port.postMessage(event),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}
