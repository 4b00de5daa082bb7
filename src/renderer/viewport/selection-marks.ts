import { Group } from 'three';
import { createFaceHighlight } from './face-highlights';
import { createOutlines } from './outlines';
import { palette } from './palette';
import type { DrawnPart } from './parts-layer';
import type { PlaneDrag } from './plane-drag';
import type { ViewportState } from './types';

/** The plane with the handle: the one that is dragged, or the selected one. */
export interface ActivePlane {
  readonly id: string;
  readonly plane: number;
}

/** What shows where the selection, the pointer and a drag's snapping are. */
export interface SelectionMarks {
  readonly group: Group;
  update(state: ViewportState, drag: PlaneDrag | null, find: (id: string) => DrawnPart | undefined): void;
  dispose(): void;
}

export function activePlane(state: ViewportState, drag: PlaneDrag | null): ActivePlane | null {
  if (drag) return { id: drag.part.id, plane: drag.plane };
  if (state.selectedPartIds.size !== 1 || state.selectedPlane === null) return null;
  const [id] = state.selectedPartIds;
  return { id, plane: state.selectedPlane };
}

export function createSelectionMarks(): SelectionMarks {
  const group = new Group();
  const outlines = createOutlines(group);
  const hovered = createFaceHighlight(group, { opacity: 0.32, linewidth: 2 });
  const selected = createFaceHighlight(group, { opacity: 0.5, linewidth: 3 });
  // A plane that was pushed under its neighbours is still seen where it is.
  const covered = createFaceHighlight(group, { opacity: 0.1, linewidth: 1.4, dashed: true, through: true });
  const snapped = createFaceHighlight(group, { opacity: 0.14, linewidth: 2.4, dashed: true, through: true });

  return {
    group,
    update(state, drag, find) {
      const { accent } = palette(state.theme);
      outlines.update(state, find);
      const active = activePlane(state, drag);
      const activePart = active ? find(active.id) : undefined;
      selected.show(activePart, active?.plane ?? null, accent);
      covered.show(activePart, active?.plane ?? null, accent);
      const hover = drag ? null : state.hover;
      const onSelected = hover && state.selectedPartIds.has(hover.partId);
      const repeats = hover && active && hover.partId === active.id && hover.plane === active.plane;
      hovered.show(
        onSelected && !repeats && !state.readOnly ? find(hover.partId) : undefined,
        hover?.plane ?? null,
        accent,
      );
      const target = drag?.current().snapped?.face ?? null;
      snapped.show(target ? find(target.partId) : undefined, target?.plane ?? null, accent);
    },
    dispose() {
      for (const mark of [outlines, hovered, selected, covered, snapped]) mark.dispose();
    },
  };
}
