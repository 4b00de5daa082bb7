import type { Camera } from '../contract/jobs';
import { createRandom } from '../random';
import { cameraPose, pixelRay, type CameraPose } from './ray-camera';
import { createRayCaster, type RayCaster } from './ray-cast';
import type { TriangleMesh, Vec3 } from './types';

export interface RenderOptions {
  /** Rays per pixel and axis; 2 by default. */
  readonly samples?: number;
  /** [T, 3] sRGB 0..255 per triangle; a light clay when absent. */
  readonly colours?: Uint8Array;
  /** Shadow on a floor under the mesh; true by default. */
  readonly floor?: boolean;
  /** Which coordinate points up; 'y' by default. */
  readonly upAxis?: 'y' | 'z';
}

const CLAY: Vec3 = [0.62, 0.6, 0.57];
const BACKDROP_TOP: Vec3 = [0.055, 0.062, 0.075];
const BACKDROP_BOTTOM: Vec3 = [0.16, 0.17, 0.19];
const KEY_STRENGTH = 0.85;
const FILL_STRENGTH = 0.2;
const SKY_STRENGTH = 0.34;

/**
 * A studio picture by ray casting, flat-shaded: a soft key light with shadow from the upper left of the camera, a weak
 * fill from the right, light from the sky that is weaker in corners. Same input, same bytes.
 * @returns [height * width, 4] sRGB and opacity 255, row-major from the top left.
 */
export function renderMesh(mesh: TriangleMesh, camera: Camera, options: RenderOptions = {}): Uint8Array {
  const { samples = 2, floor = true, upAxis = 'y' } = options;
  const cast = createRayCaster(mesh);
  const pose = cameraPose(camera);
  const studio = buildStudio(mesh, pose, upAxis, floor);
  const random = createRandom(1);
  const image = new Uint8Array(camera.width * camera.height * 4);
  for (let j = 0; j < camera.height; j++) {
    for (let i = 0; i < camera.width; i++) {
      const sum = [0, 0, 0];
      for (let s = 0; s < samples * samples; s++) {
        const u = i + ((s % samples) + 0.5) / samples;
        const v = j + (Math.floor(s / samples) + 0.5) / samples;
        const direction = pixelRay(camera, pose, u, v);
        const jitter: Vec3 = [random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5];
        const light = trace(mesh, cast, studio, direction, v / camera.height, jitter, options.colours);
        for (let c = 0; c < 3; c++) sum[c] += light[c];
      }
      const at = (j * camera.width + i) * 4;
      for (let c = 0; c < 3; c++) image[at + c] = encode(sum[c] / (samples * samples));
      image[at + 3] = 255;
    }
  }
  return image;
}

interface Studio {
  readonly eye: Vec3;
  readonly up: 1 | 2;
  readonly key: Vec3;
  readonly fill: Vec3;
  /** Height of the floor, or null without one. */
  readonly floor: number | null;
  /** Diagonal of the mesh's box. */
  readonly size: number;
  readonly middle: Vec3;
}

function buildStudio(mesh: TriangleMesh, pose: CameraPose, upAxis: 'y' | 'z', floor: boolean): Studio {
  const up = upAxis === 'y' ? 1 : 2;
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  mesh.indices.forEach((v) => {
    for (let c = 0; c < 3; c++) {
      low[c] = Math.min(low[c], mesh.positions[v * 3 + c]);
      high[c] = Math.max(high[c], mesh.positions[v * 3 + c]);
    }
  });
  const from = (sideways: number, upwards: number, towards: number): Vec3 => {
    const d = [0, 1, 2].map(
      (c) => sideways * pose.right[c] - towards * pose.forward[c] + (c === up ? upwards : 0),
    );
    const length = Math.hypot(...d);
    return [d[0] / length, d[1] / length, d[2] / length];
  };
  return {
    eye: pose.eye,
    up,
    key: from(-0.75, 1.1, 0.55),
    fill: from(1, 0.25, 0.5),
    floor: floor && mesh.indices.length > 0 ? low[up] : null,
    size: mesh.indices.length > 0 ? Math.hypot(...high.map((h, c) => h - low[c])) : 1,
    middle: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
  };
}

