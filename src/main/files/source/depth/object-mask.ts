import { jumpAt, type DepthView } from './view';

/** Patches smaller than this share of the largest are specks. */
const SPECK_SHARE = 0.003;

/**
 * Drops specks: patches of pixels on one surface that are tiny beside the largest patch.
 * @param mask [pixels] 1 where the object may be; changed in place
 * @returns how many pixels were dropped
 */
export function dropSpecks(view: DepthView, mask: Uint8Array): number {
  const labels = new Int32Array(mask.length).fill(-1);
  const sizes: number[] = [];
  const open: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || labels[start] >= 0) continue;
    const label = sizes.length;
    sizes.push(0);
    labels[start] = label;
    open.push(start);
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      sizes[label]++;
      for (const j of neighbours(view, i)) {
        if (!mask[j] || labels[j] >= 0) continue;
        if (Math.abs(view.depth[i] - view.depth[j]) > jumpAt(view, view.depth[i])) continue;
        labels[j] = label;
        open.push(j);
      }
    }
  }
  const least = sizes.reduce((most, size) => Math.max(most, size), 0) * SPECK_SHARE;
  let dropped = 0;
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i] || sizes[labels[i]] >= least) continue;
    mask[i] = 0;
    dropped++;
  }
  return dropped;
}

/**
 * [pixels] distance in pixels to the nearest edge of a surface: a pixel off the mask, the image's border, or a jump in
 * depth. Two-pass chamfer transform with weights 1 and sqrt 2 (Borgefors 1986), within 8 % of Euclidean.
 */
export function distanceToEdge(view: DepthView, mask: Uint8Array): Float32Array {
  const { width, height, depth } = view;
  const out = new Float32Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const near = neighbours(view, i);
    const jump = jumpAt(view, depth[i]);
    const isEdge = near.length < 4 || near.some((j) => !mask[j] || Math.abs(depth[i] - depth[j]) > jump);
    out[i] = isEdge ? 0.5 : Infinity;
  }
  const relax = (i: number, u: number, v: number, du: number, dv: number): void => {
    if (u + du < 0 || u + du >= width || v + dv < 0 || v + dv >= height) return;
    out[i] = Math.min(out[i], out[i + dv * width + du] + (du !== 0 && dv !== 0 ? Math.SQRT2 : 1));
  };
  const sweep = (sign: 1 | -1): void => {
    for (let n = 0; n < mask.length; n++) {
      const i = sign === 1 ? n : mask.length - 1 - n;
      if (!mask[i]) continue;
      const u = i % width;
      const v = Math.floor(i / width);
      relax(i, u, v, -sign, 0);
      for (const du of [-1, 0, 1]) relax(i, u, v, du, -sign);
    }
  };
  sweep(1);
  sweep(-1);
  return out;
}

function neighbours({ width, height }: DepthView, i: number): number[] {
  const u = i % width;
  const v = Math.floor(i / width);
  const out: number[] = [];
  if (u > 0) out.push(i - 1);
  if (u < width - 1) out.push(i + 1);
  if (v > 0) out.push(i - width);
  if (v < height - 1) out.push(i + width);
  return out;
}
