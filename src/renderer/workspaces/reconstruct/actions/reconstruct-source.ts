import { shapeSlice, type ShapeState } from '../../shape/state';
import type { Workbench } from '../../../workbench/state/workbench';

type Behind = Pick<ShapeState, 'source' | 'picture'>;

/**
 * Accepting a reconstruction replaces what stands behind the document, and undo brings it back: this keeps the window's
 * source and picture in step with the document's. Returns how to stop.
 */
export function followDocumentSource(workbench: Workbench): () => void {
  const { document: store } = workbench;
  const known = new Map<string, Behind>();
  let {
    generation,
    document: { source },
  } = store.state();
  return store.subscribe(() => {
    const { document, generation: current } = store.state();
    if (current !== generation) known.clear();
    else if (keyOf(document.source) !== keyOf(source)) {
      const { source: openSource, picture } = shapeSlice.get(workbench);
      known.set(keyOf(source), { source: openSource, picture });
      const behind = known.get(keyOf(document.source));
      if (behind) shapeSlice.set(workbench, behind);
    }
    generation = current;
    ({ source } = document);
  });
}

function keyOf(source: { readonly sha256: string } | null): string {
  return source?.sha256 ?? '';
}
