import type { Vec3 } from '../../../../shared/geometry/types';
import { SEEN, type SpaceLabeller } from './space';
import type { DepthView } from './view';

/** normal . x = offset, metres. */
export interface MirrorPlane {
  readonly normal: Vec3;
  readonly offset: number;
  /** How it was found. */
  readonly origin: 'symmetry' | 'outline';
}

const ANGLES = 48;
const OFFSETS = 33;
const SCORED_POINTS = 300;
/** Share of the mirrored points that must meet a measured surface, and that may lie in free space. */
const LEAST_SUPPORT = 0.3;
const MOST_VIOLATION = 0.08;

/**
 * The vertical plane of symmetry that the visible points fit best: mirrored, they must meet measured surfaces and must
 * not lie where a ray passed. When none does, the plane across the view through the object's outline: the far side is
 * then the near side's mirror image.
 * @param points [N, 3] visible surface, metres
 * @param meets whether a place lies within the band or the doubt of a measured surface
 */
export function findMirrorPlane(
  view: DepthView,
  points: Float64Array,
  label: SpaceLabeller,
  extent: number,
): MirrorPlane {
  const count = points.length / 3;
  const stride = Math.max(1, Math.floor(count / SCORED_POINTS));
  const [h1, h2] = horizontalAxes(view.up);
  const centre = [0, 1, 2].map((c) => meanOf(points, c));
  let best: MirrorPlane | null = null;
  let most = 0;
  for (let i = 0; i < ANGLES; i++) {
    const angle = (Math.PI * i) / ANGLES;
    const normal: Vec3 = [0, 1, 2].map(
      (c) => Math.cos(angle) * h1[c] + Math.sin(angle) * h2[c],
    ) as unknown as Vec3;
    const middle = normal[0] * centre[0] + normal[1] * centre[1] + normal[2] * centre[2];
    for (let j = 0; j < OFFSETS; j++) {
      const offset = middle + (j / (OFFSETS - 1) - 0.5) * 0.8 * extent;
      const score = scorePlane(points, stride, normal, offset, label, 0.02 * extent);
      if (score > most) [best, most] = [{ normal, offset, origin: 'symmetry' }, score];
    }
  }
  return best ?? outlinePlane(view, points);
}

/** Support minus violation, or 0 for a plane that is no symmetry. */
function scorePlane(
  points: Float64Array,
  stride: number,
  normal: Vec3,
  offset: number,
  label: SpaceLabeller,
  tolerance: number,
): number {
  let support = 0;
  let violation = 0;
  let scored = 0;
  for (let p = 0; p < points.length; p += 3 * stride) {
    const [x, y, z] = reflect(normal, offset, points[p], points[p + 1], points[p + 2]);
    scored++;
    const seen = label(x, y, z);
    if (seen === SEEN.free) {
      // Just in front of a surface is on it: a step along the mirrored point's own side decides.
      const onSurface = STEPS.some(
        ([a, b, c]) => label(x + a * tolerance, y + b * tolerance, z + c * tolerance) === SEEN.inside,
      );
      if (onSurface) support++;
      else violation++;
    } else if (seen === SEEN.inside) support++;
    if (violation > MOST_VIOLATION * (points.length / 3 / stride)) return 0;
  }
  return support >= LEAST_SUPPORT * scored ? support - 2 * violation : 0;
}

const STEPS: readonly Vec3[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
];

function outlinePlane(view: DepthView, points: Float64Array): MirrorPlane {
  const { rotation: r } = view;
  const normal: Vec3 = [r[2], r[5], r[8]];
  const depths = new Float64Array(points.length / 3);
  for (let i = 0; i < depths.length; i++) {
    depths[i] = normal[0] * points[i * 3] + normal[1] * points[i * 3 + 1] + normal[2] * points[i * 3 + 2];
  }
  depths.sort();
  // The farthest visible points are where the surface turns away; the last percent may be noise.
  return { normal, offset: depths[Math.floor(0.99 * (depths.length - 1))], origin: 'outline' };
}

export function reflect(
  normal: Vec3,
  offset: number,
  x: number,
  y: number,
  z: number,
): [number, number, number] {
  const twice = 2 * (normal[0] * x + normal[1] * y + normal[2] * z - offset);
  return [x - twice * normal[0], y - twice * normal[1], z - twice * normal[2]];
}

function horizontalAxes(up: Vec3): readonly [Vec3, Vec3] {
  return up[1] === 1
    ? [
        [1, 0, 0],
        [0, 0, 1],
      ]
    : [
        [1, 0, 0],
        [0, 1, 0],
      ];
}

function meanOf(points: Float64Array, component: number): number {
  let sum = 0;
  for (let i = component; i < points.length; i += 3) sum += points[i];
  return sum / (points.length / 3);
}
