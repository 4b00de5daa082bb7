import type { Vec3 } from '../../../shared/geometry/types';

/** How far a part moves at factor 1, relative to its distance from the shape's centre. */
const SPREAD = 0.9;

/**
 * Displacement of each part when the shape is exploded: away from the mean of the parts' centres, in proportion to
 * the distance, so that the arrangement keeps its look. Learning units.
 * @param factor 0 assembled, 1 fully exploded
 */
export function explodeOffsets(centres: readonly Vec3[], factor: number): Vec3[] {
  if (centres.length === 0) return [];
  const mean = [0, 1, 2].map((k) => centres.reduce((sum, centre) => sum + centre[k], 0) / centres.length);
  const scale = factor * SPREAD;
  return centres.map((centre) => [
    (centre[0] - mean[0]) * scale,
    (centre[1] - mean[1]) * scale,
    (centre[2] - mean[2]) * scale,
  ]);
}
