import { shownParts } from './viewport-state';
import type { Workbench } from '../../workbench/state/workbench';

/** Keeps the live numbers up to date with whatever shape is shown: the fit's preview, a drag, or the document. */
export function connectMetrics({ metrics, document: store, ui }: Workbench): void {
  const update = (): void => {
    const { document } = store.state();
    metrics.setShape(shownParts(ui.getState(), document.parts), document.frame);
  };
  store.subscribe(update);
  ui.subscribe((state, before) => {
    if (state.preview !== before.preview || state.proposal !== before.proposal) update();
  });
  metrics.subscribe((figures) => ui.setState({ figures }));
  update();
}
