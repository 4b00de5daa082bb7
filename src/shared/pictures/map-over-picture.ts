import type { Picture } from '../contract/inputs';
import type { ColourMapName } from './colour-maps';
import { paintOverlay, withSign, type MapScale, type MapSign } from './overlay';
import { resizeMap } from './resize';

/** A signed map at its own resolution. */
export interface SmallMap {
  readonly width: number;
  readonly height: number;
  /** [height * width] */
  readonly values: Float32Array;
}

export interface OverlayStyle {
  readonly sign: MapSign;
  readonly scale: MapScale;
  readonly colourMap: ColourMapName;
  /** 0 shows the picture alone, 1 the map alone. */
  readonly opacity: number;
  /** The authors' public code takes the sign after enlarging, the paper's equations before. */
  readonly signFirst: boolean;
}

/**
 * A picture with a map over it: pixels enlarged by a whole number until the longer side has `leastSide`, the map
 * bilinearly.
 */
export function paintMapOverPicture(
  picture: Picture,
  map: SmallMap,
  style: OverlayStyle,
  leastSide: number,
): Picture {
  const large = enlarge(picture, Math.max(1, Math.ceil(leastSide / Math.max(picture.width, picture.height))));
  const { sign, signFirst, scale, colourMap, opacity } = style;
  const values = signFirst
    ? resizeMap(withSign(map.values, sign), map, large)
    : withSign(resizeMap(map.values, map, large), sign);
  return paintOverlay(large, values, scale, colourMap, opacity);
}

/** Every pixel becomes `factor` x `factor` pixels. */
export function enlarge(picture: Picture, factor: number): Picture {
  if (factor === 1) return picture;
  const { width, height, rgba } = picture;
  const large = { width: width * factor, height: height * factor };
  const pixels = new Uint8Array(large.width * large.height * 4);
  for (let y = 0; y < large.height; y++) {
    for (let x = 0; x < large.width; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 4;
      const to = (y * large.width + x) * 4;
      for (let c = 0; c < 4; c++) pixels[to + c] = rgba[from + c];
    }
  }
  return { ...large, rgba: pixels };
}
