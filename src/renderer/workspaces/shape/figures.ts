import type { Workbench } from '../../workbench/state/workbench';
import { createMetricsClient, type MetricsClient } from './metrics/client';
import { shapeSlice } from './state';
import { shownParts } from './viewport-state';

/**
 * Keeps the live numbers up to date with whatever shape is shown (the fit's preview, a drag, or the document) and with
 * the source that it is compared with. Returns how to stop.
 */
export function connectMetrics(
  workbench: Workbench,
  metrics: MetricsClient = createMetricsClient(),
): () => void {
  const { document: store, ui } = workbench;
  const updateShape = (): void => {
    const { document } = store.state();
    metrics.setShape(shownParts(shapeSlice.get(workbench), document.parts), document.frame);
  };
  const stops = [
    store.subscribe(updateShape),
    ui.subscribe((state, before) => {
      const shape = shapeSlice.in(state);
      const shapeBefore = shapeSlice.in(before);
      const samples = shape.source?.opened.samples ?? null;
      if (samples !== (shapeBefore.source?.opened.samples ?? null)) metrics.setSamples(samples);
      if (shape.preview !== shapeBefore.preview || shape.proposal !== shapeBefore.proposal) updateShape();
    }),
    metrics.subscribe((figures) => shapeSlice.set(workbench, { figures })),
  ];
  updateShape();
  return () => {
    stops.forEach((stop) => stop());
    metrics.dispose();
  };
}
