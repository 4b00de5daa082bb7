import { Box3 } from 'three';
import { createGhostMesh } from '../ghost/ghost-mesh';
import { createPartsDepth } from '../ghost/parts-depth';
import type { LayerDescriptor } from '../layer';
import type { GhostGeometry } from '../types';

/** The source behind the parts. */
export const layer: LayerDescriptor = {
  name: 'ghost',
  order: 40,
  create({ renderer, scene, root, camera, parts, state }) {
    const depth = createPartsDepth();
    const mesh = createGhostMesh(depth);
    root.add(mesh.group);
    return {
      update({ ghost, ghostOpacity, explode, theme }) {
        const alone = parts.drawn().length === 0;
        // Parts that stand apart from the source are not compared with it: it fades as they leave.
        const opacity = ghostOpacity * (alone ? 1 : Math.max(0, 1 - 3 * explode));
        return mesh.update(ghost, opacity, theme, alone);
      },
      frame() {
        if (mesh.needsPartsDepth()) depth.render(renderer, scene, camera.camera);
      },
      bounds() {
        const { ghost } = state();
        return ghost ? boxOf(ghost) : new Box3();
      },
      dispose() {
        root.remove(mesh.group);
        mesh.dispose();
        depth.dispose();
      },
    };
  },
};

const boxes = new WeakMap<GhostGeometry, Box3>();

function boxOf(ghost: GhostGeometry): Box3 {
  let box = boxes.get(ghost);
  if (!box) boxes.set(ghost, (box = new Box3().setFromArray(ghost.positions)));
  return box;
}
