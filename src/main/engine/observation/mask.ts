import type { ColourImage } from '../../../shared/dataset/types';
import { borderPixels, dropSmallRegions, flood, forNeighbours } from './regions';

/** What tells the object from the rest: [height * width] 0 to 255, opacity for a picture that has it. */
export interface ObjectMask {
  readonly mask: Uint8Array;
  readonly from: 'alpha' | 'background';
}

/** Opacity from which a pixel is opaque: decoders and scaling leave 255 by a little. */
const OPAQUE = 250;
/** Share of the border that must have the background's colour. */
const LEAST_AGREEING = 0.9;
/** Largest difference of a channel from the background's colour, 0 to 255: compression and soft light. */
const TOLERANCE = 20;
/** Least change across a pixel that counts as an edge: soft shadows change less. */
const LEAST_EDGE = 5;
/** An edge stands out from what changes on the border, noise and light, by this factor over all but a twentieth. */
const EDGE_FACTOR = 2;
/** Shares of the picture that an object may cover. */
const LEAST_OBJECT = 0.003;
const MOST_OBJECT = 0.95;
const SPECK_SHARE = 0.01;

/**
 * The object of a colour picture: by its opacity where it has any, else against a plain background, which is what the
 * border's colour reaches from the border without crossing an edge. Null where neither tells.
 */
export function objectMask(image: ColourImage): ObjectMask | null {
  const alpha = Uint8Array.from({ length: image.width * image.height }, (_, i) => image.rgba[i * 4 + 3]);
  if (alpha.some((value) => value < OPAQUE)) return { mask: alpha, from: 'alpha' };
  const mask = plainBackgroundMask(image);
  return mask && { mask, from: 'background' };
}

function plainBackgroundMask({ width, height, rgba }: ColourImage): Uint8Array | null {
  const border = borderPixels(width, height, Math.max(1, Math.round(Math.min(width, height) / 100)));
  const background = [0, 1, 2].map((c) => median(border.map((i) => rgba[i * 4 + c])));
  const agrees = (i: number): boolean =>
    [0, 1, 2].every((c) => Math.abs(rgba[i * 4 + c] - background[c]) <= TOLERANCE);
  const agreeing = border.filter(agrees);
  if (agreeing.length < LEAST_AGREEING * border.length) return null;
  const step = (i: number, j: number): number =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(rgba[i * 4 + c] - rgba[j * 4 + c])));
  // Across a pixel and not from one to the next: what is half covered would be a stair over a faint edge.
  const change = (i: number): number => {
    const around = new Set<number>();
    forNeighbours(i, width, width * height, (j) => around.add(j));
    const opposite = (j: number): number => (around.has(2 * i - j) ? 2 * i - j : i);
    return Math.max(...[...around].map((j) => step(j, opposite(j))));
  };
  const usual = agreeing.map(change).sort((a, b) => a - b);
  const edge = Math.max(LEAST_EDGE, EDGE_FACTOR * usual[Math.floor(0.95 * usual.length)]);
  const inner = flood(agreeing, width, width * height, (i) => agrees(i) && change(i) < edge);
  // The background's last pixels before an edge.
  const outside = inner.map((reached, i) => {
    if (reached || !agrees(i)) return reached;
    let joined = 0;
    forNeighbours(i, width, width * height, (j) => {
      if (inner[j] && step(i, j) < edge / 2) joined = 1;
    });
    return joined;
  });
  const mask = outside.map((reached) => (reached ? 0 : 255));
  dropSmallRegions(mask, width, SPECK_SHARE);
  const share = mask.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / mask.length;
  return share >= LEAST_OBJECT && share <= MOST_OBJECT ? mask : null;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
