import type { Camera } from './camera';
import { cameraPose, pixelRay, type CameraPose } from './ray-camera';
import { createRayCaster, type RayCaster } from './ray-cast';
import {
  along,
  buildStudio,
  dot,
  floorStrength,
  sampleLight,
  shade,
  unit,
  type Light,
  type Studio,
} from './ray-studio';
import type { TriangleMesh, Vec3 } from './types';

export interface RenderOptions {
  /** Rays per pixel and axis where surfaces meet, elsewhere one; 3 by default. */
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

/** What a pixel shows when it is no triangle. */
const BACKDROP = -1;
const FLOOR = -2;

/** Pixels of a square of this side take different samples of the lights, and every pixel the mean of such a square. */
const TILE = 4;

/** What the rays through the pixels' centres meet. */
interface Surfaces {
  /** [pixels] triangle, FLOOR or BACKDROP. */
  readonly what: Int32Array;
  /** [pixels, 3] */
  readonly places: Float64Array;
  /** [pixels, 2] key and sky of one sample each. */
  readonly light: Float32Array;
}

interface Scene {
  readonly camera: Camera;
  readonly pose: CameraPose;
  readonly studio: Studio;
  readonly caster: RayCaster;
  readonly normals: Float64Array;
  readonly colours: Uint8Array | undefined;
}

/**
 * A studio picture by ray casting, flat-shaded: a soft key light with shadow from the upper left of the camera, a weak
 * fill from the right, light from the sky that is weaker in corners. Same input, same bytes.
 *
 * Each pixel sends one ray; its light is one sample, averaged with its neighbours' on the same surface. Only where
 * surfaces meet does a pixel send more rays, which take the light of a neighbour on the surface they meet.
 * @returns [height * width, 4] sRGB and opacity 255, row-major from the top left.
 */
export function renderMesh(mesh: TriangleMesh, camera: Camera, options: RenderOptions = {}): Uint8Array {
  const { samples = 3, floor = true, upAxis = 'y', colours } = options;
  const pose = cameraPose(camera);
  const studio = buildStudio(mesh, pose, upAxis, floor);
  const scene = { camera, pose, studio, caster: createRayCaster(mesh), normals: unitNormals(mesh), colours };
  const { width, height } = camera;
  const seen = castSurfaces(scene);
  const light = averageLight(scene, averageLight(scene, seen));
  const image = new Uint8Array(width * height * 4);
  for (let p = 0; p < width * height; p++) {
    const u = p % width;
    const v = Math.floor(p / width);
    let colour: Vec3;
    if (samples > 1 && surfacesMeet(scene, seen, u, v)) {
      colour = [0, 0, 0];
      for (let s = 0; s < samples * samples; s++) {
        const du = ((s % samples) + 0.5) / samples - 0.5;
        const dv = (Math.floor(s / samples) + 0.5) / samples - 0.5;
        colour = along(colour, throughEdge(scene, light, p, u + du, v + dv), 1 / (samples * samples));
      }
    } else {
      colour = colourOf(scene, seen.what[p], placeOf(seen, p), v, lightOf(light, p));
    }
    for (let c = 0; c < 3; c++) image[p * 4 + c] = encode(colour[c]);
    image[p * 4 + 3] = 255;
  }
  return image;
}

function castSurfaces(scene: Scene): Surfaces {
  const { camera, studio, caster } = scene;
  const count = camera.width * camera.height;
  const what = new Int32Array(count);
  const places = new Float64Array(count * 3);
  const light = new Float32Array(count * 2);
  for (let p = 0; p < count; p++) {
    const u = p % camera.width;
    const v = Math.floor(p / camera.width);
    const hit = meet(scene, u, v);
    what[p] = hit.what;
    if (hit.what === BACKDROP) continue;
    places.set(hit.place, p * 3);
    const { key, sky } = sampleLight(
      caster,
      studio,
      hit.place,
      normalOf(scene, hit.what, hit.place),
      cell(u, v),
    );
    light[p * 2] = key;
    light[p * 2 + 1] = sky;
  }
  return { what, places, light };
}

/** What the ray through an image point meets, and where. */
function meet({ camera, pose, studio, caster }: Scene, u: number, v: number): { what: number; place: Vec3 } {
  const ray = pixelRay(camera, pose, u, v);
  const triangle = caster.first(pose.eye, ray);
  if (triangle >= 0) return { what: triangle, place: along(pose.eye, ray, caster.distance()) };
  const fall = ray[studio.upAxis];
  const distance = studio.floor === null ? -1 : (studio.floor - pose.eye[studio.upAxis]) / fall;
  if (!(fall < 0 && distance > 0)) return { what: BACKDROP, place: pose.eye };
  const place = along(pose.eye, ray, distance);
  return { what: floorStrength(studio, place) > 0 ? FLOOR : BACKDROP, place };
}

/** Place of a pixel in its tile, in an order that keeps neighbours far apart (Bayer's matrix). */
function cell(u: number, v: number): number {
  const x = u % TILE;
  const y = v % TILE;
  const bit = (n: number, i: number): number => (n >> i) & 1;
  return 8 * (bit(x, 0) ^ bit(y, 0)) + 4 * bit(y, 0) + 2 * (bit(x, 1) ^ bit(y, 1)) + bit(y, 1);
}

/** The mean light of the tile about each pixel, of the pixels that show the same surface. */
function averageLight(scene: Scene, seen: Surfaces): Surfaces {
  const { width, height } = scene.camera;
  const light = new Float32Array(seen.light.length);
  for (let p = 0; p < width * height; p++) {
    if (seen.what[p] === BACKDROP) continue;
    const u = p % width;
    const v = Math.floor(p / width);
    const place = placeOf(seen, p);
    const normal = normalOf(scene, seen.what[p], place);
    let key = 0;
    let sky = 0;
    let count = 0;
    for (let y = Math.max(0, v - TILE / 2); y < Math.min(height, v + TILE / 2); y++) {
      for (let x = Math.max(0, u - TILE / 2); x < Math.min(width, u + TILE / 2); x++) {
        const q = y * width + x;
        if (seen.what[q] !== seen.what[p] && !sameSurface(scene, seen, q, place, normal)) continue;
        key += seen.light[q * 2];
        sky += seen.light[q * 2 + 1];
        count++;
      }
    }
    light[p * 2] = key / count;
    light[p * 2 + 1] = sky / count;
  }
  return { ...seen, light };
}

/** Whether a pixel's surface goes on flatly at a place of another. */
function sameSurface(scene: Scene, seen: Surfaces, q: number, place: Vec3, normal: Vec3): boolean {
  if (seen.what[q] < 0) return false;
  const other = placeOf(seen, q);
  if (dot(normalOf(scene, seen.what[q], other), normal) < 0.9) return false;
  const away: Vec3 = [other[0] - place[0], other[1] - place[1], other[2] - place[2]];
  return Math.abs(dot(away, normal)) < 0.01 * scene.studio.size;
}

/** Whether a neighbour shows another colour or a surface at an angle or a distance. */
function surfacesMeet(scene: Scene, seen: Surfaces, u: number, v: number): boolean {
  const { width, height } = scene.camera;
  const p = v * width + u;
  const what = seen.what[p];
  for (const [x, y] of [
    [u - 1, v],
    [u + 1, v],
    [u, v - 1],
    [u, v + 1],
  ]) {
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const q = y * width + x;
    const other = seen.what[q];
    if (other === what || (other < 0 && what < 0)) continue;
    if (other < 0 || what < 0 || !sameColour(scene, what, other)) return true;
    const place = placeOf(seen, p);
    const normal = normalOf(scene, what, place);
    if (dot(normalOf(scene, other, placeOf(seen, q)), normal) < 0.995) return true;
    if (!sameSurface(scene, seen, q, place, normal)) return true;
  }
  return false;
}

function sameColour({ colours }: Scene, a: number, b: number): boolean {
  return !colours || [0, 1, 2].every((c) => colours[a * 3 + c] === colours[b * 3 + c]);
}

/** Colour of a ray beside the centre of pixel p, lit as a pixel around p that shows the same surface. */
function throughEdge(scene: Scene, light: Surfaces, p: number, u: number, v: number): Vec3 {
  const { width, height } = scene.camera;
  const { what, place } = meet(scene, u, v);
  if (what === BACKDROP) return colourOf(scene, what, place, v, { key: 1, sky: 1 });
  const normal = normalOf(scene, what, place);
  for (const offset of [0, -1, 1, -width, width, -width - 1, -width + 1, width - 1, width + 1]) {
    const q = p + offset;
    if (q < 0 || q >= width * height) continue;
    if (light.what[q] === what || (what >= 0 && sameSurface(scene, light, q, place, normal)))
      return colourOf(scene, what, place, v, lightOf(light, q));
  }
  const own = sampleLight(scene.caster, scene.studio, place, normal, 0);
  return colourOf(scene, what, place, v, own);
}

/** Linear light of a surface, the floor or the backdrop. */
function colourOf(scene: Scene, what: number, place: Vec3, row: number, light: Light): Vec3 {
  if (what >= 0) {
    const strength = shade(scene.studio, normalOf(scene, what, place), light);
    const colour = scene.colours ? linear(scene.colours, what) : CLAY;
    return [colour[0] * strength, colour[1] * strength, colour[2] * strength];
  }
  const t = row / scene.camera.height;
  const shadow = 1 - 0.55 * light.key - 0.45 * light.sky;
  const factor = what === FLOOR ? 1 - floorStrength(scene.studio, place) * 0.8 * shadow : 1;
  const mix = (c: number): number => (BACKDROP_TOP[c] + (BACKDROP_BOTTOM[c] - BACKDROP_TOP[c]) * t) * factor;
  return [mix(0), mix(1), mix(2)];
}

/** [T, 3] unit normals; zero for a triangle without area. */
function unitNormals({ positions, indices }: TriangleMesh): Float64Array {
  const normals = new Float64Array(indices.length);
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3];
    const [ux, uy, uz] = [0, 1, 2].map((k) => positions[b + k] - positions[a + k]);
    const [vx, vy, vz] = [0, 1, 2].map((k) => positions[c + k] - positions[a + k]);
    normals.set(unit(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx), t);
  }
  return normals;
}

/** Unit normal of what a pixel shows, turned towards the camera. */
function normalOf({ normals, pose, studio }: Scene, what: number, place: Vec3): Vec3 {
  if (what < 0) return studio.up;
  const x = normals[what * 3];
  const y = normals[what * 3 + 1];
  const z = normals[what * 3 + 2];
  const [ex, ey, ez] = pose.eye;
  const towards = x * (ex - place[0]) + y * (ey - place[1]) + z * (ez - place[2]) >= 0;
  return towards ? [x, y, z] : [-x, -y, -z];
}

function placeOf({ places }: Surfaces, p: number): Vec3 {
  return [places[p * 3], places[p * 3 + 1], places[p * 3 + 2]];
}

function lightOf({ light }: Surfaces, p: number): Light {
  return { key: light[p * 2], sky: light[p * 2 + 1] };
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
