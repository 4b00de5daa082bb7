import type { Numbers, Vec3 } from './types';

/** A tetrahedron of input points, wide in every direction that the points span. */
export interface HullSimplex {
  /** Centre of its inscribed sphere: strictly inside the hull. */
  readonly centre: Vec3;
  readonly inradius: number;
}

/** A wide tetrahedron among points [N,3], or undefined when they are flatter than `flat` times their extent. */
export function hullSimplex(points: Numbers, flat: number): HullSimplex | undefined {
  if (points.length < 12) return undefined;
  const at = (point: number): Vec3 => [points[3 * point], points[3 * point + 1], points[3 * point + 2]];
  const a = at(farthest(points, at(0), distanceTo));
  const b = at(farthest(points, a, distanceTo));
  const limit = flat * length(subtract(b, a));
  if (!(limit > 0)) return undefined;
  const along = scale(subtract(b, a), 1 / length(subtract(b, a)));
  const fromLine = (p: Vec3, origin: Vec3): number => length(cross(subtract(p, origin), along));
  const c = at(farthest(points, a, fromLine));
  if (fromLine(c, a) <= limit) return undefined;
  const normal = cross(along, subtract(c, a));
  const unit = scale(normal, 1 / length(normal));
  const fromPlane = (p: Vec3, origin: Vec3): number => Math.abs(dot(subtract(p, origin), unit));
  const d = at(farthest(points, a, fromPlane));
  if (fromPlane(d, a) <= limit) return undefined;
  return inscribed(a, b, c, d);
}

/** The incentre weighs each vertex with the area of the face across from it. */
function inscribed(a: Vec3, b: Vec3, c: Vec3, d: Vec3): HullSimplex {
  const areaOf = (p: Vec3, q: Vec3, r: Vec3): number => length(cross(subtract(q, p), subtract(r, p)));
  const weights = [areaOf(b, c, d), areaOf(a, c, d), areaOf(a, b, d), areaOf(a, b, c)];
  const total = weights[0] + weights[1] + weights[2] + weights[3];
  const mean = (axis: 0 | 1 | 2): number =>
    (weights[0] * a[axis] + weights[1] * b[axis] + weights[2] * c[axis] + weights[3] * d[axis]) / total;
  const sixfold = Math.abs(dot(subtract(b, a), cross(subtract(c, a), subtract(d, a))));
  return { centre: [mean(0), mean(1), mean(2)], inradius: sixfold / total };
}

function farthest(points: Numbers, origin: Vec3, measure: (p: Vec3, origin: Vec3) => number): number {
  let found = 0;
  let most = -Infinity;
  for (let point = 0; point < points.length / 3; point++) {
    const distance = measure([points[3 * point], points[3 * point + 1], points[3 * point + 2]], origin);
    if (distance > most) {
      most = distance;
      found = point;
    }
  }
  return found;
}

function distanceTo(p: Vec3, origin: Vec3): number {
  return length(subtract(p, origin));
}

function subtract(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function scale(a: Vec3, factor: number): Vec3 {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function length(a: Vec3): number {
  return Math.hypot(a[0], a[1], a[2]);
}
