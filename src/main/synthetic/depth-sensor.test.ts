import { describe, expect, it } from 'vitest';
import { senseDepth } from './depth-sensor';
import { lookAt } from '../../shared/geometry/ray-camera';
import type { TriangleMesh, Vec3 } from '../../shared/geometry/types';

const SIZE = 64;

/** A square of side 2 * half about the origin, turned by `tilt` radians about the x axis out of the plane z = 0. */
function square(half: number, tilt = 0): TriangleMesh {
  const corner = (x: number, s: number): Vec3 => [x, s * Math.cos(tilt), s * Math.sin(tilt)];
  const corners = [corner(-half, -half), corner(half, -half), corner(half, half), corner(-half, half)];
  return { positions: Float64Array.from(corners.flat()), indices: Uint32Array.of(0, 1, 2, 0, 2, 3) };
}

const from = (z: number) => lookAt([0, 0, z], [0, 0, 0], [0, 1, 0], SIZE, SIZE, 0.5);
const sense = (mesh: TriangleMesh, z: number, seed = 1) => senseDepth(mesh, from(z), seed, { floor: false });
const shareLost = (depth: Uint16Array): number => depth.filter((z) => z === 0).length / depth.length;

describe('the depth sensor', () => {
  it.each([1, 2, 3])('has the noise of the Kinect at %d m: 1.2 mm + 1.9 mm (z - 0.4)^2', (distance) => {
    const measured = [...sense(square(2), distance)].filter((z) => z > 0);
    const mean = measured.reduce((sum, z) => sum + z, 0) / measured.length;
    const spread = Math.sqrt(measured.reduce((sum, z) => sum + (z - mean) ** 2, 0) / measured.length);
    const sigma = 1.2 + 1.9 * (distance - 0.4) ** 2;
    // 4,096 pixels: the mean to sigma / 64, the deviation to one percent; steps of a millimetre add 1/12.
    expect(Math.abs(mean - distance * 1000)).toBeLessThan((4 * sigma) / 64);
    expect(spread / Math.sqrt(sigma ** 2 + 1 / 12)).toBeGreaterThan(0.95);
    expect(spread / Math.sqrt(sigma ** 2 + 1 / 12)).toBeLessThan(1.05);
  });

  it('measures the same of the same seed', () => {
    expect(sense(square(2), 2, 7)).toEqual(sense(square(2), 2, 7));
    expect(sense(square(2), 2, 8)).not.toEqual(sense(square(2), 2, 7));
  });

  it('loses 0.2 percent of a plain wall, and as little of one that slopes away', () => {
    expect(shareLost(sense(square(2), 2))).toBeLessThan(0.006);
    expect(shareLost(sense(square(2), 2))).toBeGreaterThan(0);
    // 65 degrees: from one pixel to the next the depth changes by up to two percent.
    expect(shareLost(sense(square(8, 1.13), 2))).toBeLessThan(0.01);
  });

  it('measures nothing at grazing angles, nor where there is nothing', () => {
    const grazing = sense(square(0.4, Math.PI / 2 - 0.08), 2);
    expect(grazing.filter((z) => z > 0).length).toBeLessThan(0.3 * SIZE);
    const small = sense(square(0.2), 2);
    expect(small[0]).toBe(0);
    expect(small[(SIZE / 2) * SIZE + SIZE / 2]).toBeGreaterThan(0);
  });

  it('loses a fifth of the pixels beside a jump', () => {
    const depth = sense(square(0.3), 2, 5);
    const half = Math.round((0.3 * from(2).fy) / 2);
    const [first, last] = [SIZE / 2 - half, SIZE / 2 - 1 + half];
    const rim: number[] = [];
    for (let i = first; i <= last; i++) rim.push(depth[first * SIZE + i], depth[last * SIZE + i]);
    for (let i = first + 1; i < last; i++) rim.push(depth[i * SIZE + first], depth[i * SIZE + last]);
    const lost = rim.filter((z) => z === 0).length / rim.length;
    expect(lost).toBeGreaterThan(0.08);
    expect(lost).toBeLessThan(0.35);
  });
});
