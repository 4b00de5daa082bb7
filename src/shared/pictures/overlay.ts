import type { Picture } from '../contract/inputs';
import { COLOUR_MAPS, colourIndex, type ColourMapName } from './colour-maps';

/** What of a signed map is shown: all of it, its size, or what speaks for the score. */
export type MapSign = 'signed' | 'abs' | 'relu';

/** The values at the two ends of a colour map. */
export interface MapScale {
  readonly from: number;
  readonly to: number;
}

/** A signed map as it is to be shown, in an array of its own. */
export function withSign(values: Float32Array, sign: MapSign): Float32Array {
  if (sign === 'signed') return values.slice();
  return values.map(sign === 'abs' ? Math.abs : (value) => Math.max(0, value));
}

/**
 * The scale that maps share, so that equal colours are equal values: from 0 to the highest value, or for signed maps
 * as far below zero as above. Maps that are zero everywhere get a scale from 0 to 1, which paints them as zero.
 */
export function sharedScale(values: Float32Array, sign: MapSign): MapScale {
  let most = 0;
  for (const value of values) {
    const size = sign === 'relu' ? value : Math.abs(value);
    if (size > most) most = size;
  }
  const to = most > 0 ? most : 1;
  return { from: sign === 'signed' ? -to : 0, to };
}

/**
 * A picture with a map over it.
 * @param map [height * width] of the picture, already with its sign
 * @param opacity 0 shows the picture alone, 1 the map alone
 */
export function paintOverlay(
  { width, height, rgba }: Picture,
  map: Float32Array,
  { from, to }: MapScale,
  colourMap: ColourMapName,
  opacity: number,
): Picture {
  const table = COLOUR_MAPS[colourMap];
  const painted = new Uint8Array(rgba.length);
  for (let i = 0; i < width * height; i++) {
    const colour = colourIndex((map[i] - from) / (to - from)) * 3;
    for (let c = 0; c < 3; c++) {
      painted[i * 4 + c] = Math.round((1 - opacity) * rgba[i * 4 + c] + opacity * table[colour + c]);
    }
    painted[i * 4 + 3] = 255;
  }
  return { width, height, rgba: painted };
}
