import type { UiState } from '../../../workbench/state/ui';
import type { Workbench } from '../../../workbench/state/workbench';

type Behind = Pick<UiState, 'source' | 'picture'>;

/**
 * Accepting a reconstruction replaces what stands behind the document, and undo brings it back: this keeps the window's
 * source and picture in step with the document's. Returns how to stop.
 */
export function followDocumentSource({ document: store, ui, metrics }: Workbench): () => void {
  const known = new Map<string, Behind>();
  let { id, source } = store.state().document;
  return store.subscribe(() => {
    const { document } = store.state();
    if (document.id !== id) known.clear();
    else if (keyOf(document.source) !== keyOf(source)) {
      const before = ui.getState();
      known.set(keyOf(source), { source: before.source, picture: before.picture });
      const behind = known.get(keyOf(document.source));
      if (behind) {
        ui.setState(behind);
        metrics.setSamples(behind.source?.opened.samples ?? null);
      }
    }
    ({ id, source } = document);
  });
}

function keyOf(source: { readonly sha256: string } | null): string {
  return source?.sha256 ?? '';
}
