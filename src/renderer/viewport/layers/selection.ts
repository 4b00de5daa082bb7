import { Group } from 'three';
import type { LayerDescriptor } from '../layer';
import { createFaceHighlight } from '../marks/face-highlights';
import { createOutlines } from '../marks/outlines';
import { palette } from '../palette';

/** Shows what is selected, and what the pointer is over. */
export const layer: LayerDescriptor = {
  name: 'selection',
  order: 50,
  create({ root, parts, gesture }) {
    const group = new Group();
    const outlines = createOutlines(group);
    const hovered = createFaceHighlight(group, { opacity: 0.32, linewidth: 2 });
    root.add(group);
    return {
      update(state) {
        outlines.update(state, parts.get);
        const hover = gesture() ? null : state.hover;
        const onSelected = hover && state.selectedPartIds.has(hover.partId);
        const isActive =
          hover && state.selectedPartIds.size === 1 && onSelected && hover.plane === state.selectedPlane;
        hovered.show(
          onSelected && !isActive && !state.readOnly ? parts.get(hover.partId) : undefined,
          hover?.plane ?? null,
          palette(state.theme).accent,
        );
      },
      dispose() {
        root.remove(group);
        outlines.dispose();
        hovered.dispose();
      },
    };
  },
};
