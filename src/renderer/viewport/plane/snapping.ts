import type { Frame } from '../../../shared/document/types';
import type { ConvexPart } from '../../../shared/shape/types';
import { dot } from './drag-geometry';
import { formatRound, gridSteps, gridUnit } from '../lengths';

/** What a dragged plane can land on. */
export interface SnapTarget {
  /** The dragged plane's offset when it lies there, learning units. */
  readonly offset: number;
  readonly label: string;
  /** The face to show; null for the grid. */
  readonly face: { readonly partId: string; readonly plane: number } | null;
}

/** Normals within this angle count as parallel: cos(0.5 degrees). */
const PARALLEL = Math.cos((0.5 * Math.PI) / 180);

/**
 * Planes of the other visible parts that are parallel to a plane of `part`, as offsets of that plane. Facing ones
 * (opposite normals) count too: that is how two parts are made to touch.
 */
export function parallelTargets(parts: readonly ConvexPart[], part: ConvexPart, plane: number): SnapTarget[] {
  const { normal } = part.planes[plane];
  const shift = dot(normal, part.translation);
  const targets: SnapTarget[] = [];
  for (const other of parts) {
    if (other.id === part.id || !other.visible) continue;
    other.planes.forEach((candidate, index) => {
      const cosine = dot(normal, candidate.normal);
      if (Math.abs(cosine) < PARALLEL) return;
      const position = (dot(candidate.normal, other.translation) + candidate.offset) * Math.sign(cosine);
      targets.push({
        offset: position - shift,
        label: `face of ${other.name}`,
        face: { partId: other.id, plane: index },
      });
    });
  }
  return targets;
}

/**
 * The grid position nearest to an offset: the plane's distance from the document's origin along its normal, in
 * metres, becomes a multiple of the grid's minor step. For planes that face along an axis these are the drawn lines.
 */
export function gridTarget(offset: number, part: ConvexPart, plane: number, frame: Frame): SnapTarget {
  const { normal } = part.planes[plane];
  const { minor } = gridSteps(frame.metresPerUnit);
  const base = dot(normal, frame.origin) + dot(normal, part.translation) * frame.metresPerUnit;
  const metres = Math.round((base + offset * frame.metresPerUnit) / minor) * minor;
  return {
    offset: (metres - base) / frame.metresPerUnit,
    label: `grid ${formatRound(metres, gridUnit(minor))}`,
    face: null,
  };
}

/** The target to land on: the nearest parallel plane within `reach` (learning units), else the grid. */
export function snapOffset(
  offset: number,
  targets: readonly SnapTarget[],
  grid: SnapTarget,
  reach: number,
): SnapTarget {
  let best = grid;
  let distance = reach;
  for (const target of targets) {
    const gap = Math.abs(target.offset - offset);
    if (gap <= distance) {
      distance = gap;
      best = target;
    }
  }
  return best;
}
