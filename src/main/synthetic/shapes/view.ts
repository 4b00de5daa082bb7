import type { Camera } from '../../../shared/geometry/camera';
import { senseDepth } from '../depth-sensor';
import { cameraPose, lookAt, pixelRay } from '../../../shared/geometry/ray-camera';
import { createRayCaster } from '../../../shared/geometry/ray-cast';
import { triangleArea } from '../../../shared/geometry/triangle';
import type { TriangleMesh, Vec3 } from '../../../shared/geometry/types';
import { createRandom, type Random } from '../../../shared/random';
import { drawLook, type Look } from './look';
import { joinMeshes } from '../../../shared/geometry/join';
import { type ProceduralShape } from './shape';

/** Radians, full vertical: from a long lens to a wide one. */
const VERTICAL_VIEW = { low: 0.5, high: 0.9 } as const;
/** Degrees above the horizon. */
const ELEVATION = { low: 5, high: 40 } as const;
/** Rays per pixel and axis of the colour picture. */
const SAMPLES = 2;

/** One camera's colour picture and depth image. */
export interface RenderedView {
  readonly camera: Camera;
  /** [size * size, 4] sRGB, not premultiplied; alpha is the shape's coverage. */
  readonly colour: Uint8Array;
  /** [size * size] thousandths of a learning unit along the camera's z, 0 where nothing was measured. */
  readonly depth: Uint16Array;
}

/** What is drawn of a shape. */
export type Drawable = Pick<ProceduralShape, 'parts'>;

/** Draws square views of a shape from around and a little above. Same seed, same bytes. */
export function renderViews(
  shape: Drawable,
  count: number,
  size: number,
  seed: number,
): readonly RenderedView[] {
  return [...drawViews(shape, count, size, seed)];
}

/** The same one by one, for who has something else to do between two of them. */
export function* drawViews(
  shape: Drawable,
  count: number,
  size: number,
  seed: number,
): Generator<RenderedView> {
  const mesh = joinMeshes(shape.parts.map((part) => part.mesh));
  const caster = createRayCaster(mesh);
  const scene = { mesh, caster, partOf: partOfTriangles(shape) };
  const random = createRandom(seed);
  for (let view = 0; view < count; view++) {
    const camera = drawCamera(random, mesh.positions, size);
    const look = drawLook(
      random,
      shape.parts.map(({ name }) => name),
    );
    const noise = random.integer(2 ** 32);
    yield {
      camera,
      colour: paint(scene, camera, look),
      // The sensor's metres are learning units: its noise is that of an object a metre long.
      depth: senseDepth(mesh, camera, noise, { floor: false, caster }),
    };
  }
}

interface Scene {
  readonly mesh: TriangleMesh;
  readonly caster: ReturnType<typeof createRayCaster>;
  readonly partOf: Uint16Array;
}

/** A camera around the shape that it fills, with a margin of 3 to 12 percent. */
function drawCamera(random: Random, positions: Float64Array, size: number): Camera {
  const turn = 2 * Math.PI * random.uniform();
  const rise = ((ELEVATION.low + (ELEVATION.high - ELEVATION.low) * random.uniform()) * Math.PI) / 180;
  const view = VERTICAL_VIEW.low + (VERTICAL_VIEW.high - VERTICAL_VIEW.low) * random.uniform();
  const fill = 0.97 - 0.09 * random.uniform();
  const away: Vec3 = [Math.cos(rise) * Math.sin(turn), Math.sin(rise), Math.cos(rise) * Math.cos(turn)];
  const at = (target: Vec3, distance: number): Camera => {
    const eye: Vec3 = [0, 1, 2].map((c) => target[c] + distance * away[c]) as unknown as Vec3;
    return { ...lookAt(eye, target, [0, 1, 0], size, size, view), upAxis: 'y' };
  };
  const { right, down, forward } = cameraPose(at([0, 0, 0], 1));
  const reach = fill * Math.tan(view / 2);
  const [x, z0] = fitAxis(positions, right, forward, reach);
  const [y, z1] = fitAxis(positions, down, forward, reach);
  const target: Vec3 = [0, 1, 2].map((c) => x * right[c] + y * down[c]) as unknown as Vec3;
  return at(target, Math.max(z0, z1));
}

