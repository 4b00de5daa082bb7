import { convexHull } from '../../../../shared/geometry/hull';
import { heightAbove, type BackgroundPlane } from './background';
import { findMirrorPlane, reflect } from './mirror';
import { SEEN, type ObservedSpace, type SpaceLabeller } from './space';
import type { DepthView } from './view';

export interface Completed {
  readonly label: SpaceLabeller;
  /** [M, 3] points of the completed surface beside the visible ones, metres. */
  readonly added: Float64Array;
  readonly note: string;
}

/**
 * The mirror image of what was seen counts as a second observation: what it saw through is free, its band is inside,
 * and so is what both views have something in front of, among the points of both. Across the view there is no second
 * observation, only the guess that the far side is like the near one: it adds inside and frees nothing.
 */
export function completeByMirror(
  view: DepthView,
  points: Float64Array,
  space: ObservedSpace,
  extent: number,
): Completed {
  const { label } = space;
  const { normal, offset, origin } = findMirrorPlane(view, points, space, extent);
  const added = new Float64Array(points.length);
  for (let p = 0; p < points.length; p += 3) {
    added.set(reflect(normal, offset, points[p], points[p + 1], points[p + 2]), p);
  }
  const among = hullTest([points, added]);
  const isSymmetry = origin === 'symmetry';
  return {
    added,
    note: isSymmetry
      ? 'The unseen side was completed by the symmetry of what was seen.'
      : 'No vertical symmetry was found; the unseen side was completed as the mirror image of the seen one.',
    label: (x, y, z) => {
      const own = label(x, y, z);
      if (own === SEEN.free || (own === SEEN.inside && !isSymmetry)) return own;
      const mirrored = label(...reflect(normal, offset, x, y, z));
      if (isSymmetry && (mirrored === SEEN.free || mirrored === SEEN.inside)) return mirrored;
      if (own === SEEN.inside) return own;
      const covered = mirrored === SEEN.hidden || mirrored === SEEN.inside;
      return own === SEEN.hidden && covered && among(x, y, z) ? SEEN.inside : own;
    },
  };
}

/**
 * The object stands on the ground: below a visible point everything is inside, down to the ground, unless a ray passed
 * through it. Without a measured ground the object's lowest visible point is it.
 */
export function completeByGround(
  view: DepthView,
  points: Float64Array,
  { label, behind }: ObservedSpace,
  planes: readonly BackgroundPlane[],
  cell: number,
): Completed {
  const measured = planes.find((plane) => plane.isGround);
  const ground = measured ?? lowestLevel(view, points);
  const [a, b] = view.up[1] === 1 ? [0, 2] : [0, 1];
  const heights = new Map<string, number>();
  const keyOf = (p: readonly number[]): string => `${Math.floor(p[a] / cell)},${Math.floor(p[b] / cell)}`;
  for (let p = 0; p < points.length; p += 3) {
    const point = [points[p], points[p + 1], points[p + 2]];
    const height = heightAbove(ground, point[0], point[1], point[2]);
    const key = keyOf(point);
    heights.set(key, Math.max(heights.get(key) ?? 0, height));
  }
  const added = new Float64Array(points.length);
  for (let p = 0; p < points.length; p += 3) {
    const height = heightAbove(ground, points[p], points[p + 1], points[p + 2]);
    for (let c = 0; c < 3; c++) added[p + c] = points[p + c] - height * ground.normal[c];
  }
  return {
    added,
    note: measured
      ? 'The object was extended down to the ground below what was seen.'
      : 'No ground was measured; the object was extended down to its lowest visible point.',
    label: (x, y, z) => {
      const height = heightAbove(ground, x, y, z);
      const own = label(x, y, z);
      if (own === SEEN.free || own === SEEN.inside) return own;
      if (height < 0) return SEEN.free;
      // Close about a measured surface the measurement decides, or leaves it in doubt.
      if (own === SEEN.unknown && !Number.isNaN(behind(x, y, z))) return own;
      return height < (heights.get(keyOf([x, y, z])) ?? 0) ? SEEN.inside : own;
    },
  };
}

function lowestLevel(view: DepthView, points: Float64Array): BackgroundPlane {
  const [x, y, z] = view.up;
  let offset = Infinity;
  for (let p = 0; p < points.length; p += 3) {
    offset = Math.min(offset, x * points[p] + y * points[p + 1] + z * points[p + 2]);
  }
  return { normal: [x, y, z], offset, isGround: true };
}

/** Whether a place lies in the convex hull of some hundred of the points; never, for points without a volume. */
function hullTest(sets: readonly Float64Array[]): (x: number, y: number, z: number) => boolean {
  const chosen: number[] = [];
  for (const points of sets) {
    const stride = Math.max(1, Math.floor(points.length / 3 / 1000));
    for (let p = 0; p < points.length; p += 3 * stride) chosen.push(points[p], points[p + 1], points[p + 2]);
  }
  const hull = convexHull(chosen);
  if (!hull.ok) return () => false;
  const { planes } = hull.value;
  return (x, y, z) => {
    for (let i = 0; i < planes.length; i += 4) {
      if (planes[i] * x + planes[i + 1] * y + planes[i + 2] * z > planes[i + 3]) return false;
    }
    return true;
  };
}
