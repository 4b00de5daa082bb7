import type { CameraPose } from './ray-camera';
import type { RayCaster } from './ray-cast';
import type { TriangleMesh, Vec3 } from './types';

/** Radius of the key light, as a share of its distance: how soft shadows are. */
const KEY_RADIUS = 0.11;
/** Corners are dark where something lies within this share of the scene's size. */
const REACH = 0.35;
const KEY_STRENGTH = 0.85;
const FILL_STRENGTH = 0.2;
const SKY_STRENGTH = 0.34;

/** Lights and floor around a mesh, as its camera sees it. */
export interface Studio {
  readonly upAxis: 1 | 2;
  readonly up: Vec3;
  /** Unit, towards the key light: upper left of the camera. */
  readonly key: Vec3;
  /** Unit, towards the weak light from the right. */
  readonly fill: Vec3;
  /** Height of the floor, or null without one. */
  readonly floor: number | null;
  /** Diagonal of the mesh's box. */
  readonly size: number;
  readonly middle: Vec3;
}

/** What reaches a place: the key light and the sky, each 0..1. */
export interface Light {
  readonly key: number;
  readonly sky: number;
}

export function buildStudio(mesh: TriangleMesh, pose: CameraPose, upAxis: 'y' | 'z', floor: boolean): Studio {
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
    return unit(d[0], d[1], d[2]);
  };
  const empty = mesh.indices.length === 0;
  return {
    upAxis: up,
    up: up === 1 ? [0, 1, 0] : [0, 0, 1],
    key: from(-0.75, 1.1, 0.55),
    fill: from(1, 0.25, 0.5),
    floor: floor && !empty ? low[up] : null,
    size: empty ? 1 : Math.hypot(...high.map((h, c) => h - low[c])),
    middle: empty ? [0, 0, 0] : [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
  };
}

/**
 * Light at a place by one ray to the key light and two to the sky, the index-th sample of many: mean over consecutive
 * indices is the soft shadow.
 */
export function sampleLight(
  caster: RayCaster,
  studio: Studio,
  place: Vec3,
  normal: Vec3,
  index: number,
): Light {
  const lifted = along(place, normal, studio.size * 1e-5);
  const key = dot(normal, studio.key) > 0 && seesKey(caster, studio, lifted, index) ? 1 : 0;
  const near = openness(caster, studio, lifted, normal, 2 * index);
  return { key, sky: (near + openness(caster, studio, lifted, normal, 2 * index + 1)) / 2 };
}

/** Brightness of a surface, 0 to about 1.3. */
export function shade(studio: Studio, normal: Vec3, { key, sky }: Light): number {
  const direct = KEY_STRENGTH * Math.max(0, dot(normal, studio.key)) * key;
  const fill = FILL_STRENGTH * Math.max(0, dot(normal, studio.fill));
  const above = (0.5 + 0.5 * normal[studio.upAxis]) * sky;
  return direct + fill + SKY_STRENGTH * (0.25 + 0.75 * above);
}

/** How strongly the floor shows at a place: 1 under the mesh, 0 far away, where it is one with the backdrop. */
export function floorStrength(studio: Studio, place: Vec3): number {
  const x = place[0] - studio.middle[0];
  const y = place[3 - studio.upAxis] - studio.middle[3 - studio.upAxis];
  const fade = Math.exp(-(x * x + y * y) / (0.9 * studio.size) ** 2);
  return fade < 0.01 ? 0 : fade;
}

export function along(from: Vec3, direction: Vec3, distance: number): Vec3 {
  return [
    from[0] + distance * direction[0],
    from[1] + distance * direction[1],
    from[2] + distance * direction[2],
  ];
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function unit(x: number, y: number, z: number): Vec3 {
  const length = Math.sqrt(x * x + y * y + z * z) || 1;
  return [x / length, y / length, z / length];
}

function seesKey(caster: RayCaster, studio: Studio, place: Vec3, index: number): boolean {
  const [a, b] = spread(index);
  return !caster.blocked(place, tilted(studio.key, KEY_RADIUS * Math.sqrt(a), 2 * Math.PI * b, 1));
}

/** 1 where a ray about the normal meets nothing within reach, less the nearer it does. */
function openness(caster: RayCaster, studio: Studio, place: Vec3, normal: Vec3, index: number): number {
  const [a, b] = spread(index);
  const direction = tilted(normal, Math.sqrt(a), 2 * Math.PI * b, Math.sqrt(1 - a));
  const reach = REACH * studio.size;
  return caster.first(place, direction, reach) < 0 ? 1 : caster.distance() / reach;
}

/** Even coverage of the unit square by any run of indices: Roberts' R2 sequence. */
function spread(index: number): readonly [number, number] {
  return [(0.5 + index * 0.7548776662466927) % 1, (0.5 + index * 0.5698402909980532) % 1];
}

/** height * axis plus a vector of a length and an angle across the axis (frame of Duff et al. 2017). */
function tilted(axis: Vec3, length: number, angle: number, height: number): Vec3 {
  const [x, y, z] = axis;
  const sign = z >= 0 ? 1 : -1;
  const a = -1 / (sign + z);
  const b = x * y * a;
  const u = length * Math.cos(angle);
  const v = length * Math.sin(angle);
  return [
    u * (1 + sign * x * x * a) + v * b + height * x,
    u * sign * b + v * (sign + y * y * a) + height * y,
    -u * sign * x - v * y + height * z,
  ];
}
