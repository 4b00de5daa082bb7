import type { EvaluationSamples } from '../../shared/contract/jobs';
import type { Frame } from '../../shared/document/types';
import type { ConvexPart } from '../../shared/shape/types';
import type { LiveFigures } from './figures';
import type { MetricsAnswer, MetricsRequest } from './messages';

export type { LiveFigures, PartFigures } from './figures';

/** Live figures of the shape shown, measured in a worker. */
export interface MetricsClient {
  setSamples(samples: EvaluationSamples | null): void;
  /** While the worker is busy only the newest shape waits. */
  setShape(parts: readonly ConvexPart[], frame: Frame): void;
  subscribe(listener: (figures: LiveFigures) => void): () => void;
  dispose(): void;
}

export function createMetricsClient(): MetricsClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const listeners = new Set<(figures: LiveFigures) => void>();
  let sent = new Map<string, ConvexPart>();
  let parts: readonly ConvexPart[] = [];
  let metresPerUnit = 1;
  let samples: EvaluationSamples | null | undefined;
  let busy = false;
  let waiting = false;

  const send = (): void => {
    if (busy) {
      waiting = true;
      return;
    }
    busy = true;
    waiting = false;
    const request: MetricsRequest = {
      order: parts.map((part) => part.id),
      changed: parts.filter((part) => sent.get(part.id) !== part),
      metresPerUnit,
      ...(samples !== undefined && { samples }),
    };
    samples = undefined;
    sent = new Map(parts.map((part) => [part.id, part]));
    worker.postMessage(request);
  };

  worker.addEventListener('message', ({ data }: MessageEvent<MetricsAnswer>) => {
    busy = false;
    for (const listener of listeners) listener(data.figures);
    if (waiting) send();
  });

  return {
    setSamples: (next) => {
      samples = next;
      send();
    },
    setShape: (next, frame) => {
      if (next === parts && frame.metresPerUnit === metresPerUnit) return;
      parts = next;
      metresPerUnit = frame.metresPerUnit;
      send();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => worker.terminate(),
  };
}
