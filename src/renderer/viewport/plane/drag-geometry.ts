import type { Vec3 } from '../../../shared/geometry/types';

/** A pointer's ray in the shape's space; `direction` has unit length. */
export interface PointerRay {
  readonly origin: Vec3;
  readonly direction: Vec3;
}

/** Below this squared sine between ray and normal the projection is too sensitive to drag by. */
const MINIMUM_SINE_SQUARED = 0.04;
/** A drag that begins below this squared sine goes by the pointer's height: a pixel would move the plane by three. */
const STARTING_SINE_SQUARED = 0.12;

/**
 * Position along the line anchor + t * normal that lies nearest to a pointer's ray, in units of the space; null when
 * the line runs nearly along the ray (seen end on), where a pixel would be worth too much.
 */
export function projectOnNormal(
  ray: PointerRay,
  anchor: Vec3,
  normal: Vec3,
  minimumSineSquared = MINIMUM_SINE_SQUARED,
): number | null {
  const along = dot(normal, ray.direction);
  const sineSquared = 1 - along * along;
  if (sineSquared < minimumSineSquared) return null;
  const between: Vec3 = [ray.origin[0] - anchor[0], ray.origin[1] - anchor[1], ray.origin[2] - anchor[2]];
  return (dot(normal, between) - along * dot(ray.direction, between)) / sineSquared;
}

/** How a drag turns pointer positions into offsets; fixed when it starts, so that it never jumps between the two ways. */
export type DragMeasure = (ray: PointerRay, pointerY: number) => number;

/**
 * The measure of a drag that starts with `ray` at height `pointerY` (CSS pixels, downwards): the change of offset in
 * units of the space. Seen end on, moving the pointer up pushes the plane outwards by `unitsPerPixel`.
 */
export function dragMeasure(
  ray: PointerRay,
  pointerY: number,
  anchor: Vec3,
  normal: Vec3,
  unitsPerPixel: number,
): DragMeasure {
  const start = projectOnNormal(ray, anchor, normal, STARTING_SINE_SQUARED);
  if (start === null) return (_, y) => (pointerY - y) * unitsPerPixel;
  let last = 0;
  return (current) => {
    const position = projectOnNormal(current, anchor, normal);
    if (position !== null) last = position - start;
    return last;
  };
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
