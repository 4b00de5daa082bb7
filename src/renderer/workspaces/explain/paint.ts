import type { Maps } from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import { enlarge, paintMapOverPicture } from '../../../shared/pictures/map-over-picture';
import type { MapScale } from '../../../shared/pictures/overlay';
import { mapOf, rawMap, scaleOf } from './maps';
import type { DecodedFrame, ExplainState, MapLook } from './state';

/** What decides how a map of a picture looks. */
export interface OverlayRequest {
  readonly picture: Picture;
  readonly maps: Maps;
  /** Which of the pictures that the maps are of. */
  readonly at: number;
  /** Null shows the mean over latents. */
  readonly latent: number | null;
  readonly look: MapLook;
  /** A scale of its own when null. */
  readonly scale: MapScale | null;
  readonly signFirst: boolean;
  /** Pixels of the longer side at least. */
  readonly side: number;
}

/** A map over its picture, and the scale that its colours are on. */
export function paintOverlayOf(request: OverlayRequest): {
  readonly painted: Picture;
  readonly scale: MapScale;
} {
  const { picture, maps, at, latent, look, signFirst, side } = request;
  const signed = mapOf(maps, at, latent, look.sign);
  const scale = request.scale ?? scaleOf([signed], look.sign);
  const { width, height } = maps.layer;
  // The mean is one of maps that have their sign already.
  const values = latent === null ? signed : rawMap(maps, at, latent);
  const { sign, colourMap, opacity } = look;
  const style = { sign, colourMap, opacity, scale, signFirst: latent === null || signFirst };
  return { painted: paintMapOverPicture(picture, { width, height, values }, style, side), scale };
}

/** The authors' public code takes a map's sign after enlarging it, the others before. */
export function takesSignFirst({ options }: Pick<ExplainState, 'options'>): boolean {
  return options.variant !== 'authors-code';
}

/** Pictures side by side, in rows. All are of one size. */
export function tiled(rows: readonly (readonly Picture[])[], gap: number): Picture {
  const [first] = rows[0];
  const columns = Math.max(...rows.map(({ length }) => length));
  const width = columns * first.width + (columns - 1) * gap;
  const height = rows.length * first.height + (rows.length - 1) * gap;
  const rgba = new Uint8Array(width * height * 4).fill(255);
  rows.forEach((row, r) =>
    row.forEach((picture, c) => {
      for (let y = 0; y < picture.height; y++) {
        const from = y * picture.width * 4;
        const to = ((r * (first.height + gap) + y) * width + c * (first.width + gap)) * 4;
        rgba.set(picture.rgba.subarray(from, from + picture.width * 4), to);
      }
    }),
  );
  return { width, height, rgba };
}

/** The strip between two pictures: decoded pictures above, their maps below on one scale. */
export function paintStrip(
  frames: readonly DecodedFrame[],
  latent: number | null,
  look: MapLook,
  signFirst: boolean,
  side: number,
): Picture {
  const factor = Math.max(1, Math.ceil(side / Math.max(frames[0].picture.width, frames[0].picture.height)));
  const pictures = frames.map(({ picture }) => enlarge(picture, factor));
  const scale = frameScale(frames, latent, look);
  const maps = frames.flatMap(({ picture, maps }) =>
    maps ? [paintOverlayOf({ picture, maps, at: 0, latent, look, scale, signFirst, side }).painted] : [],
  );
  return tiled(maps.length > 0 ? [pictures, maps] : [pictures], 2 * factor);
}

/** The scale that the frames of a path share. */
export function frameScale(
  frames: readonly DecodedFrame[],
  latent: number | null,
  { sign }: Pick<MapLook, 'sign'>,
): MapScale {
  return scaleOf(
    frames.flatMap(({ maps }) => (maps ? [mapOf(maps, 0, latent, sign)] : [])),
    sign,
  );
}
