import type { Factor, FactorDataset } from '../../../shared/dataset/pictures';

/** Pixels along a side. */
export const DSPRITES_SIZE = 64;

/** dSprites' factors (Matthey et al. 2017), without its one colour; the last one varies fastest. */
export const DSPRITES_FACTORS: readonly Factor[] = [
  { name: 'shape', values: 3 },
  { name: 'scale', values: 6 },
  { name: 'orientation', values: 40 },
  { name: 'x', values: 32 },
  { name: 'y', values: 32 },
];

/** 737,280 */
export const DSPRITES_COUNT = DSPRITES_FACTORS.reduce((product, { values }) => product * values, 1);

/** The place of a combination in the original file. */
export function dspritesIndex(values: readonly number[]): number {
  return DSPRITES_FACTORS.reduce((index, factor, k) => index * factor.values + values[k], 0);
}

/** The combination at a place of the original file. */
export function dspritesFactors(index: number): number[] {
  const values: number[] = [];
  let rest = index;
  for (const factor of DSPRITES_FACTORS.toReversed()) {
    values.unshift(rest % factor.values);
    rest = Math.floor(rest / factor.values);
  }
  return values;
}

/** 64 pixels are two units; the sprite's centre walks over the middle one. */
const UNIT = 32;
const MARGIN = 16;
/**
 * Half the square's side and the ellipse's semi-axes, in pixels at scale 1. Fitted to frames of the original: these axes
 * leave 12 pixels wrong in 41 orientations and none in the six scales, where 12.8 and 7.2 leave 52 and 8.
 */
const SQUARE = 9.6;
const ELLIPSE = [12.75, 7.22] as const;
const HEART_POINTS = 100;

/** The outline of the heart: fitted to the original's frames. */
const HEART: readonly (readonly [number, number])[] = Array.from({ length: HEART_POINTS }, (_, j) => {
  const t = (2 * Math.PI * j) / HEART_POINTS;
  const curve = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
  return [9.6 * Math.sin(t) ** 3, -(0.6628 * curve + 1.45)];
});

/** dSprites drawn on demand: a pixel is 1 where its centre lies in the shape, as in the original. */
export const DSPRITES: FactorDataset = { factors: DSPRITES_FACTORS, draw: drawSprite };

/**
 * @param values shape, scale, orientation, x, y as indices
 * @returns [64 * 64] 0 or 1
 */
function drawSprite([shape, scaleIndex, turn, x, y]: readonly number[]): Uint8Array {
  const scale = 0.5 + scaleIndex / 10;
  // The last orientation is the first one again, as in the original.
  const angle = turn === 39 ? 0 : (2 * Math.PI * turn) / 39;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const centreX = MARGIN + (UNIT * x) / 31;
  const centreY = MARGIN + (UNIT * y) / 31;
  const pixels = new Uint8Array(DSPRITES_SIZE * DSPRITES_SIZE);
  const reach = Math.ceil(SQUARE * Math.SQRT2 * scale) + 2;
  const top = Math.max(0, Math.floor(centreY) - reach);
  const bottom = Math.min(DSPRITES_SIZE - 1, Math.ceil(centreY) + reach);
  // The shape was turned counter-clockwise as seen, with y downwards.
  const outline = shape === 2 ? HEART.map(([x, y]) => [cos * x + sin * y, cos * y - sin * x] as const) : null;
  const inside = shape === 0 ? isInSquare : isInEllipse;
  const left = Math.max(0, Math.floor(centreX) - reach);
  const right = Math.min(DSPRITES_SIZE - 1, Math.ceil(centreX) + reach);
  for (let row = top; row <= bottom; row++) {
    const down = (row + 0.5 - centreY) / scale;
    const crossings = outline && crossingsOf(outline, down);
    for (let column = left; column <= right; column++) {
      const across = (column + 0.5 - centreX) / scale;
      const isIn = crossings
        ? isBetween(crossings, across)
        : inside(cos * across - sin * down, sin * across + cos * down);
      if (isIn) pixels[row * DSPRITES_SIZE + column] = 1;
    }
  }
  return pixels;
}

function isInSquare(x: number, y: number): boolean {
  return Math.abs(x) < SQUARE && Math.abs(y) < SQUARE;
}

function isInEllipse(x: number, y: number): boolean {
  return (x / ELLIPSE[0]) ** 2 + (y / ELLIPSE[1]) ** 2 < 1;
}

/** Where a horizontal line crosses an outline. */
function crossingsOf(outline: readonly (readonly [number, number])[], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i];
    const [bx, by] = outline[j];
    if (ay > y !== by > y) crossings.push(((bx - ax) * (y - ay)) / (by - ay) + ax);
  }
  return crossings;
}

/** Even-odd rule. */
function isBetween(crossings: readonly number[], x: number): boolean {
  let inside = false;
  for (const crossing of crossings) if (x < crossing) inside = !inside;
  return inside;
}
