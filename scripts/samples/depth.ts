import type { Camera } from '../../src/shared/geometry/camera';
import { lookAt } from '../../src/shared/geometry/ray-camera';
import type { Vec3 } from '../../src/shared/geometry/types';

const WIDTH = 320;
const HEIGHT = 240;
/** Radians, a structured-light camera's. */
const VERTICAL_VIEW = 0.64;

/** A camera at `eye` looking at `target`, Y up, for images in millimetres. */
export function depthCamera(eye: Vec3, target: Vec3): Camera {
  const camera = lookAt(eye, target, [0, 1, 0], WIDTH, HEIGHT, VERTICAL_VIEW);
  // Nanometres are enough, and the same text on every machine.
  const rounded = (x: number): number => Math.round(x * 1e9) / 1e9 + 0;
  return {
    ...camera,
    fx: rounded(camera.fx),
    fy: rounded(camera.fy),
    cameraToWorld: camera.cameraToWorld?.map(rounded),
    upAxis: 'y',
  };
}
