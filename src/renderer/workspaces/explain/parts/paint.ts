import { COLOUR_MAPS, colourIndex, type ColourMapName } from '../../../../shared/pictures/colour-maps';
import type { MapScale } from '../../../../shared/pictures/overlay';
import type { PaintedSurface } from '../../../viewport';
import type { FineSurface } from './surface';

/** A surface with the measured pixel that is nearest to each corner. */
export interface SeenSurface extends FineSurface {
  /** [T*3] pixel of what the network saw; -1 where nothing was measured near or the camera did not look. */
  readonly pixels: Int32Array;
}

/** A corner farther from all measured points was not seen, learning units: about a place of a map of 8 x 8. */
const REACH = 0.12;
/** Linear grey of what was not seen. */
const UNSEEN = 0.16;

/**
 * Finds for each corner of surfaces the nearest measured point, among corners that face the camera.
 *
 * @param points [pixels, 3] learning space; not a number where nothing was measured
 * @param camera where the camera stands in learning space; null when it is not known, then every side counts as seen
 */
export function seeSurfaces(
  surfaces: ReadonlyMap<string, FineSurface>,
  points: Float32Array,
  camera: readonly [number, number, number] | null,
): ReadonlyMap<string, SeenSurface> {
  const nearest = pointGrid(points);
  return new Map(
    [...surfaces].map(([id, surface]) => {
      const { positions, normals } = surface;
      const pixels = new Int32Array(positions.length / 3);
      for (let i = 0; i < pixels.length; i++) {
        const at = 3 * i;
        const [x, y, z] = [positions[at], positions[at + 1], positions[at + 2]];
        const towards = camera
          ? normals[at] * (camera[0] - x) +
            normals[at + 1] * (camera[1] - y) +
            normals[at + 2] * (camera[2] - z)
          : 1;
        pixels[i] = towards > 0 ? nearest(x, y, z) : -1;
      }
      return [id, { ...surface, pixels }];
    }),
  );
}

/** The surfaces in the colours of a map over the pixels; grey where the picture does not show them. */
export function paintSurfaces(
  surfaces: ReadonlyMap<string, SeenSurface>,
  map: Float32Array,
  { from, to }: MapScale,
  colourMap: ColourMapName,
): ReadonlyMap<string, PaintedSurface> {
  const linear = Float32Array.from(COLOUR_MAPS[colourMap], linearOf);
  return new Map(
    [...surfaces].map(([id, { positions, normals, pixels }]) => {
      const colours = new Float32Array(positions.length).fill(UNSEEN);
      pixels.forEach((pixel, i) => {
        if (pixel < 0) return;
        const at = 3 * colourIndex((map[pixel] - from) / (to - from));
        colours.set(linear.subarray(at, at + 3), 3 * i);
      });
      return [id, { positions, normals, colours }];
    }),
  );
}

/** sRGB 0 to 255 to linear light 0 to 1 (IEC 61966-2-1). */
function linearOf(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** The index of the nearest point within reach, or -1: cells as wide as the reach, so 27 hold every candidate. */
function pointGrid(points: Float32Array): (x: number, y: number, z: number) => number {
  const cell = (value: number): number => Math.floor(value / REACH);
  const key = (a: number, b: number, c: number): string => `${a} ${b} ${c}`;
  const cells = new Map<string, number[]>();
  for (let i = 0; i < points.length / 3; i++) {
    if (!Number.isFinite(points[3 * i])) continue;
    const name = key(cell(points[3 * i]), cell(points[3 * i + 1]), cell(points[3 * i + 2]));
    const held = cells.get(name);
    if (held) held.push(i);
    else cells.set(name, [i]);
  }
  return (x, y, z) => {
    let [best, distance] = [-1, REACH * REACH];
    for (let a = cell(x) - 1; a <= cell(x) + 1; a++) {
      for (let b = cell(y) - 1; b <= cell(y) + 1; b++) {
        for (let c = cell(z) - 1; c <= cell(z) + 1; c++) {
          for (const i of cells.get(key(a, b, c)) ?? []) {
            const squared =
              (points[3 * i] - x) ** 2 + (points[3 * i + 1] - y) ** 2 + (points[3 * i + 2] - z) ** 2;
            if (squared < distance) [best, distance] = [i, squared];
          }
        }
      }
    }
    return best;
  };
}
