import type { LayerDescriptor } from '../layer';
import { createShadowPass } from '../view/shadow-pass';

/** The shadow follows a shape that keeps changing at this pace, ms: it is the only thing drawn in several passes. */
const SHADOW_PACE = 120;

/** A soft shadow where the shape meets the ground, rendered once per change of the shape, not per frame. */
export const layer: LayerDescriptor = {
  name: 'contact-shadow',
  order: 20,
  create({ renderer, scene, camera, parts, groundHeight, shapeRevision, state, redraw }) {
    const pass = createShadowPass();
    scene.add(pass.mesh);
    let rendered = -1;
    let renderedAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    return {
      update({ theme }, previous) {
        if (previous?.theme !== theme) pass.setTheme(theme);
      },
      frame({ now, elapsed }) {
        if (rendered !== shapeRevision()) {
          // A slow machine draws it with every fourth frame at most.
          if (now - renderedAt >= Math.max(SHADOW_PACE, 4 * elapsed)) {
            pass.render(renderer, scene, groundHeight());
            rendered = shapeRevision();
            renderedAt = now;
          } else {
            clearTimeout(timer);
            timer = setTimeout(redraw, SHADOW_PACE);
          }
        }
        const something = state().ghost !== null || parts.drawn().length > 0;
        // Under the ground there is nothing to see it by.
        pass.mesh.visible = something && camera.camera.position.y > groundHeight();
      },
      dispose() {
        clearTimeout(timer);
        scene.remove(pass.mesh);
        pass.dispose();
      },
    };
  },
};
