import { fail, ok, type Result } from '../result';
import type { FlatFrame, FlatMask } from './types';

/** Longest side of a mask that is worked on, pixels: outlines of learning space are not finer than a fit can follow. */
export const LONGEST_MASK_SIDE = 512;
/** On a narrower picture nothing can be told apart. */
export const LEAST_MASK_SIDE = 8;

export interface MaskChoice {
  /** Opacity or brightness from which on a pixel counts, 0 to 1. */
  readonly threshold: number;
  /** Takes the other side. */
  readonly invert: boolean;
}

export interface PictureMask {
  readonly mask: FlatMask;
  /** What told the shape apart. */
  readonly from: 'alpha' | 'light' | 'dark';
}

/**
 * The mask of an RGBA picture [height * width * 4]: by opacity when any pixel is transparent, else by brightness
 * (BT.709 luma), the side that most of the border belongs to being outside. Averaged down to LONGEST_MASK_SIDE first.
 * Problems: 'mask-too-small', 'mask-empty', 'mask-full'.
 */
export function maskOfPicture(
  picture: { readonly width: number; readonly height: number; readonly rgba: Uint8Array },
  choice: MaskChoice,
): Result<PictureMask> {
  const { rgba } = picture;
  let translucent = false;
  for (let i = 3; i < rgba.length && !translucent; i += 4) translucent = rgba[i] < 255;
  const values = new Float32Array(picture.width * picture.height);
  for (let i = 0; i < values.length; i++) {
    const at = 4 * i;
    values[i] = translucent
      ? rgba[at + 3] / 255
      : (0.2126 * rgba[at] + 0.7152 * rgba[at + 1] + 0.0722 * rgba[at + 2]) / 255;
  }
  const { width, height, values: small } = averaged(values, picture.width, picture.height);
  const inside = Uint8Array.from(small, (value) => (value >= choice.threshold ? 1 : 0));
  const dark = !translucent && borderShare({ width, height, inside }) > 0.5;
  const flip = dark !== choice.invert;
  const mask = { width, height, inside: flip ? inside.map((value) => 1 - value) : inside };
  const checked = checkMask(mask);
  return checked.ok ? ok({ mask, from: translucent ? 'alpha' : dark ? 'dark' : 'light' }) : checked;
}

/** The mask itself when something of it is inside and something outside. */
export function checkMask(mask: FlatMask): Result<FlatMask> {
  const { width, height, inside } = mask;
  if (Math.min(width, height) < LEAST_MASK_SIDE || inside.length !== width * height) {
    return fail({
      code: 'mask-too-small',
      message: `The mask is ${width} x ${height} pixels, too small to show a shape.`,
      hint: `Use at least ${LEAST_MASK_SIDE} x ${LEAST_MASK_SIDE} pixels; 64 or more on the shape are good.`,
    });
  }
  if (!inside.includes(1)) {
    return fail({
      code: 'mask-empty',
      message: 'No pixel of the mask is inside the shape, so there is nothing to fit.',
      hint: 'Draw something, move the threshold, or take the other side of the picture.',
    });
  }
  if (!inside.includes(0)) {
    return fail({
      code: 'mask-full',
      message: 'Every pixel of the mask is inside the shape, so there is no outline to fit.',
      hint: 'Leave some background free, move the threshold, or take the other side of the picture.',
    });
  }
  return ok(mask);
}

/** Learning space of a mask: the longest side of what is inside is 1, its middle is the origin. */
export function frameOfMask({ width, inside }: FlatMask): FlatFrame {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return {
    centre: [(left + right) / 2, (top + bottom) / 2],
    pixelsPerUnit: Math.max(right - left, bottom - top),
  };
}

/** Share of the border's pixels that are inside. */
function borderShare({ width, height, inside }: FlatMask): number {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < inside.length; i++) {
    const x = i % width;
    const y = Math.floor(i / width);
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue;
    count++;
    sum += inside[i];
  }
  return sum / count;
}

/** Averages square blocks, so that the longest side is at most LONGEST_MASK_SIDE. */
function averaged(
  values: Float32Array,
  width: number,
  height: number,
): { width: number; height: number; values: Float32Array } {
  const block = Math.ceil(Math.max(width, height) / LONGEST_MASK_SIDE);
  if (block === 1) return { width, height, values };
  const across = Math.ceil(width / block);
  const down = Math.ceil(height / block);
  const sums = new Float32Array(across * down);
  const counts = new Uint32Array(across * down);
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(Math.floor(i / width) / block) * across + Math.floor((i % width) / block);
    sums[at] += values[i];
    counts[at]++;
  }
  return { width: across, height: down, values: sums.map((sum, i) => sum / counts[i]) };
}
