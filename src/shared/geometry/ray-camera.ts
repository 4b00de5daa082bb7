import type { Camera } from './camera';
import type { Vec3 } from './types';

/** Where a pinhole camera stands and where its image axes point, in world space. */
export interface CameraPose {
  readonly eye: Vec3;
  /** Unit, to the right of the image. */
  readonly right: Vec3;
  /** Unit, down the image. */
  readonly down: Vec3;
  /** Unit, into the scene. */
  readonly forward: Vec3;
}

/**
 * A camera at `eye` that looks at `target`, principal point in the image's middle, square pixels.
 * @param verticalView full vertical angle of view, radians.
 * @param depthScale metres per stored unit of a depth image taken with it.
 */
export function lookAt(
  eye: Vec3,
  target: Vec3,
  up: Vec3,
  width: number,
  height: number,
  verticalView: number,
  depthScale = 0.001,
): Camera {
  const forward = unit([target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]]);
  const right = unit(cross(forward, up));
  const down = cross(forward, right);
  const focal = height / 2 / Math.tan(verticalView / 2);
  const rows = [0, 1, 2].flatMap((r) => [right[r], down[r], forward[r], eye[r]]);
  return {
    width,
    height,
    fx: focal,
    fy: focal,
    cx: (width - 1) / 2,
    cy: (height - 1) / 2,
    depthScale,
    cameraToWorld: [...rows, 0, 0, 0, 1],
  };
}

/** The pose in a camera's 4x4 matrix; at the origin along +z when it has none. */
export function cameraPose(camera: Camera): CameraPose {
  const m = camera.cameraToWorld ?? [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  return {
    right: [m[0], m[4], m[8]],
    down: [m[1], m[5], m[9]],
    forward: [m[2], m[6], m[10]],
    eye: [m[3], m[7], m[11]],
  };
}

/**
 * Direction of the ray through an image point, scaled so that its length times a depth along the camera's z is the
 * point: world = eye + depth * direction. Pixel (i, j) has its centre at (i, j).
 */
export function pixelRay(camera: Camera, pose: CameraPose, u: number, v: number): Vec3 {
  const x = (u - camera.cx) / camera.fx;
  const y = (v - camera.cy) / camera.fy;
  const { right, down, forward } = pose;
  return [
    x * right[0] + y * down[0] + forward[0],
    x * right[1] + y * down[1] + forward[1],
    x * right[2] + y * down[2] + forward[2],
  ];
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vec3): Vec3 {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
}
