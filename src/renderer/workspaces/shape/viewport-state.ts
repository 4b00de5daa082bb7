import type { ConvexPart } from '../../../shared/shape/types';
import type { ViewportState } from '../../viewport/types';
import type { UiState } from '../../workbench/state/ui';
import type { Workbench } from '../../workbench/state/workbench';

/** What the viewport draws, put together from the document and what the window shows of it. */
export function viewportState({ document: store, ui }: Workbench): ViewportState {
  const { document, selection } = store.state();
  const state = ui.getState();
  return {
    parts: shownParts(state, document.parts),
    frame: document.frame,
    ghost: state.source?.opened.ghost ?? null,
    ghostOpacity: state.ghostOpacity,
    selectedPartIds: selectedIds(selection.partIds),
    selectedPlane: selection.plane,
    hover: state.hover,
    isolatedPartIds: state.isolated,
    explode: state.explode,
    showGrid: state.showGrid,
    showEdges: state.showEdges,
    theme: state.theme,
    readOnly: state.fitJob !== null || state.proposal !== null,
  };
}

/** A running fit's preview, a fit that waits to be adopted, or the document's own parts. */
export function shownParts(ui: UiState, parts: readonly ConvexPart[]): readonly ConvexPart[] {
  return ui.preview?.parts ?? ui.proposal?.result.shape.parts ?? parts;
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The same set for the same selection: the viewport compares by identity. */
function selectedIds(partIds: readonly string[]): ReadonlySet<string> {
  let set = sets.get(partIds);
  if (!set) sets.set(partIds, (set = new Set(partIds)));
  return set;
}

/** Calls back now and after every change that the viewport can see. Returns how to stop. */
export function watchViewportState(
  workbench: Workbench,
  listener: (state: ViewportState) => void,
): () => void {
  let last: ViewportState | null = null;
  const update = (): void => {
    const next = viewportState(workbench);
    const before = last;
    if (before && (Object.keys(next) as (keyof ViewportState)[]).every((key) => next[key] === before[key]))
      return;
    last = next;
    listener(next);
  };
  update();
  const stops = [workbench.document.subscribe(update), workbench.ui.subscribe(update)];
  return () => stops.forEach((stop) => stop());
}
