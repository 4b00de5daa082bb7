import type { LayerDescriptor } from '../layer';
import { createAxesGizmo } from '../view/axes-gizmo';

/** The axes in the corner. */
export const layer: LayerDescriptor = {
  name: 'axes',
  order: 90,
  create({ overlay, camera, state }) {
    const gizmo = createAxesGizmo(overlay, (name) => camera.view(name));
    return {
      frame() {
        const { frame, theme } = state();
        gizmo.update(camera.camera, frame.upAxis, theme);
      },
      dispose: () => gizmo.dispose(),
    };
  },
};
