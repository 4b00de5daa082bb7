import type { Vec3 } from '../../../shared/geometry/types';
import type { DrawnPart } from './drawn-parts';
import { loopCentroid } from './part-geometry';

/** Middle of the face that a plane makes, as displayed or as assembled; null when it makes none. Learning units. */
export function faceCentre(part: DrawnPart | undefined, plane: number, displayed: boolean): Vec3 | null {
  const face = part?.polytope?.faces.find((candidate) => candidate.plane === plane);
  if (!part?.polytope || !face) return null;
  const [x, y, z] = loopCentroid(part.polytope.vertices, face.loop);
  const { position } = part.group;
  return displayed ? [x + position.x, y + position.y, z + position.z] : [x, y, z];
}
