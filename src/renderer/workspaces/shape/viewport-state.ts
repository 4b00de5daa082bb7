import type { ConvexPart } from '../../../shared/shape/types';
import type { ViewportState } from '../../viewport/types';
import type { Workbench } from '../../workbench/state/workbench';
import { shapeSlice, type ShapeState } from './state';

/** What the viewport draws, put together from the document and what the window shows of it. */
export function viewportState({ document: store, ui }: Workbench): ViewportState {
  const { document, selection } = store.state();
  const shape = shapeSlice.get({ ui });
  return {
    parts: shownParts(shape, document.parts),
    frame: document.frame,
    ghost: shape.source?.opened.ghost ?? null,
    ghostOpacity: shape.ghostOpacity,
    selectedPartIds: selectedIds(selection.partIds),
    selectedPlane: selection.plane,
    hover: shape.hover,
    isolatedPartIds: shape.isolated,
    explode: shape.explode,
    showGrid: shape.showGrid,
    showEdges: shape.showEdges,
    extras: shape.extras,
    theme: ui.getState().theme,
    readOnly: shape.fitJob !== null || shape.proposal !== null,
  };
}

/** A running fit's preview, a fit that waits to be adopted, or the document's own parts. */
export function shownParts(
  { preview, proposal }: ShapeState,
  parts: readonly ConvexPart[],
): readonly ConvexPart[] {
  return preview?.parts ?? proposal?.result.shape.parts ?? parts;
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
