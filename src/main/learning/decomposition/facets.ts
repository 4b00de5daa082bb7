import type { TriangleMesh, Vec3 } from '../../../shared/geometry/types';

/** A plane {x : normal . x = offset} with a unit normal. */
export interface FacetPlane {
  readonly normal: Vec3;
  readonly offset: number;
}

/** Planes closer than this are one: radians, and learning units. */
const SAME_ANGLE = 1e-4;
const SAME_DISTANCE = 1e-5;
/** Edges that bend less than this many radians are flat. */
const FLAT = 1e-3;

/** The planes of a mesh's triangles, each once; null when there are more than `most`. */
export function facetPlanes(mesh: TriangleMesh, most: number): FacetPlane[] | null {
  const found: FacetPlane[] = [];
  for (let t = 0; t < mesh.indices.length / 3; t++) {
    const plane = trianglePlane(mesh, t);
    if (plane === null || found.some((one) => isSame(one, plane))) continue;
    found.push(plane);
    if (found.length > most) return null;
  }
  return found;
}

/** The planes of both facets at every concave edge of a closed mesh, each once and whichever way it faces. */
export function concavePlanes(mesh: TriangleMesh): FacetPlane[] {
  const { positions, indices } = mesh;
  const count = positions.length / 3;
  const planes = Array.from({ length: indices.length / 3 }, (_, t) => trianglePlane(mesh, t));
  const triangleOf = new Map<number, number>();
  for (let i = 0; i < indices.length; i++) {
    const t = Math.floor(i / 3);
    triangleOf.set(indices[i] * count + indices[3 * t + ((i + 1) % 3)], t);
  }
  const found: FacetPlane[] = [];
  for (const [edge, t] of triangleOf) {
    const from = Math.floor(edge / count);
    const to = edge % count;
    const other = triangleOf.get(to * count + from);
    if (from > to || other === undefined) continue;
    const [left, right] = [planes[t], planes[other]];
    if (left === null || right === null || !isConcave(positions, from, to, left, right)) continue;
    for (const plane of [left, right]) {
      if (!found.some((one) => isSame(one, plane) || isSame(one, turned(plane)))) found.push(plane);
    }
  }
  return found;
}

/** The planes without those that say the same as one before. */
export function distinctPlanes(planes: readonly FacetPlane[]): FacetPlane[] {
  const found: FacetPlane[] = [];
  for (const plane of planes) if (!found.some((one) => isSame(one, plane))) found.push(plane);
  return found;
}

export function turned({ normal, offset }: FacetPlane): FacetPlane {
  return { normal: [-normal[0], -normal[1], -normal[2]], offset: -offset };
}

/** How far a point is in front of a plane. */
export function heightOver({ normal, offset }: FacetPlane, points: Float64Array, point: number): number {
  const at = 3 * point;
  return normal[0] * points[at] + normal[1] * points[at + 1] + normal[2] * points[at + 2] - offset;
}

/** The edge runs from `from` to `to` in the left triangle: seen from outside, a concave one turns to the right. */
function isConcave(
  positions: Float64Array,
  from: number,
  to: number,
  left: FacetPlane,
  right: FacetPlane,
): boolean {
  const cross = crossOf(left.normal, right.normal);
  const along = [0, 1, 2].reduce(
    (sum, axis) => sum + cross[axis] * (positions[3 * to + axis] - positions[3 * from + axis]),
    0,
  );
  return along < 0 && Math.hypot(...cross) > FLAT;
}

function trianglePlane({ positions, indices }: TriangleMesh, t: number): FacetPlane | null {
  const corner = (k: number): Vec3 => {
    const at = 3 * indices[3 * t + k];
    return [positions[at], positions[at + 1], positions[at + 2]];
  };
  const [a, b, c] = [corner(0), corner(1), corner(2)];
  const cross = crossOf(difference(b, a), difference(c, a));
  const length = Math.hypot(...cross);
  if (!(length > 0)) return null;
  const normal: Vec3 = [cross[0] / length, cross[1] / length, cross[2] / length];
  return { normal, offset: (dot(normal, a) + dot(normal, b) + dot(normal, c)) / 3 };
}

function isSame(one: FacetPlane, other: FacetPlane): boolean {
  return (
    Math.abs(one.offset - other.offset) < SAME_DISTANCE &&
    dot(one.normal, other.normal) > 0 &&
    Math.hypot(...crossOf(one.normal, other.normal)) < SAME_ANGLE
  );
}

function difference(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function crossOf(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
