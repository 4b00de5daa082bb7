import { ENGINE_PORT_MESSAGE } from '../../../shared/contract/channels';
import type { EngineEvent } from '../../../shared/contract/jobs';
import type { EnginePort } from './client';

/** Calls back with every engine port that main hands to this window; returns how to stop listening. */
export function listenForPorts(listener: (port: EnginePort) => void): () => void {
  const onMessage = (event: MessageEvent): void => {
    // The preload shares this window, so nothing from another origin can be it.
    if (event.source !== window || event.data !== ENGINE_PORT_MESSAGE || !event.ports[0]) return;
    listener(wrapPort(event.ports[0]));
  };
  window.addEventListener('message', onMessage);
  return () => window.removeEventListener('message', onMessage);
}

function wrapPort(port: MessagePort): EnginePort {
  return {
    send: (request) => port.postMessage(request, []),
    onEvent: (listener) => {
      port.addEventListener('message', (event: MessageEvent) => listener(event.data as EngineEvent));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', listener),
    close: () => port.close(),
  };
}
