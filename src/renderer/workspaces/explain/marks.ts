import type { AnomalyPage } from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import { enlarge } from '../../../shared/pictures/map-over-picture';
import { resizeMap } from '../../../shared/pictures/resize';
import { rawMap } from './maps';
import type { AnomalyMethod } from './state';

/** What marked pixels are tinted with, and how strongly. */
const MARK = [255, 106, 0] as const;
const STRENGTH = 0.6;

/** A page's scores at the size of its pictures, [H * W] of each. */
export function pageScores(page: AnomalyPage, method: AnomalyMethod): readonly Float32Array[] {
  return page.seen.map(({ width, height }, n) => {
    const size = width * height;
    return method === 'attention'
      ? resizeMap(rawMap(page.maps, n, 0), page.maps.layer, { width, height })
      : page.errors.subarray(n * size, (n + 1) * size);
  });
}

export function highest(scores: readonly Float32Array[]): number {
  return scores.reduce((most, values) => values.reduce((a, b) => Math.max(a, b), most), 0);
}

/** Share of a page's pixels that are taken for usual while nothing was scored against masks. */
const USUAL = 0.95;

/** A threshold that marks the highest scores of a page; 0 where there are none. */
export function unusual(scores: readonly Float32Array[]): number {
  const all = new Float32Array(scores.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of scores) {
    all.set(values, at);
    at += values.length;
  }
  return all.sort()[Math.floor(USUAL * all.length)] ?? 0;
}

/** Pixels that are marked at a threshold. */
export function countMarked(scores: Float32Array, threshold: number): number {
  return scores.reduce((sum, score) => sum + Number(score >= threshold), 0);
}

/**
 * A picture with its pixels from a threshold on tinted, and the true mask as an outline: white within black, so that
 * it shows on anything.
 * @param scores [H * W]
 * @param mask [H * W] 255 where something does not belong; null where it is not known
 * @param factor by how much the picture is enlarged
 */
export function paintMarks(
  picture: Picture,
  scores: Float32Array,
  threshold: number,
  mask: Uint8Array | null,
  factor: number,
): Picture {
  const rgba = picture.rgba.slice();
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] < threshold) continue;
    for (let c = 0; c < 3; c++) {
      rgba[i * 4 + c] = Math.round((1 - STRENGTH) * rgba[i * 4 + c] + STRENGTH * MARK[c]);
    }
  }
  const large = enlarge({ ...picture, rgba }, factor);
  if (mask) outline(large.rgba === rgba ? rgba : large.rgba, picture, mask, factor);
  return large;
}

function outline(rgba: Uint8Array, { width, height }: Picture, mask: Uint8Array, factor: number): void {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] > 0;
  const set = (x: number, y: number, value: number): void => {
    if (x < 0 || y < 0 || x >= width * factor || y >= height * factor) return;
    rgba.fill(value, (y * width * factor + x) * 4, (y * width * factor + x) * 4 + 3);
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!inside(x, y)) continue;
      for (let k = 0; k < factor; k++) {
        const [left, top] = [x * factor, y * factor];
        const last = factor - 1;
        if (!inside(x - 1, y)) {
          set(left, top + k, 255);
          set(left - 1, top + k, 0);
        }
        if (!inside(x + 1, y)) {
          set(left + last, top + k, 255);
          set(left + factor, top + k, 0);
        }
        if (!inside(x, y - 1)) {
          set(left + k, top, 255);
          set(left + k, top - 1, 0);
        }
        if (!inside(x, y + 1)) {
          set(left + k, top + last, 255);
          set(left + k, top + factor, 0);
        }
      }
    }
  }
}
