import { intersectHalfSpaces } from '../../../../shared/geometry/polytope';
import type { Polytope } from '../../../../shared/geometry/types';
import { unpackShape } from '../../../../shared/shape/pack';
import type { ConvexPart, ConvexShape, PartPlane } from '../../../../shared/shape/types';
import { partName } from './names';
import { isAnchored, SMALLEST_OFFSET, type FitParameters } from './parameters';

/** Smoothness of a finished part: the sharpest that learned parts have. */
export const FINISHED_SMOOTHNESS = 300;
/** Half-size of the cube that bounds what a fit may return, learning units. */
const LEARNING_REACH = 0.75;

/**
 * The parameters as a shape. Locked parts are the very objects they came from; a locked plane keeps its numbers. In the
 * others redundant planes are left out, planes are added where only the learning cube bounded the part, and the
 * translation is the mean of the vertices, so that every offset is positive. Parts without volume are left out. Parts
 * the fit made are named 'part-01', 'Part 1', ... in order, past what parts from elsewhere are named.
 */
export function finishShape(parameters: FitParameters, sharpness: number): ConvexShape {
  const raw = unpackShape(parameters.shape);
  const parts: ConvexPart[] = [];
  const nextName = namesBeside(parameters.origins);
  raw.parts.forEach((part, k) => {
    const origin = parameters.origins[k];
    if (origin?.locked === true) {
      parts.push(origin);
      return;
    }
    const planes = part.planes.map((plane, h) => exactPlane(plane, origin?.planes[h]));
    const anchored = origin !== null && isAnchored(origin);
    const tidy = tidyPart(planes, anchored ? origin.translation : part.translation, anchored);
    if (tidy === null) return;
    const { id, name, index } = origin ?? nextName();
    parts.push({
      id,
      name,
      index,
      visible: origin?.visible ?? true,
      smoothness: part.smoothness,
      locked: false,
      ...tidy,
    });
  });
  return { parts, sharpness };
}

/** A preview: the parameters as they are, without the exact intersections of the finish. */
export function previewShape(parameters: FitParameters, sharpness: number): ConvexShape {
  const raw = unpackShape(parameters.shape);
  const nextName = namesBeside(parameters.origins);
  const parts = raw.parts.map((part, k): ConvexPart => {
    const origin = parameters.origins[k];
    if (origin?.locked === true) return origin;
    const planes = part.planes.map((plane, h) => exactPlane(plane, origin?.planes[h]));
    if (origin === null) return { ...part, planes, ...nextName() };
    return { ...origin, planes, translation: isAnchored(origin) ? origin.translation : part.translation };
  });
  return { parts, sharpness };
}

/** Names for parts that the fit made, none of which a part that came from elsewhere has. */
function namesBeside(
  origins: readonly (ConvexPart | null)[],
): () => Pick<ConvexPart, 'id' | 'name' | 'index'> {
  const others = origins.filter((origin) => origin !== null);
  const taken = new Set(others.flatMap(({ id, name, index }) => [id, name, index]));
  let number = 0;
  return () => {
    for (;;) {
      number += 1;
      const named = partName(number);
      if (![named.id, named.name, named.index].some((value) => taken.has(value))) return named;
    }
  };
}

/** The float64 plane with a unit normal; a locked plane is its origin. */
function exactPlane(plane: PartPlane, origin: PartPlane | undefined): PartPlane {
  if (origin?.locked === true) return origin;
  const [x, y, z] = plane.normal;
  const length = Math.hypot(x, y, z);
  return { normal: [x / length, y / length, z / length], offset: plane.offset, locked: false };
}

/** Planes that make faces, about the vertex mean; null when the planes enclose nothing. */
function tidyPart(
  planes: readonly PartPlane[],
  translation: ConvexPart['translation'],
  anchored: boolean,
): Pick<ConvexPart, 'planes' | 'translation'> | null {
  const bounded = planes.slice();
  const first = intersect(bounded);
  if (first === null) return null;
  for (const face of first.faces) {
    if (face.plane >= 0) continue;
    const side = -1 - face.plane;
    const normal: [number, number, number] = [0, 0, 0];
    normal[side >> 1] = side % 2 === 0 ? -1 : 1;
    bounded.push({ normal, offset: LEARNING_REACH, locked: false });
  }
  const faces = new Set(first.faces.map((face) => face.plane));
  const kept = bounded.filter((plane, h) => plane.locked || h >= planes.length || faces.has(h));
  if (anchored) return { planes: kept, translation };
  const mean = [0, 0, 0];
  for (let i = 0; i < first.vertices.length; i++)
    mean[i % 3] += first.vertices[i] / (first.vertices.length / 3);
  return {
    translation: [translation[0] + mean[0], translation[1] + mean[1], translation[2] + mean[2]],
    planes: kept.map(({ normal, offset, locked }) => ({
      normal,
      offset: offset - normal[0] * mean[0] - normal[1] * mean[1] - normal[2] * mean[2],
      locked,
    })),
  };
}

/** The body of the planes in part coordinates, or null when it is empty or thinner than a plane's least offset. */
function intersect(planes: readonly PartPlane[]): Polytope | null {
  const rows = planes.flatMap((plane) => [...plane.normal, plane.offset]);
  const body = intersectHalfSpaces(rows, { box: LEARNING_REACH });
  if (!body.ok) return null;
  return extentOf(body.value) < 2 * SMALLEST_OFFSET ? null : body.value;
}

/** The largest extent along an axis from a body's first vertex. */
export function extentOf({ vertices }: Polytope): number {
  let largest = 0;
  for (let i = 3; i < vertices.length; i++)
    largest = Math.max(largest, Math.abs(vertices[i] - vertices[i % 3]));
  return largest;
}
