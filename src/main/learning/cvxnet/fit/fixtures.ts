import { sampleBox } from '../../../../shared/geometry/sampling';
import { createRandom } from '../../../../shared/random';
import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import type { ConvexShape } from '../../../../shared/shape/types';
import type { FitSamples } from './index';

/** Occupancy of a solid given by a signed function: negative inside. */
export type Solid = (x: number, y: number, z: number) => number;

export function boxSolid(centre: readonly number[], half: readonly number[]): Solid {
  return (x, y, z) =>
    Math.max(
      Math.abs(x - centre[0]) - half[0],
      Math.abs(y - centre[1]) - half[1],
      Math.abs(z - centre[2]) - half[2],
    );
}

export function sphereSolid(radius: number): Solid {
  return (x, y, z) => Math.hypot(x, y, z) - radius;
}

export function unionOf(...solids: readonly Solid[]): Solid {
  return (x, y, z) => Math.min(...solids.map((solid) => solid(x, y, z)));
}

/** Uniform samples of the learning box, and of those drawn anew the ones within 0.04 of the surface. */
export function sampleSolid(solid: Solid, count: number, seed: number): FitSamples {
  const random = createRandom(seed);
  const near: number[] = [];
  while (near.length < count * 3) {
    const point = sampleBox(1, 0.55, random);
    if (Math.abs(solid(point[0], point[1], point[2])) < 0.04) near.push(...point);
  }
  return {
    box: labelled(solid, sampleBox(count, 0.55, random)),
    nearSurface: labelled(solid, Float32Array.from(near)),
  };
}

function labelled(solid: Solid, points: Float32Array): LabelledPoints {
  const inside = new Uint8Array(points.length / 3);
  for (let i = 0; i < inside.length; i++) {
    inside[i] = solid(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]) <= 0 ? 1 : 0;
  }
  return { points, inside };
}

/** IoU of the explicit polytopes with the solid on fresh uniform points, straight from the definition. */
export function freshIou(shape: ConvexShape, solid: Solid, count: number, seed: number): number {
  const points = sampleBox(count, 0.55, createRandom(seed));
  let both = 0;
  let either = 0;
  for (let i = 0; i < count; i++) {
    const p = points.subarray(i * 3, i * 3 + 3);
    const covered = shape.parts.some((part) =>
      part.planes.every(
        ({ normal, offset }) =>
          normal[0] * (p[0] - part.translation[0]) +
            normal[1] * (p[1] - part.translation[1]) +
            normal[2] * (p[2] - part.translation[2]) <=
          offset,
      ),
    );
    const inside = solid(p[0], p[1], p[2]) <= 0;
    if (covered && inside) both++;
    if (covered || inside) either++;
  }
  return both / either;
}
