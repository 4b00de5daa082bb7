import type { ToolDescriptor } from '../tool';

/** Selects by clicks, and says what the pointer is over. */
export const tool: ToolDescriptor = {
  name: 'select',
  order: 70,
  priority: 0,
  create({ state, pointer, gesture, events, redraw }) {
    return {
      hover(at) {
        const target = at?.hit()?.target ?? null;
        const known = state().hover;
        if (target?.partId !== known?.partId || target?.plane !== known?.plane) events.onHover(target);
        else redraw();
      },
      cursor: (at) => (at.hit() ? 'pointer' : null),
      click(at) {
        const target = at.hit()?.target;
        if (!target) {
          if (!at.shift) events.onSelect(null, false);
          return true;
        }
        const { partId, plane } = target;
        const { selectedPartIds } = state();
        const again = selectedPartIds.size === 1 && selectedPartIds.has(partId);
        events.onSelect({ partId, plane: again && !at.shift ? plane : null }, at.shift);
        return true;
      },
      labels() {
        const { hover, parts, selectedPartIds, selectedPlane } = state();
        const at = pointer();
        // The part whose plane has a handle needs no name: its distance stands there.
        if (!hover || !at || gesture() || (selectedPlane !== null && selectedPartIds.has(hover.partId)))
          return [];
        const name = parts.find(({ id }) => id === hover.partId)?.name;
        if (name === undefined) return [];
        return [{ id: 'hover-label', kind: 'tag', text: name, at: { x: at.x, y: at.y + 18 } }];
      },
      dispose: () => undefined,
    };
  },
};
