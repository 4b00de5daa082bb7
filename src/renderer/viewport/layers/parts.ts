import type { LayerDescriptor } from '../layer';
import { partsBox } from '../parts/parts-box';

/** The parts. The rest of the viewport stands on what it draws: they are the context's own. */
export const layer: LayerDescriptor = {
  name: 'parts',
  order: 30,
  create({ root, parts, gesture }) {
    root.add(parts.group);
    return {
      update: (state) => parts.update(state, gesture()),
      pick: (ray) => parts.pick(ray),
      bounds: () => partsBox(parts.drawn()),
      dispose() {
        root.remove(parts.group);
        parts.dispose();
      },
    };
  },
};
