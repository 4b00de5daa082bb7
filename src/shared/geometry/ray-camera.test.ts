import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { cameraPose, lookAt, pixelRay } from './ray-camera';
import type { Vec3 } from './types';

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

function expectVector(actual: Vec3, expected: Vec3): void {
  expected.forEach((value, axis) => expect(actual[axis]).toBeCloseTo(value, 12));
}

describe('lookAt', () => {
  it('has its target in the middle of the image', () => {
    const camera = lookAt([3, 2, 4], [0.5, 0.25, 0], [0, 1, 0], 81, 61, 0.7);
    const pose = cameraPose(camera);
    const ray = pixelRay(camera, pose, 40, 30);
    const distance = Math.hypot(2.5, 1.75, 4);
    expectVector(
      [0, 1, 2].map((axis) => pose.eye[axis] + distance * ray[axis]) as unknown as Vec3,
      [0.5, 0.25, 0],
    );
  });

  it('stands upright, right-handed, with x to the right and y down (seed 101)', () => {
    const random = createRandom(101);
    for (let round = 0; round < 20; round++) {
      const place = (): Vec3 => [random.normal(), random.normal(), random.normal()];
      const [eye, target, up] = [place(), place(), place()];
      const { right, down, forward, eye: stands } = cameraPose(lookAt(eye, target, up, 40, 30, 1));
      expect(stands).toEqual(eye);
      for (const axis of [right, down, forward]) expect(Math.hypot(...axis)).toBeCloseTo(1, 12);
      expectVector(cross(right, down), forward);
      expect(dot(right, up)).toBeCloseTo(0, 12);
      expect(dot(down, up)).toBeLessThan(0);
      const away: Vec3 = [target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]];
      expect(dot(away, forward)).toBeCloseTo(Math.hypot(...away), 12);
    }
  });

  it('sees the vertical angle asked for between its upper and lower edges, in square pixels', () => {
    const camera = lookAt([0, 0, 0], [0, 0, 5], [0, 1, 0], 200, 100, Math.PI / 2, 0.01);
    expect(camera).toMatchObject({ width: 200, height: 100, depthScale: 0.01, cx: 99.5, cy: 49.5 });
    expect(camera.fx).toBeCloseTo(50, 12);
    expect(camera.fy).toBe(camera.fx);
    const pose = cameraPose(camera);
    const [top, bottom] = [pixelRay(camera, pose, 99.5, -0.5), pixelRay(camera, pose, 99.5, 99.5)];
    expectVector(top, [0, 1, 1]);
    expectVector(bottom, [0, -1, 1]);
    // Looking along +z with y up, the image's right is -x.
    expectVector(pixelRay(camera, pose, 199.5, 49.5), [-2, 0, 1]);
    expect(lookAt([0, 0, 0], [0, 0, 5], [0, 1, 0], 200, 100, 1).depthScale).toBe(0.001);
  });
});

describe('cameraPose and pixelRay', () => {
  it('of a camera without a place look along +z from the origin, x right and y down', () => {
    const camera = { width: 4, height: 4, fx: 2, fy: 4, cx: 1, cy: 3, depthScale: 1 };
    const pose = cameraPose(camera);
    expect(pose).toEqual({ right: [1, 0, 0], down: [0, 1, 0], forward: [0, 0, 1], eye: [0, 0, 0] });
    expect(pixelRay(camera, pose, 5, 7)).toEqual([2, 1, 1]);
  });

  it('reach the world place that the matrix gives (seed 102)', () => {
    const random = createRandom(102);
    const cameraToWorld = Array.from({ length: 16 }, () => random.normal());
    const camera = { width: 9, height: 7, fx: 3, fy: 5, cx: 4, cy: 2, depthScale: 1, cameraToWorld };
    const pose = cameraPose(camera);
    for (const [u, v, depth] of [
      [0, 0, 2],
      [8, 1, 3],
      [5, 6, 0.5],
    ]) {
      const seen = [(depth * (u - 4)) / 3, (depth * (v - 2)) / 5, depth, 1];
      const ray = pixelRay(camera, pose, u, v);
      for (let axis = 0; axis < 3; axis++) {
        const world = seen.reduce((sum, value, column) => sum + cameraToWorld[4 * axis + column] * value, 0);
        expect(pose.eye[axis] + depth * ray[axis]).toBeCloseTo(world, 12);
      }
    }
  });
});
