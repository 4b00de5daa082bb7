import { intersectHalfSpaces } from '../../../../shared/geometry/polytope';
import type { Polytope } from '../../../../shared/geometry/types';
import { partPlanes, partPolytope } from '../../../../shared/shape/explicit';
import type { ConvexPart, ConvexShape, PartPlane } from '../../../../shared/shape/types';
import type { Bounds } from './bounds';
import { extentOf } from './finish';
import { isAnchored, SMALLEST_OFFSET } from './parameters';

/** A vertex this far outside is rounding, learning units. */
const ROUNDING = 1e-9;

/**
 * The shape cut to a box: a part that leaves it gets the box's sides as planes, in place of its own of least area where
 * it would have more than `most`; one that keeps next to nothing is left out. What is locked stays as it is. No sample
 * sees a corner that sticks out as a thin spike, and on such a corner a shape would stand.
 */
export function cutToBox(shape: ConvexShape, box: Bounds, most: number): ConvexShape {
  const parts = shape.parts.flatMap((part) => {
    if (part.locked || isWithin(part, box)) return [part];
    const cut = cutPart(part, box, most);
    return cut ? [cut] : [];
  });
  return { ...shape, parts };
}

function isWithin(part: ConvexPart, box: Bounds): boolean {
  const body = partPolytope(part);
  return (
    !body.ok ||
    body.value.vertices.every(
      (value, i) => value >= box[i % 3] - ROUNDING && value <= box[3 + (i % 3)] + ROUNDING,
    )
  );
}

function cutPart(part: ConvexPart, box: Bounds, most: number): ConvexPart | null {
  const sides = sidesOf(box, part);
  let planes: readonly PartPlane[] = [...part.planes, ...sides];
  for (;;) {
    const body = intersectHalfSpaces(partPlanes({ ...part, planes }));
    if (!body.ok || extentOf(body.value) < 2 * SMALLEST_OFFSET) return null;
    const areas = new Map(
      body.value.faces.map((face) => [planes[face.plane], areaOf(body.value, face.loop)]),
    );
    const kept = planes.filter((plane) => plane.locked || areas.has(plane));
    const own = kept.filter((plane) => !plane.locked && !sides.includes(plane));
    if (kept.length <= most || own.length === 0) return about(part, kept, body.value);
    const least = own.reduce((a, b) => (areas.get(b)! < areas.get(a)! ? b : a));
    // All sides again: without the plane that goes the part may reach one that cut nothing before.
    planes = [...kept.filter((plane) => plane !== least && !sides.includes(plane)), ...sides];
  }
}

/** The box's sides as planes about the part's translation. */
function sidesOf(box: Bounds, { translation }: ConvexPart): PartPlane[] {
  return [0, 1, 2].flatMap((axis) =>
    [-1, 1].map((sign): PartPlane => {
      const normal: [number, number, number] = [0, 0, 0];
      normal[axis] = sign;
      const place = sign < 0 ? box[axis] : box[3 + axis];
      return { normal, offset: sign * (place - translation[axis]), locked: false };
    }),
  );
}

/** The part with these planes about the mean of its vertices, unless something locked keeps its translation. */
function about(part: ConvexPart, planes: readonly PartPlane[], { vertices }: Polytope): ConvexPart {
  if (isAnchored(part)) return { ...part, planes };
  const mean = [0, 0, 0];
  for (let i = 0; i < vertices.length; i++) mean[i % 3] += vertices[i] / (vertices.length / 3);
  const [x, y, z] = part.translation;
  return {
    ...part,
    translation: [x + mean[0], y + mean[1], z + mean[2]],
    planes: planes.map((plane) => ({
      ...plane,
      offset: plane.offset - plane.normal.reduce((sum, value, axis) => sum + value * mean[axis], 0),
    })),
  };
}

/** Half the length of the sum of the cross products around a face. */
function areaOf({ vertices }: Polytope, loop: readonly number[]): number {
  const at = (v: number, axis: number): number => vertices[3 * loop[v] + axis] - vertices[3 * loop[0] + axis];
  const sum = [0, 0, 0];
  for (let v = 1; v + 1 < loop.length; v++) {
    for (let axis = 0; axis < 3; axis++) {
      const [b, c] = [(axis + 1) % 3, (axis + 2) % 3];
      sum[axis] += at(v, b) * at(v + 1, c) - at(v, c) * at(v + 1, b);
    }
  }
  return Math.hypot(...sum) / 2;
}
