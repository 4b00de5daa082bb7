import { Box3, type Object3D, Vector3 } from 'three';
import type { DrawnPart } from './parts-layer';
import type { GhostGeometry } from './types';

const ghostBoxes = new WeakMap<GhostGeometry, Box3>();

/** Box of drawn parts (where they are displayed) and ghost, in the space of `root`'s parent. Empty without content. */
export function sceneBox(root: Object3D, parts: readonly DrawnPart[], ghost: GhostGeometry | null): Box3 {
  const box = ghost ? ghostBox(ghost).clone() : new Box3();
  const point = new Vector3();
  for (const { polytope, group } of parts) {
    if (!polytope) continue;
    const { vertices } = polytope;
    for (let i = 0; i < vertices.length; i += 3) {
      box.expandByPoint(point.set(vertices[i], vertices[i + 1], vertices[i + 2]).add(group.position));
    }
  }
  return box.isEmpty() ? box : box.applyMatrix4(root.matrixWorld);
}

function ghostBox(ghost: GhostGeometry): Box3 {
  let box = ghostBoxes.get(ghost);
  if (!box) {
    box = new Box3().setFromArray(ghost.positions);
    ghostBoxes.set(ghost, box);
  }
  return box;
}
