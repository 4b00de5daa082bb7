import { SLIVER, UNIT_NORMAL, WELD } from './epsilon';
import { cornerVolume, cutBy, loadPlanes, measureReach, settle, startClip, type ClipState } from './clip';
import { preferEarlier, readBoundary, type Boundary } from './clip-boundary';
import { loopsVolume } from './mass';
import { checkPlanes } from './plane';
import { orderByOffset, type PlaneOrder } from './plane-order';
import { fail, ok, type Problem, type Result } from '../result';
import type { Numbers, Polytope, PolytopeFace } from './types';

export interface IntersectOptions {
  /** Half-size of the clipping cube around the origin, > 0. Default: 1000 times the largest |offset| (1 if all are 0). */
  readonly box?: number;
  /** Vertices closer than this times extent are one vertex. Default 1e-10. */
  readonly weld?: number;
}

/** Default half-size of the box, in largest |offset|s: farther than any part that somebody means to be bounded. */
const BOX_OFFSETS = 1000;

/** Half-size of the box tried first, in largest |offset|s. */
const NEAR_OFFSETS = 4;

/** A bit mask: every so many planes, see whether all the rest are beyond reach. */
const LOOK_AHEAD = 7;

/** Determinant of three normals under which a vertex stays where its edge put it. */
const LEAST_DETERMINANT = 1e-3;

/**
 * The body {x : n_h . x <= d_h for all h} of planes [H,4], rows (nx, ny, nz, d) with unit normals, by clipping a box.
 *
 * A returned polytope is closed and consistent: V - E + F = 2, every edge between exactly two faces, every vertex within
 * 1e-9 of every half-space (times the body's reach if that exceeds 1), and `redundantPlanes` names each plane without a
 * face. Of duplicates the first makes the face. Vertices closer than 1e-10 of the extent are one vertex, and planes that
 * cut less than that are redundant.
 * Thin bodies are returned as long as they survive that: a volume of 1e-16 is fine when the extent is small too.
 * `vertices` may be part of a buffer of 8 kB that other bodies share: read and write the array, do not transfer its buffer.
 *
 * Problems: 'plane-layout', 'non-finite-plane', 'non-unit-plane', 'empty-polytope' (no interior, flat contact included),
 * 'sliver-polytope' (thinner than 1e-10 of its extent in some direction, or a volume under 1e-15 of its extent cubed; the
 * volume is in `detail`).
 */
export function intersectHalfSpaces(planes: Numbers, options: IntersectOptions = {}): Result<Polytope> {
  const checked = checkPlanes(planes);
  if (!checked.ok) return checked;
  const count = checked.value;
  const state = loadPlanes(planes, count);
  const largest = Math.max(state.largest, -state.smallest, 0);
  const box = options.box ?? (BOX_OFFSETS * largest || 1);
  if (!(box > 0 && box < Infinity)) {
    return fail({
      code: 'bad-box',
      message: `The clipping box has half-size ${box}; it must be a positive number.`,
    });
  }
  const sequence = orderByOffset(state);
  // Most bodies end near their planes: a small box first keeps all digits, and only open sides need the wide one.
  const near = Math.min(box, NEAR_OFFSETS * largest || box);
  let result = intersectInBox(state, sequence, near, largest, options);
  if (near < box && (!result.ok || result.value.clippedByBox)) {
    result = intersectInBox(state, sequence, box, largest, options);
  }
  return result;
}

function intersectInBox(
  state: ClipState,
  { order, width }: PlaneOrder,
  box: number,
  largest: number,
  options: IntersectOptions,
): Result<Polytope> {
  startClip(box);
  const { plane: rows, planes: count } = state;
  const wide = box > NEAR_OFFSETS * largest;
  let stale = false;
  for (let index = 0; index < count; index++) {
    const plane = order[index];
    const cut = cutBy(plane);
    if (cut === 'all') return fail(emptyPolytope(plane, count, options.box));
    if (cut === 'some') {
      stale = true;
      // A wide box would keep tolerances wide.
      if (wide) measureReach();
      continue;
    }
    if (!stale || (index & LOOK_AHEAD) !== LOOK_AHEAD || index + 1 === count) continue;
    measureReach();
    stale = false;
    // Offsets ascend, up to the width of a bucket: when the rest is farther away than any vertex, nothing more is cut.
    if (rows[4 * order[index + 1] + 3] - width > (1 + 2 * UNIT_NORMAL) * state.reach) break;
  }
  measureReach();
  for (let vertex = 0; vertex < state.count; vertex++) settle(vertex, LEAST_DETERMINANT);
  const weld = options.weld ?? WELD;
  const boundary = readBoundary(state, weld);
  const { extent } = boundary;
  const least = SLIVER * extent * extent * extent;
  // A tetrahedron inside says enough for nearly all bodies.
  if (
    boundary.loops.length === 0 ||
    boundary.vertices.length < 3 * state.count ||
    !(cornerVolume() > 4 * least)
  ) {
    const volume = loopsVolume(boundary.vertices, boundary.loops);
    if (!(volume > least)) return fail(sliverPolytope(volume, extent));
  }
  return ok(toPolytope(preferEarlier(state, boundary, weld * extent), count));
}

function toPolytope({ planes, loops, vertices }: Boundary, count: number): Polytope {
  const faces: PolytopeFace[] = [];
  const redundantPlanes: number[] = [];
  let next = 0;
  for (let face = 0; face < loops.length; face++) {
    const plane = planes[face];
    for (; next < plane && next < count; next++) redundantPlanes.push(next);
    next = plane + 1;
    faces.push({ plane: plane < count ? plane : count - 1 - plane, loop: loops[face] });
  }
  for (; next < count; next++) redundantPlanes.push(next);
  return { vertices, faces, redundantPlanes, clippedByBox: planes[planes.length - 1] >= count };
}

function emptyPolytope(plane: number, count: number, box: number | undefined): Problem {
  const within = box === undefined ? '' : ` within ${box} of the origin`;
  return {
    code: 'empty-polytope',
    message: `The ${count} half-spaces have no common inside${within}: plane ${plane} leaves nothing of the others.`,
    hint: 'Move that plane outwards.',
  };
}

function sliverPolytope(volume: number, extent: number): Problem {
  return {
    code: 'sliver-polytope',
    message: `The half-spaces meet in a sliver: volume ${volume.toExponential(3)} at an extent of ${extent.toExponential(3)}.`,
    hint: 'Move two opposite planes apart, or remove the part.',
    detail: JSON.stringify({ volume, extent }),
  };
}
