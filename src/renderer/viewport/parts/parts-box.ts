import { Box3, Vector3 } from 'three';
import type { DrawnPart } from './drawn-parts';

/** Box of parts where they are displayed, in the shape's space. Empty without parts. */
export function partsBox(parts: readonly DrawnPart[]): Box3 {
  const box = new Box3();
  const point = new Vector3();
  for (const { polytope, group } of parts) {
    if (!polytope) continue;
    const { vertices } = polytope;
    for (let i = 0; i < vertices.length; i += 3) {
      box.expandByPoint(point.set(vertices[i], vertices[i + 1], vertices[i + 2]).add(group.position));
    }
  }
  return box;
}
