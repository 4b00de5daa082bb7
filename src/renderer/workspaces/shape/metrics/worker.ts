import manifoldWasm from 'manifold-3d/manifold.wasm?url';
import { openManifold } from '../../../../shared/geometry/manifold';
import { uniteMeshes } from '../../../../shared/geometry/union';
import { createMeasurer } from './measure';
import type { MetricsReply, MetricsRequest } from './types';

type ShapeRequest = Extract<MetricsRequest, { type: 'shape' }>;

/** The union waits this long without a new shape: it costs tens of milliseconds, which a drag must not. */
const IDLE_BEFORE_UNION_MS = 120;

const measurer = createMeasurer();
let newest: ShapeRequest | null = null;
let scheduled = false;
let idle: ReturnType<typeof setTimeout> | undefined;

function reply(message: MetricsReply): void {
  self.postMessage(message);
}

self.addEventListener('message', ({ data }: MessageEvent<MetricsRequest>) => {
  if (data.type === 'samples') {
    measurer.setSamples(data.samples);
    if (newest) schedule();
    return;
  }
  newest = data;
  schedule();
});

/** Messages that already wait are read first, so a slow worker measures the newest shape only. */
function schedule(): void {
  clearTimeout(idle);
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    if (!newest) return;
    const { version, parts, frame } = newest;
    reply({ version, figures: measurer.measure(parts, frame, null) });
    idle = setTimeout(() => void addUnion(version), IDLE_BEFORE_UNION_MS);
  }, 0);
}

async function addUnion(version: number): Promise<void> {
  const api = await openManifold({ locateFile: () => manifoldWasm });
  if (!newest || newest.version !== version) return;
  const union = uniteMeshes(api, measurer.meshes());
  if (!union.ok) return;
  const { parts, frame } = newest;
  reply({ version, figures: measurer.measure(parts, frame, union.value.mass.volume) });
}
