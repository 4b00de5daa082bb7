import type { Camera } from '../../../../shared/geometry/camera';
import type { UpAxis } from '../../../../shared/document/types';
import type { Vec3 } from '../../../../shared/geometry/types';
import { ok, type Result } from '../../../../shared/result';
import { badFile } from '../../read/problems';
import type { ReadDepth } from '../../read/types';

/** A depth image with its pinhole camera. Pixel (u, v) has its centre at the image coordinates (u, v). */
export interface DepthView {
  readonly width: number;
  readonly height: number;
  readonly camera: Camera;
  /** [height * width] metres along the camera's z axis; 0 where nothing was measured. */
  readonly depth: Float64Array;
  /** Rotation, row-major 3 x 3, and place of the camera: world = rotation * camera + place. */
  readonly rotation: readonly number[];
  readonly place: Vec3;
  readonly up: Vec3;
}

/** Without a pose the world is upright with its origin at the camera: x right, up along the up axis, looking level. */
const LEVEL: Readonly<Record<UpAxis, readonly number[]>> = {
  y: [1, 0, 0, 0, -1, 0, 0, 0, -1],
  z: [1, 0, 0, 0, 0, 1, 0, -1, 0],
};

/** Scales stored values to metres and drops what is no observation. Error: sizes differ, or nothing was measured. */
export function createView(
  read: ReadDepth,
  camera: Camera,
  upAxis: UpAxis,
  file: string,
  cameraFile: string,
): Result<DepthView> {
  if (camera.width !== read.width || camera.height !== read.height) {
    return badFile(
      'camera-invalid',
      cameraFile,
      'fields "width" and "height"',
      `they say ${camera.width} x ${camera.height}, but ${file} is ${read.width} x ${read.height}`,
      'Use the camera of this image; scale fx, fy, cx and cy when the image was resized.',
    );
  }
  const limit = camera.maximumDepth ?? Infinity;
  let measured = 0;
  const depth = new Float64Array(read.values.length);
  for (let i = 0; i < depth.length; i++) {
    const metres = read.values[i] * camera.depthScale;
    if (!(metres > 0 && metres <= limit && metres < 1e6)) continue;
    depth[i] = metres;
    measured++;
  }
  if (measured === 0) {
    return badFile(
      'no-depth',
      file,
      `all ${depth.length} pixels`,
      `no pixel has a depth above 0${camera.maximumDepth ? ` and up to ${camera.maximumDepth} m` : ''}`,
      'Check that the image is the depth map, and depthScale and maximumDepth in the camera file.',
    );
  }
  const m = camera.cameraToWorld;
  return ok({
    width: read.width,
    height: read.height,
    camera,
    depth,
    rotation: m ? [m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]] : LEVEL[upAxis],
    place: m ? [m[3], m[7], m[11]] : [0, 0, 0],
    up: upAxis === 'y' ? [0, 1, 0] : [0, 0, 1],
  });
}

/** World point at depth `metres` along the ray of image coordinates (u, v). */
export function backProject(view: DepthView, u: number, v: number, metres: number): [number, number, number] {
  const { rotation: r, place, camera } = view;
  const x = ((u - camera.cx) / camera.fx) * metres;
  const y = ((v - camera.cy) / camera.fy) * metres;
  return [
    r[0] * x + r[1] * y + r[2] * metres + place[0],
    r[3] * x + r[4] * y + r[5] * metres + place[1],
    r[6] * x + r[7] * y + r[8] * metres + place[2],
  ];
}

/** Image coordinates and depth of a world point, into `out`. Depth <= 0 is behind the camera. */
export function project(view: DepthView, x: number, y: number, z: number, out: Float64Array): void {
  const { rotation: r, place, camera } = view;
  const dx = x - place[0];
  const dy = y - place[1];
  const dz = z - place[2];
  const depth = r[2] * dx + r[5] * dy + r[8] * dz;
  out[0] = camera.cx + (camera.fx * (r[0] * dx + r[3] * dy + r[6] * dz)) / depth;
  out[1] = camera.cy + (camera.fy * (r[1] * dx + r[4] * dy + r[7] * dz)) / depth;
  out[2] = depth;
}

/** Width of a pixel at a depth, metres. */
export function footprint(view: DepthView, metres: number): number {
  return metres / Math.min(view.camera.fx, view.camera.fy);
}

/** Neighbouring depths that differ by more belong to different surfaces: steeper than 80 degrees, beyond sensor noise. */
export function jumpAt(view: DepthView, metres: number): number {
  return 6 * footprint(view, metres) + 0.005 * metres;
}
