import { intersectHalfSpaces } from '../geometry/polytope';
import type { Polytope, Vec3 } from '../geometry/types';
import { ok, type Result } from '../result';
import type { ConvexPart, ConvexShape } from './types';

export interface PartPolytopeOptions {
  /** Half-size of the cube around the part's translation that clips unbounded parts. Default 2: learning space is 1 wide. */
  readonly box?: number;
}

/** Half-size of the box about its translation that no part reaches out of, learning units. */
export const PART_BOX = 2;

/** A body farther from the origin than this many extents is intersected again about its own middle. */
const FAR = 4;

/** A part's half-spaces [H,4], rows (nx, ny, nz, d), in part coordinates (about its translation). */
export function partPlanes(part: ConvexPart): Float64Array {
  const planes = new Float64Array(part.planes.length * 4);
  part.planes.forEach(({ normal, offset }, index) => {
    planes.set(normal, 4 * index);
    planes[4 * index + 3] = offset;
  });
  return planes;
}

/**
 * The part as an explicit polytope in learning space. Intersected in part coordinates, then moved by the translation, so
 * that moving a part changes no topology. Faces name the part's planes; redundant planes and clipping are the polytope's.
 * Problems: those of `intersectHalfSpaces`, the message naming the part.
 */
export function partPolytope(part: ConvexPart, options: PartPolytopeOptions = {}): Result<Polytope> {
  const planes = partPlanes(part);
  const box = options.box ?? PART_BOX;
  const first = intersectHalfSpaces(planes, { box });
  if (!first.ok) {
    return { ok: false, error: { ...first.error, message: `Part "${part.name}": ${first.error.message}` } };
  }
  const body = recentred(planes, first.value);
  const vertices = body.vertices.slice();
  for (let at = 0; at < vertices.length; at++) vertices[at] = vertices[at] + part.translation[at % 3];
  return ok({ ...body, vertices });
}

/** Edited offsets can put a small body far from its translation, where coordinates have fewer digits left. */
function recentred(planes: Float64Array, polytope: Polytope): Polytope {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const { vertices } = polytope;
  for (let at = 0; at < vertices.length; at++) {
    low[at % 3] = Math.min(low[at % 3], vertices[at]);
    high[at % 3] = Math.max(high[at % 3], vertices[at]);
  }
  const middle = low.map((value, axis) => (value + high[axis]) / 2);
  const extent = Math.max(...high.map((value, axis) => value - low[axis]));
  if (polytope.clippedByBox || Math.hypot(...middle) <= FAR * extent) return polytope;
  const shifted = planes.slice();
  for (let at = 0; at < planes.length; at += 4) {
    shifted[at + 3] =
      planes[at + 3] - planes[at] * middle[0] - planes[at + 1] * middle[1] - planes[at + 2] * middle[2];
  }
  const again = intersectHalfSpaces(shifted);
  if (!again.ok) return polytope;
  return { ...again.value, vertices: again.value.vertices.map((value, at) => value + middle[at % 3]) };
}

/** Every part's polytope or problem, in the order of the parts. */
export function shapePolytopes(shape: ConvexShape, options: PartPolytopeOptions = {}): Result<Polytope>[] {
  return shape.parts.map((part) => partPolytope(part, options));
}

/** Whether a point of learning space is inside or on the part's half-spaces (the explicit body, smoothness ignored). */
export function partContains(part: ConvexPart, x: number, y: number, z: number): boolean {
  const dx = x - part.translation[0];
  const dy = y - part.translation[1];
  const dz = z - part.translation[2];
  return part.planes.every(
    ({ normal, offset }) => normal[0] * dx + normal[1] * dy + normal[2] * dz <= offset,
  );
}

export interface OffsetRange {
  /** At this offset the part becomes empty. -Infinity when the other planes leave that side open. */
  readonly minimum: number;
  /** From this offset on the plane cuts nothing. Infinity when the other planes leave that side open. */
  readonly maximum: number;
}

/** Half-size of the box that stands for infinity, in largest |offset|s or units of learning space. */
const OPEN_BOX = 1000;

/**
 * The offsets of plane `plane` between which it makes a face and the part is not empty: the extent of the other planes'
 * body along its normal, in part coordinates. When the others have no common inside there is no such offset and
 * minimum = Infinity, maximum = -Infinity.
 */
export function feasibleOffset(part: ConvexPart, plane: number): OffsetRange {
  const planes = partPlanes(part);
  const others = new Float64Array(planes.length - 4);
  others.set(planes.subarray(0, 4 * plane));
  others.set(planes.subarray(4 * plane + 4), 4 * plane);
  const box = OPEN_BOX * part.planes.reduce((largest, { offset }) => Math.max(largest, Math.abs(offset)), 1);
  const normal = part.planes[plane].normal;
  const range = extentAlong(others, normal, box);
  if (!range.clipped) return { minimum: range.minimum, maximum: range.maximum };
  // A side that moves with the box is open.
  const wider = extentAlong(others, normal, 2 * box);
  return {
    minimum: wider.minimum < range.minimum - box / OPEN_BOX ? -Infinity : range.minimum,
    maximum: wider.maximum > range.maximum + box / OPEN_BOX ? Infinity : range.maximum,
  };
}

function extentAlong(
  planes: Float64Array,
  normal: Vec3,
  box: number,
): OffsetRange & { readonly clipped: boolean } {
  const body = intersectHalfSpaces(planes, { box });
  let minimum = Infinity;
  let maximum = -Infinity;
  if (!body.ok) return { minimum, maximum, clipped: false };
  const { vertices, clippedByBox } = body.value;
  for (let at = 0; at < vertices.length; at += 3) {
    const along = normal[0] * vertices[at] + normal[1] * vertices[at + 1] + normal[2] * vertices[at + 2];
    minimum = Math.min(minimum, along);
    maximum = Math.max(maximum, along);
  }
  return { minimum, maximum, clipped: clippedByBox };
}
