import type { Camera } from '../../shared/geometry/camera';
import { createRandom } from '../../shared/random';
import { cameraPose, pixelRay } from '../../shared/geometry/ray-camera';
import { createRayCaster, type RayCaster } from '../../shared/geometry/ray-cast';
import { triangleArea } from '../../shared/geometry/triangle';
import type { TriangleMesh } from '../../shared/geometry/types';

/** A sensor sees nothing where its ray grazes the surface: cosine of 84 degrees. */
const GRAZING = 0.1;
/** Share of all pixels that measure nothing without a reason. */
const RANDOM_LOSS = 0.002;
/** Share of the pixels at a jump in depth that measure nothing. */
const EDGE_LOSS = 0.2;

export interface SenseOptions {
  /** Whether the mesh stands on a floor at y = 0 that is seen, too. */
  readonly floor: boolean;
  /** The mesh made ready for rays, when the caller has it. */
  readonly caster?: RayCaster;
}

/**
 * What a depth sensor sees of a mesh in metres: noise of 1.2 mm + 1.9 mm (z - 0.4 m)^2 per m^2 (axial noise of the
 * first Kinect: Nguyen, Izadi and Lovell 2012), steps of a millimetre, drop-outs at grazing angles and beside jumps in
 * depth.
 * @returns [height * width] millimetres along the camera's z; 0 where nothing was measured
 */
export function senseDepth(
  mesh: TriangleMesh,
  camera: Camera,
  seed: number,
  options: SenseOptions,
): Uint16Array {
  const { width, height } = camera;
  const { depth, facing } = castDepth(mesh, camera, options);
  const random = createRandom(seed);
  // What a flat surface changes from one pixel to the next is no jump, however coarse the picture.
  const slopeOf = (i: number, z: number): number => {
    const tangent = Math.sqrt(1 - facing[i] ** 2) / facing[i];
    return (z * tangent) / Math.min(camera.fx, camera.fy);
  };
  return Uint16Array.from(depth, (z, i) => {
    // Every pixel draws the same number of times, so that one change leaves the rest of the image alone.
    const [normal, loss, edgeLoss] = [random.normal(), random.uniform(), random.uniform()];
    if (z === 0 || facing[i] < GRAZING || loss < RANDOM_LOSS) return 0;
    if (edgeLoss < EDGE_LOSS && besideJump(depth, width, height, i, slopeOf(i, z))) return 0;
    const sigma = 0.0012 + 0.0019 * (z - 0.4) ** 2;
    return Math.round((z + sigma * normal) * 1000);
  });
}

/** Exact depths, 0 where a ray meets nothing, and the cosine between ray and surface. */
function castDepth(
  mesh: TriangleMesh,
  camera: Camera,
  { floor, caster = createRayCaster(mesh) }: SenseOptions,
): { depth: Float64Array; facing: Float64Array } {
  const { width, height } = camera;
  const pose = cameraPose(camera);
  const depth = new Float64Array(width * height);
  const facing = new Float64Array(width * height);
  const normal = new Float64Array(3);
  for (let i = 0; i < depth.length; i++) {
    const ray = pixelRay(camera, pose, i % width, Math.floor(i / width));
    const ground = floor && ray[1] < 0 ? -pose.eye[1] / ray[1] : Infinity;
    const triangle = caster.first(pose.eye, ray, ground);
    depth[i] = triangle >= 0 ? caster.distance() : ground === Infinity ? 0 : ground;
    if (triangle >= 0) triangleArea(mesh, triangle, normal);
    else normal.set([0, 1, 0]);
    facing[i] = Math.abs(ray[0] * normal[0] + ray[1] * normal[1] + ray[2] * normal[2]) / Math.hypot(...ray);
  }
  return { depth, facing };
}

function besideJump(depth: Float64Array, width: number, height: number, i: number, slope: number): boolean {
  const u = i % width;
  const v = Math.floor(i / width);
  const jump = (j: number): boolean =>
    depth[j] === 0 || Math.abs(depth[j] - depth[i]) > 0.03 * depth[i] + 2 * slope;
  return (
    (u > 0 && jump(i - 1)) ||
    (u < width - 1 && jump(i + 1)) ||
    (v > 0 && jump(i - width)) ||
    (v < height - 1 && jump(i + width))
  );
}
