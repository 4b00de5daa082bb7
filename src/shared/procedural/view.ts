import type { Camera } from '../contract/camera';
import { senseDepth } from '../geometry/depth-sensor';
import { cameraPose, lookAt, pixelRay } from '../geometry/ray-camera';
import { createRayCaster } from '../geometry/ray-cast';
import { triangleArea } from '../geometry/triangle';
import type { TriangleMesh, Vec3 } from '../geometry/types';
import { createRandom, type Random } from '../random';
import { drawLook, type Look } from './look';
import { joined, type ProceduralShape } from './shape';

/** Radians, full vertical. */
const VERTICAL_VIEW = 0.8;
/** Rays per pixel and axis of the colour picture. */
const SAMPLES = 2;

/** One camera's colour picture and depth image. */
export interface ShapeView {
  readonly camera: Camera;
  /** [size * size, 4] sRGB over a plain background; alpha is the shape's coverage. */
  readonly colour: Uint8Array;
  /** [size * size] millimetres, 0 where nothing was measured; one learning unit counts as a metre. */
  readonly depth: Uint16Array;
}

/** Draws views of a shape from around and a little above. Same seed, same bytes. */
export function renderViews(
  shape: ProceduralShape,
  count: number,
  size: number,
  seed: number,
): readonly ShapeView[] {
  const mesh = joined(shape.parts.map((part) => part.mesh));
  const caster = createRayCaster(mesh);
  const scene = { mesh, caster, partOf: partOfTriangles(shape), radius: radiusOf(shape.mesh) };
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const camera = drawCamera(random, scene.radius, size);
    const look = drawLook(
      random,
      shape.parts.map(({ name }) => name),
    );
    const noise = random.integer(2 ** 32);
    return {
      camera,
      colour: paint(scene, camera, look),
      depth: senseDepth(mesh, camera, noise, { floor: false, caster }),
    };
  });
}

interface Scene {
  readonly mesh: TriangleMesh;
  readonly caster: ReturnType<typeof createRayCaster>;
  readonly partOf: Uint16Array;
  readonly radius: number;
}

/** A camera that has the whole ball around the shape in view. */
function drawCamera(random: Random, radius: number, size: number): Camera {
  const turn = 2 * Math.PI * random.uniform();
  const rise = ((5 + 35 * random.uniform()) * Math.PI) / 180;
  const distance = (radius / Math.sin(VERTICAL_VIEW / 2)) * (1 + 0.2 * random.uniform());
  const eye: Vec3 = [
    distance * Math.cos(rise) * Math.sin(turn),
    distance * Math.sin(rise),
    distance * Math.cos(rise) * Math.cos(turn),
  ];
  return { ...lookAt(eye, [0, 0, 0], [0, 1, 0], size, size, VERTICAL_VIEW), upAxis: 'y' };
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
  const share = 1 / (SAMPLES * SAMPLES);
  for (let p = 0; p < width * height; p++) {
    let covered = 0;
    const sum = [0, 0, 0];
    for (let s = 0; s < SAMPLES * SAMPLES; s++) {
      const u = (p % width) + ((s % SAMPLES) + 0.5) / SAMPLES - 0.5;
      const v = Math.floor(p / width) + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES - 0.5;
      const ray = pixelRay(camera, pose, u, v);
      const triangle = caster.first(pose.eye, ray);
      if (triangle < 0) {
        for (let k = 0; k < 3; k++) sum[k] += look.background[k];
        continue;
      }
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
    for (let k = 0; k < 3; k++)
      image[p * 4 + k] = Math.round(255 * Math.min(1, Math.max(0, sum[k] * share)) ** (1 / 2.2));
    image[p * 4 + 3] = Math.round(255 * covered * share);
  }
  return image;
}

function partOfTriangles({ parts }: ProceduralShape): Uint16Array {
  const out = new Uint16Array(parts.reduce((sum, { mesh }) => sum + mesh.indices.length / 3, 0));
  let at = 0;
  parts.forEach(({ mesh }, i) => {
    out.fill(i, at, (at += mesh.indices.length / 3));
  });
  return out;
}

function radiusOf({ positions }: TriangleMesh): number {
  let radius = 0;
  for (let i = 0; i < positions.length; i += 3)
    radius = Math.max(radius, Math.hypot(positions[i], positions[i + 1], positions[i + 2]));
  return radius;
}
