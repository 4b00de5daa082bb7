import { PNG } from 'pngjs';
import type { Camera } from '../../src/shared/contract/jobs';
import { cameraPose, lookAt, pixelRay } from '../../src/shared/geometry/ray-camera';
import { createRayCaster } from '../../src/shared/geometry/ray-cast';
import type { TriangleMesh, Vec3 } from '../../src/shared/geometry/types';
import { createRandom } from '../../src/shared/random';

const WIDTH = 320;
const HEIGHT = 240;
/** Radians, a structured-light camera's. */
const VERTICAL_VIEW = 0.64;
/** A sensor sees nothing where its ray grazes the surface: cosine of 84 degrees. */
const GRAZING = 0.1;
/** Share of all pixels that measure nothing without a reason. */
const RANDOM_LOSS = 0.002;
/** Share of the pixels at a jump in depth that measure nothing. */
const EDGE_LOSS = 0.2;

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

/**
 * What a depth sensor sees of a mesh that stands on the ground y = 0: noise of 1.2 mm + 1.9 mm (z - 0.4 m)^2 per m^2
 * (axial noise of the first Kinect: Nguyen, Izadi and Lovell 2012), steps of a millimetre, drop-outs at grazing
 * angles and beside jumps in depth.
 * @returns [height * width] millimetres along the camera's z; 0 where nothing was measured
 */
export function senseDepth(mesh: TriangleMesh, camera: Camera, seed: number): Uint16Array {
  const { width, height } = camera;
  const { depth, facing } = castDepth(mesh, camera);
  const random = createRandom(seed);
  return Uint16Array.from(depth, (z, i) => {
    // Every pixel draws the same number of times, so that one change leaves the rest of the image alone.
    const [normal, loss, edgeLoss] = [random.normal(), random.uniform(), random.uniform()];
    if (z === 0 || facing[i] < GRAZING || loss < RANDOM_LOSS) return 0;
    if (edgeLoss < EDGE_LOSS && besideJump(depth, width, height, i)) return 0;
    const sigma = 0.0012 + 0.0019 * (z - 0.4) ** 2;
    return Math.round((z + sigma * normal) * 1000);
  });
}

/** 16-bit grey PNG. */
export function depthPng(millimetres: Uint16Array, { width, height }: Camera): Uint8Array {
  const png = new PNG({ width, height });
  // The encoder reads 16-bit samples in the machine's order.
  const data = Buffer.from(millimetres.buffer, millimetres.byteOffset, millimetres.byteLength);
  Object.assign(png, { data });
  const options = { colorType: 0, inputColorType: 0, bitDepth: 16, inputHasAlpha: false } as const;
  return PNG.sync.write(png, options);
}

/** Exact depths, 0 above the horizon, and the cosine between ray and surface. */
function castDepth(mesh: TriangleMesh, camera: Camera): { depth: Float64Array; facing: Float64Array } {
  const { width, height } = camera;
  const caster = createRayCaster(mesh);
  const pose = cameraPose(camera);
  const depth = new Float64Array(width * height);
  const facing = new Float64Array(width * height);
  for (let i = 0; i < depth.length; i++) {
    const ray = pixelRay(camera, pose, i % width, Math.floor(i / width));
    const ground = ray[1] < 0 ? -pose.eye[1] / ray[1] : Infinity;
    const triangle = caster.first(pose.eye, ray, ground);
    depth[i] = triangle >= 0 ? caster.distance() : ground === Infinity ? 0 : ground;
    const normal: Vec3 = triangle >= 0 ? normalOf(mesh, triangle) : [0, 1, 0];
    facing[i] = Math.abs(ray[0] * normal[0] + ray[1] * normal[1] + ray[2] * normal[2]) / Math.hypot(...ray);
  }
  return { depth, facing };
}

function besideJump(depth: Float64Array, width: number, height: number, i: number): boolean {
  const u = i % width;
  const v = Math.floor(i / width);
  const jump = (j: number): boolean => Math.abs(depth[j] - depth[i]) > 0.03 * depth[i];
  return (
    (u > 0 && jump(i - 1)) ||
    (u < width - 1 && jump(i + 1)) ||
    (v > 0 && jump(i - width)) ||
    (v < height - 1 && jump(i + width))
  );
}

function normalOf({ positions, indices }: TriangleMesh, triangle: number): Vec3 {
  const [a, b, c] = [0, 1, 2].map((corner) => indices[triangle * 3 + corner] * 3);
  const [ux, uy, uz] = [0, 1, 2].map((k) => positions[b + k] - positions[a + k]);
  const [vx, vy, vz] = [0, 1, 2].map((k) => positions[c + k] - positions[a + k]);
  const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(...normal) || 1;
  return [normal[0] / length, normal[1] / length, normal[2] / length];
}
