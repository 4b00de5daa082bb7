import { feasibleOffset, PART_BOX } from '../shape/explicit';
import type { ConvexPart } from '../shape/types';

/** Share of its range that a plane keeps to either end: a part never becomes a sliver that physics rejects. */
const MARGIN = 0.002;

/** Why a plane was held: no body would be left, no face, or the face would lie outside of what a part may fill. */
export type Stop = 'would be empty' | 'cuts nothing' | 'leaves the space';

/** The same in words, for a label after "stopped:". */
export const STOP_WORDS: Readonly<Record<Stop, string>> = {
  'would be empty': 'the part would vanish',
  'cuts nothing': 'the plane would cut nothing',
  'leaves the space': 'the plane would leave the space that a part can fill',
};

/** The offsets a plane may take, learning units, and what lies beyond the upper end. */
export interface PlaneRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly beyond: Stop;
}

/** An offset that a plane may take, and why it differs from the one asked for. */
export interface AllowedOffset {
  readonly offset: number;
  readonly stopped: Stop | null;
}

/**
 * The offsets at which a plane makes a face of a part, a margin inside of where the part or the face would vanish and
 * inside the box that bounds every part. Null when no offset gives the part a body.
 */
export function planeRange(part: ConvexPart, plane: number): PlaneRange | null {
  const feasible = feasibleOffset(part, plane);
  const minimum = Math.max(feasible.minimum, -PART_BOX);
  const maximum = Math.min(feasible.maximum, PART_BOX);
  if (!(minimum < maximum)) return null;
  const margin = (maximum - minimum) * MARGIN;
  return {
    minimum: minimum + margin,
    maximum: maximum - margin,
    beyond: feasible.maximum > PART_BOX ? 'leaves the space' : 'cuts nothing',
  };
}

/** The offset in a range that is nearest to the one asked for. */
export function holdInRange(range: PlaneRange, offset: number): AllowedOffset {
  if (offset < range.minimum) return { offset: range.minimum, stopped: 'would be empty' };
  if (offset > range.maximum) return { offset: range.maximum, stopped: range.beyond };
  return { offset, stopped: null };
}

/** The one rule for a plane's distance, whether it is dragged, typed or read: the offset nearest to the one asked for. */
export function allowedOffset(part: ConvexPart, plane: number, offset: number): AllowedOffset {
  const range = planeRange(part, plane);
  return range
    ? holdInRange(range, offset)
    : { offset: part.planes[plane].offset, stopped: 'would be empty' };
}

/** A plane that was brought back; indices of part and plane, offsets in learning units. */
export interface MovedPlane {
  readonly part: number;
  readonly plane: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Parts with each plane brought back that left the space, so that every face that remains is a plane's. Planes that
 * others make needless stay as they are, however far. The same list when nothing was moved.
 */
export function settleParts(parts: readonly ConvexPart[]): {
  readonly parts: readonly ConvexPart[];
  readonly moved: readonly MovedPlane[];
} {
  const moved: MovedPlane[] = [];
  const settled = parts.map((given, index) => {
    let part = given;
    given.planes.forEach(({ normal, offset: from }, plane) => {
      // The farthest that a plane of this direction still touches the box.
      const reach = PART_BOX * normal.reduce((sum, component) => sum + Math.abs(component), 0);
      if (from < reach) return;
      const { offset: to, stopped } = allowedOffset(part, plane, from);
      if (stopped !== 'leaves the space') return;
      const planes = part.planes.map((each, i) => (i === plane ? { ...each, offset: to } : each));
      part = { ...part, planes };
      moved.push({ part: index, plane, from, to });
    });
    return part;
  });
  return { parts: moved.length === 0 ? parts : settled, moved };
}
