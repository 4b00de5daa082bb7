import type { Picture } from '../../../shared/contract/inputs';
import {
  paintMapOverPicture,
  type OverlayStyle,
  type SmallMap,
} from '../../../shared/pictures/map-over-picture';
import { encodePng } from './render-parts';

/** Small pictures are enlarged to about this many pixels, so that a person sees something. */
const LEAST_SIDE = 224;

/** Bytes of a PNG: a picture with a map over it. */
export function encodeOverlay(picture: Picture, map: SmallMap, style: OverlayStyle): Uint8Array {
  const { width, height, rgba } = paintMapOverPicture(picture, map, style, LEAST_SIDE);
  return encodePng(width, height, rgba);
}
