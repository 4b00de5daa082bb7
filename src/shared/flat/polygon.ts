import { ON_PLANE, WELD } from '../geometry/epsilon';
import { OUTSIDE_LINE, type FlatPart, type FlatPolygon } from './types';

/** Half-size of the square around a part's translation that closes open parts: learning space is 1 wide. */
const BOX = 2;

/**
 * The exact polygon of a part in float64: a square cut by one half-plane after the other (Sutherland and Hodgman 1974),
 * in part coordinates, so that moving a part changes no topology. Every edge keeps the line that it lies on; lines that
 * touch nothing are on no edge. Null when the half-planes have no common inside.
 */
export function partPolygon(part: FlatPart, box = BOX): FlatPolygon | null {
  let corners = [-box, -box, box, -box, box, box, -box, box];
  let lines = [OUTSIDE_LINE, OUTSIDE_LINE, OUTSIDE_LINE, OUTSIDE_LINE];
  for (const [index, { normal, offset }] of part.lines.entries()) {
    const count = lines.length;
    const heights = Array.from(
      { length: count },
      (_, i) => normal[0] * corners[2 * i] + normal[1] * corners[2 * i + 1] - offset,
    );
    const tolerance = ON_PLANE * box;
    if (heights.every((height) => height <= tolerance)) continue;
    const keptCorners: number[] = [];
    const keptLines: number[] = [];
    for (let i = 0; i < count; i++) {
      const j = (i + 1) % count;
      const inside = heights[i] <= tolerance;
      if (inside) {
        keptCorners.push(corners[2 * i], corners[2 * i + 1]);
        keptLines.push(lines[i]);
      }
      if (inside === heights[j] <= tolerance) continue;
      // Clamped: a corner that counts as on the line may lie beyond it by the rounding that is allowed.
      const t = Math.min(1, Math.max(0, heights[i] / (heights[i] - heights[j])));
      keptCorners.push(
        corners[2 * i] + t * (corners[2 * j] - corners[2 * i]),
        corners[2 * i + 1] + t * (corners[2 * j + 1] - corners[2 * i + 1]),
      );
      // Leaving, the cut goes on along this line; entering, along the edge that was being followed.
      keptLines.push(inside ? index : lines[i]);
    }
    [corners, lines] = [keptCorners, keptLines];
  }
  return closed(corners, lines, part);
}

/** Welds corners that coincide and moves the outline to its place; null for what encloses no area. */
function closed(corners: readonly number[], lines: readonly number[], part: FlatPart): FlatPolygon | null {
  const count = lines.length;
  const extent = corners.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const kept: number[] = [];
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    const length = Math.hypot(corners[2 * j] - corners[2 * i], corners[2 * j + 1] - corners[2 * i + 1]);
    // The edge goes, not its end: the next corner begins the line that the outline goes on along.
    if (length > WELD * extent) kept.push(i);
  }
  const outline = {
    corners: Float64Array.from(kept.flatMap((i) => [corners[2 * i], corners[2 * i + 1]])),
    lines: Int32Array.from(kept, (i) => lines[i]),
  };
  if (kept.length < 3 || polygonArea(outline) <= WELD * extent * extent) return null;
  for (let i = 0; i < outline.corners.length; i++) outline.corners[i] += part.translation[i % 2];
  return outline;
}

/** Square learning units. */
export function polygonArea({ corners }: Pick<FlatPolygon, 'corners'>): number {
  let twice = 0;
  for (let i = 0; i < corners.length; i += 2) {
    const j = (i + 2) % corners.length;
    twice += corners[i] * corners[j + 1] - corners[j] * corners[i + 1];
  }
  return twice / 2;
}

/** Whether max_h H <= 0 at a point: the polygon's own definition, without the polygon. */
export function partHolds(part: FlatPart, x: number, y: number): boolean {
  const u = x - part.translation[0];
  const v = y - part.translation[1];
  return part.lines.every(({ normal, offset }) => normal[0] * u + normal[1] * v <= offset);
}