/** Linear light of one ray. */
function trace(
  mesh: TriangleMesh,
  cast: RayCaster,
  studio: Studio,
  direction: Vec3,
  row: number,
  jitter: Vec3,
  colours: Uint8Array | undefined,
): Vec3 {
  const hit = cast(studio.eye, direction);
  const backdrop = mix(BACKDROP_TOP, BACKDROP_BOTTOM, row);
  if (hit === null) return floorLight(cast, studio, direction, backdrop, jitter);
  const normal = facing(mesh, hit.triangle, direction);
  const lift = studio.size * 1e-5;
  const place = along(along(studio.eye, direction, hit.distance), normal, lift);
  const key = Math.max(0, dot(normal, studio.key)) * lit(cast, studio, place, jitter);
  const fill = Math.max(0, dot(normal, studio.fill));
  const sky = (0.5 + 0.5 * normal[studio.up]) * openness(cast, studio, place, normal, jitter);
  const light = KEY_STRENGTH * key + FILL_STRENGTH * fill + SKY_STRENGTH * (0.25 + 0.75 * sky);
  const colour = colours ? linear(colours, hit.triangle) : CLAY;
  return [colour[0] * light, colour[1] * light, colour[2] * light];
}

function floorLight(
  cast: RayCaster,
  studio: Studio,
  direction: Vec3,
  backdrop: Vec3,
  jitter: Vec3,
): Vec3 {
  if (studio.floor === null || direction[studio.up] >= 0) return backdrop;
  const distance = (studio.floor - studio.eye[studio.up]) / direction[studio.up];
  const place = along(studio.eye, direction, distance);
  const away = Math.hypot(...place.map((x, c) => (c === studio.up ? 0 : x - studio.middle[c])));
  const fade = Math.exp(-((away / (0.9 * studio.size)) ** 2));
  if (fade < 0.01 || distance <= 0) return backdrop;
  const normal: Vec3 = studio.up === 1 ? [0, 1, 0] : [0, 0, 1];
  const lifted = along(place, normal, studio.size * 1e-5);
  const shade = 0.55 * lit(cast, studio, lifted, jitter) + 0.45 * openness(cast, studio, lifted, normal, jitter);
  const factor = 1 - fade * 0.8 * (1 - shade);
  return [backdrop[0] * factor, backdrop[1] * factor, backdrop[2] * factor];
}

/** 1 where the key light is seen; the jitter makes it as large as a softbox. */
function lit(cast: RayCaster, studio: Studio, place: Vec3, jitter: Vec3): number {
  return cast(place, along(studio.key, jitter, 0.16)) === null ? 1 : 0;
}

/** Share of two rays around the normal that leave the neighbourhood: the darkness of corners. */
function openness(cast: RayCaster, studio: Studio, place: Vec3, normal: Vec3, jitter: Vec3): number {
  let open = 0;
  for (const sign of [1, -1]) {
    const direction = along(normal, jitter, 1.9 * sign);
    const hit = dot(direction, normal) > 0.02 ? cast(place, direction) : null;
    const reach = 0.35 * studio.size;
    const distance = hit === null ? reach : hit.distance * Math.hypot(...direction);
    open += Math.min(1, distance / reach) / 2;
  }
  return open;
}

/** Unit normal of a triangle, turned against the ray. */
function facing({ positions, indices }: TriangleMesh, triangle: number, direction: Vec3): Vec3 {
  const [a, b, c] = [0, 1, 2].map((e) => indices[triangle * 3 + e] * 3);
  const u = [0, 1, 2].map((k) => positions[b + k] - positions[a + k]);
  const v = [0, 1, 2].map((k) => positions[c + k] - positions[a + k]);
  const n: Vec3 = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
  const length = (Math.hypot(...n) || 1) * (dot(n, direction) > 0 ? -1 : 1);
  return [n[0] / length, n[1] / length, n[2] / length];
}

function along(from: Vec3, direction: Vec3, distance: number): Vec3 {
  return [
    from[0] + distance * direction[0],
    from[1] + distance * direction[1],
    from[2] + distance * direction[2],
  ];
}

function mix(a: Vec3, b: Vec3, t: number): Vec3 {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function linear(colours: Uint8Array, triangle: number): Vec3 {
  const decode = (byte: number): number => (byte / 255) ** 2.2;
  return [
    decode(colours[triangle * 3]),
    decode(colours[triangle * 3 + 1]),
    decode(colours[triangle * 3 + 2]),
  ];
}

function encode(light: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, light)) ** (1 / 2.2));
}
