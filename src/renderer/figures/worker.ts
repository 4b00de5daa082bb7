import manifoldUrl from 'manifold-3d/manifold.wasm?url';
import { openManifold, type ManifoldApi } from '../../shared/geometry/manifold';
import { createFiguresCalculator } from './figures';
import type { MetricsAnswer, MetricsRequest } from './messages';

const calculator = createFiguresCalculator();
/** A union that takes longer than this comes after the other figures, not with them. */
const PROMPT_UNION_MS = 25;

let manifold: ManifoldApi | null = null;
let lastUnionMs = 0;
let slowUnion: ReturnType<typeof setTimeout> | undefined;

const post = (answer: MetricsAnswer): void => self.postMessage(answer);

function measureWithUnion(): void {
  const startedAt = performance.now();
  const figures = calculator.measure(manifold);
  lastUnionMs = performance.now() - startedAt;
  post({ figures });
}

self.addEventListener('message', ({ data }: MessageEvent<MetricsRequest>) => {
  clearTimeout(slowUnion);
  if (data.samples !== undefined) calculator.setSamples(data.samples);
  calculator.setShape(data.order, data.changed, data.metresPerUnit);
  if (manifold && lastUnionMs <= PROMPT_UNION_MS) {
    measureWithUnion();
    return;
  }
  post({ figures: calculator.measure(null) });
  slowUnion = setTimeout(measureWithUnion, 100);
});

void openManifold({ locateFile: () => manifoldUrl }).then((api) => {
  manifold = api;
  measureWithUnion();
});
