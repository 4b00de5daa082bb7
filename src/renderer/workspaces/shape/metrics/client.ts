import type { EvaluationSamples } from '../../../../shared/contract/jobs';
import type { Frame } from '../../../../shared/document/types';
import type { ConvexPart } from '../../../../shared/shape/types';
import type { LiveFigures, MetricsReply, MetricsRequest } from './types';

export type { LiveFigures, PartFigures } from './types';

/** Live numbers of the shape, computed in a worker. */
export interface MetricsClient {
  /** Points with known occupancy, for the IoU; null without a source. */
  setSamples(samples: EvaluationSamples | null): void;
  /** The shape to measure; a newer one replaces one that waits. */
  setShape(parts: readonly ConvexPart[], frame: Frame): void;
  /** Calls back with figures in the order of the shapes; those of a shape that was replaced may be left out. */
  subscribe(listener: (figures: LiveFigures) => void): () => void;
  dispose(): void;
}

export function createMetricsClient(): MetricsClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'metrics' });
  const listeners = new Set<(figures: LiveFigures) => void>();
  let version = 0;
  let delivered = 0;
  let shown: { parts: readonly ConvexPart[]; frame: Frame } | null = null;
  const post = (request: MetricsRequest): void => worker.postMessage(request);

  worker.addEventListener('message', ({ data }: MessageEvent<MetricsReply>) => {
    // A drag posts faster than a worker answers: any newer figures are better than figures that stand still.
    if (data.version < delivered) return;
    delivered = data.version;
    for (const listener of listeners) listener(data.figures);
  });
  return {
    setSamples: (samples) => post({ type: 'samples', samples }),
    setShape: (parts, frame) => {
      // Documents are immutable: the same list is the same shape.
      if (shown?.parts === parts && shown.frame === frame) return;
      shown = { parts, frame };
      post({ type: 'shape', version: ++version, parts, frame });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => worker.terminate(),
  };
}
