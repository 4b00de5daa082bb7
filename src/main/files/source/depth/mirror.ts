import type { Vec3 } from '../../../../shared/geometry/types';
import type { ObservedSpace } from './space';
import type { DepthView } from './view';

/** normal . x = offset, metres. */
export interface MirrorPlane {
  readonly normal: Vec3;
  readonly offset: number;
  /** How it was found. */
  readonly origin: 'symmetry' | 'outline';
}

const ANGLES = 60;
const OFFSETS = 61;
const REFINED_ANGLES = 8;
const REFINEMENTS = 4;
const SCORED_POINTS = 250;
/** Share of the mirrored points that must meet a measured surface, and that may lie in front of one. */
const LEAST_SUPPORT = 0.3;
const MOST_VIOLATION = 0.03;
/** How far from a measured surface a mirrored point meets it, as a share of the object's longest edge. */
const TOLERANCE = 0.02;

/**
 * The vertical plane of symmetry that the visible points fit best: mirrored, they must meet measured surfaces and must
 * not lie where a ray passed. Among planes that fit, one that adds hidden surface is preferred. When none fits, the
 * plane across the view through the object's outline: the far side is then the near side's mirror image.
 * @param points [N, 3] visible surface, metres
 */
export function findMirrorPlane(
  view: DepthView,
  points: Float64Array,
  { behind }: Pick<ObservedSpace, 'behind'>,
  extent: number,
): MirrorPlane {
  const stride = 3 * Math.max(1, Math.floor(points.length / 3 / SCORED_POINTS));
  const [h1, h2] = view.up[1] === 1 ? [0, 2] : [0, 1];
  const centre = [meanOf(points, h1), meanOf(points, h2)];
  const make = (angle: number, shift: number): Candidate => {
    const normal: [number, number, number] = [0, 0, 0];
    normal[h1] = Math.cos(angle);
    normal[h2] = Math.sin(angle);
    const offset = normal[h1] * centre[0] + normal[h2] * centre[1] + shift;
    return {
      angle,
      shift,
      normal,
      offset,
      ...tryPlane(points, stride, normal, offset, behind, TOLERANCE * extent),
    };
  };
  const better = (a: Candidate, b: Candidate): Candidate => (matchOf(b) > matchOf(a) ? b : a);
  const coarse = Array.from({ length: ANGLES }, (_, i) =>
    Array.from({ length: OFFSETS }, (_, j) =>
      make((Math.PI * i) / ANGLES, (j / (OFFSETS - 1) - 0.5) * 0.8 * extent),
    ).reduce(better),
  );
  const refined = coarse
    .sort((a, b) => matchOf(b) - matchOf(a))
    .slice(0, REFINED_ANGLES)
    .map((candidate) => refine(candidate, make, Math.PI / ANGLES / 2, (0.4 * extent) / (OFFSETS - 1)));
  const [best] = refined
    .filter(({ support, violation }) => support >= LEAST_SUPPORT && violation <= MOST_VIOLATION)
    .sort((a, b) => matchOf(b) + 0.6 * b.hidden - (matchOf(a) + 0.6 * a.hidden));
  return best ? { normal: best.normal, offset: best.offset, origin: 'symmetry' } : outlinePlane(view, points);
}

interface Candidate extends Fit {
  readonly angle: number;
  readonly shift: number;
  readonly normal: Vec3;
  readonly offset: number;
}

function matchOf({ support, violation }: Fit): number {
  return support - 3 * violation;
}

/** Halving steps about a candidate in both parameters. */
function refine(
  from: Candidate,
  make: (angle: number, shift: number) => Candidate,
  angleStep: number,
  shiftStep: number,
): Candidate {
  let best = from;
  for (let round = 0; round < REFINEMENTS; round++) {
    const scale = 0.5 ** round;
    const { angle, shift } = best;
    for (const a of [-1, 0, 1]) {
      for (const b of [-1, 0, 1]) {
        const tried = make(angle + a * scale * angleStep, shift + b * scale * shiftStep);
        if (matchOf(tried) > matchOf(best)) best = tried;
      }
    }
  }
  return best;
}

/** Shares of the mirrored points that lie on a measured surface, in front of one, and behind one. */
interface Fit {
  readonly support: number;
  readonly violation: number;
  readonly hidden: number;
}

function tryPlane(
  points: Float64Array,
  stride: number,
  normal: Vec3,
  offset: number,
  behind: ObservedSpace['behind'],
  tolerance: number,
): Fit {
  let support = 0;
  let violation = 0;
  let hidden = 0;
  let tried = 0;
  for (let p = 0; p < points.length; p += stride) {
    const distance = behind(...reflect(normal, offset, points[p], points[p + 1], points[p + 2]));
    tried++;
    if (Math.abs(distance) <= tolerance) support++;
    else if (distance < -2 * tolerance) violation++;
    else if (distance > tolerance) hidden++;
  }
  return { support: support / tried, violation: violation / tried, hidden: hidden / tried };
}

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

function meanOf(points: Float64Array, component: number): number {
  let sum = 0;
  for (let i = component; i < points.length; i += 3) sum += points[i];
  return sum / (points.length / 3);
}