/**
 * Where a camera must stand so that points fill its picture along one image axis: from both edges' planes,
 * |p . axis - offset| <= reach (p . forward + distance) for all p, tight on both sides.
 * @returns offset along the axis, distance from the origin against `forward`
 */
function fitAxis(positions: Float64Array, axis: Vec3, forward: Vec3, reach: number): [number, number] {
  let low = -Infinity;
  let high = -Infinity;
  for (let i = 0; i < positions.length; i += 3) {
    const a = positions[i] * axis[0] + positions[i + 1] * axis[1] + positions[i + 2] * axis[2];
    const f = positions[i] * forward[0] + positions[i + 1] * forward[1] + positions[i + 2] * forward[2];
    high = Math.max(high, a - reach * f);
    low = Math.max(low, -a - reach * f);
  }
  return [(high - low) / 2, (high + low) / (2 * reach)];
}

/** Diffuse and glossy light of one lamp and the sky, no shadows: [pixels, 4]. */
function paint({ mesh, caster, partOf }: Scene, camera: Camera, look: Look): Uint8Array {
  const pose = cameraPose(camera);
  const { right, down, forward } = pose;
  const { width, height } = camera;
  const [a, b, c] = look.lamp;
  const lamp = [0, 1, 2].map((k) => a * right[k] - b * down[k] - c * forward[k]);
  const image = new Uint8Array(width * height * 4);
  const normal = new Float64Array(3);
  for (let p = 0; p < width * height; p++) {
    let covered = 0;
    const sum = [0, 0, 0];
    for (let s = 0; s < SAMPLES * SAMPLES; s++) {
      const u = (p % width) + ((s % SAMPLES) + 0.5) / SAMPLES - 0.5;
      const v = Math.floor(p / width) + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES - 0.5;
      const ray = pixelRay(camera, pose, u, v);
      const triangle = caster.first(pose.eye, ray);
      if (triangle < 0) continue;
      covered++;
      triangleArea(mesh, triangle, normal);
      const length = Math.hypot(ray[0], ray[1], ray[2]);
      const facing = normal[0] * ray[0] + normal[1] * ray[1] + normal[2] * ray[2] > 0 ? -1 : 1;
      const diffuse = Math.max(0, facing * (normal[0] * lamp[0] + normal[1] * lamp[1] + normal[2] * lamp[2]));
      const half = [0, 1, 2].map((k) => lamp[k] - ray[k] / length);
      const across = Math.hypot(half[0], half[1], half[2]) || 1;
      const shine = Math.max(
        0,
        (facing * (normal[0] * half[0] + normal[1] * half[1] + normal[2] * half[2])) / across,
      );
      const gloss = diffuse > 0 ? look.gloss * shine ** look.exponent : 0;
      const sky = look.ambient * (0.6 + 0.4 * facing * normal[1]);
      const colour = look.colours[partOf[triangle]];
      for (let k = 0; k < 3; k++) sum[k] += (colour[k] * (sky + look.power * diffuse) + gloss) * look.tint[k];
    }
    if (covered === 0) continue;
    for (let k = 0; k < 3; k++)
      image[p * 4 + k] = Math.round(255 * Math.min(1, Math.max(0, sum[k] / covered)) ** (1 / 2.2));
    image[p * 4 + 3] = Math.round((255 * covered) / (SAMPLES * SAMPLES));
  }
  return image;
}

function partOfTriangles({ parts }: Drawable): Uint16Array {
  const out = new Uint16Array(parts.reduce((sum, { mesh }) => sum + mesh.indices.length / 3, 0));
  let at = 0;
  parts.forEach(({ mesh }, i) => {
    out.fill(i, at, (at += mesh.indices.length / 3));
  });
  return out;
}
