import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../../shared/geometry/types';
import { dot, dragMeasure, projectOnNormal, type PointerRay } from './drag-geometry';

const SEED = 20261;
const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
const vector = fc.tuple(coordinate, coordinate, coordinate);
const direction = vector
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => v.map((x) => x / Math.hypot(...v)) as unknown as Vec3);

/** The ray from an eye through a point. */
function rayTo(eye: Vec3, point: Vec3): PointerRay {
  const d = point.map((x, k) => x - eye[k]);
  const length = Math.hypot(...d);
  return { origin: eye, direction: d.map((x) => x / length) as unknown as Vec3 };
}

const along = (anchor: Vec3, normal: Vec3, t: number): Vec3 =>
  anchor.map((x, k) => x + normal[k] * t) as unknown as Vec3;

describe('pointer on a plane normal', () => {
  it(`finds the point of the line that the pointer is over (seed ${SEED})`, () => {
    fc.assert(
      fc.property(vector, direction, vector, coordinate, (anchor, normal, towards, t) => {
        const eye: Vec3 = [towards[0], towards[1], towards[2] + 4];
        const ray = rayTo(eye, along(anchor, normal, t));
        fc.pre(1 - dot(normal, ray.direction) ** 2 > 0.05);
        expect(projectOnNormal(ray, anchor, normal)).toBeCloseTo(t, 9);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('refuses a normal seen end on and drags by the height of the pointer instead', () => {
    const normal: Vec3 = [0, 0, 1];
    const ray = rayTo([0, 0, 4], [0.01, 0, 0]);
    expect(projectOnNormal(ray, [0, 0, 0], normal)).toBeNull();
    const measure = dragMeasure(ray, 300, [0, 0, 0], normal, 0.002);
    expect(measure(ray, 300)).toBe(0);
    expect(measure(ray, 250)).toBeCloseTo(0.1, 12);
    expect(measure(ray, 350)).toBeCloseTo(-0.1, 12);
  });

  it('measures from where the pointer took hold, and holds its last value when a ray says nothing', () => {
    const normal: Vec3 = [1, 0, 0];
    const at = (x: number): PointerRay => rayTo([0, 0, 4], [x, 0.2, 0]);
    const measure = dragMeasure(at(0.1), 0, [0, 0, 0], normal, 0.001);
    expect(measure(at(0.1), 0)).toBe(0);
    expect(measure(at(0.35), 0)).toBeCloseTo(0.25, 2);
    const last = measure(at(0.2), 0);
    expect(measure({ origin: [-4, 0, 0], direction: [1, 0, 0] }, 0)).toBe(last);
  });

  it('moves a plane by little more than the pointer, however it is seen', () => {
    const pixel = 0.002;
    for (const degrees of [0, 5, 11, 15, 19, 25, 45, 90]) {
      const angle = (degrees * Math.PI) / 180;
      const normal: Vec3 = [Math.sin(angle), 0, Math.cos(angle)];
      const measure = dragMeasure(rayTo([0, 0, 4], [0, 0, 0]), 0, [0, 0, 0], normal, pixel);
      const moved = Math.abs(measure(rayTo([0, 0, 4], [10 * pixel, 0, 0]), -10));
      expect(moved / (10 * pixel), `${degrees} degrees from end on`).toBeLessThan(3.2);
    }
  });
});
