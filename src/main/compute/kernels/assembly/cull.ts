// Which planes of a part can matter in a tile's box.
import { fma, larger, largest, splat } from './lanes';

/** A part is left out of a box where |sigma Phi| exceeds this: C or 1 - C is below exp(-18) = 1.6e-8. */
export const PART_MARGIN: f32 = 18;
/** A plane is left out where another exceeds it by this over delta: its weight is below exp(-16) = 1.2e-7. */
export const PLANE_MARGIN: f32 = 16;
/** What cull returns for a part that is 0 in the whole box, and for one that is 1. */
export const OUTSIDE: i32 = -1;
export const INSIDE: i32 = -2;

/**
 * Writes the indices of the planes that can matter to `list` (u32) and returns their number, or OUTSIDE or
 * INSIDE. In a box of centre x0 and half-extents e, n.x - n.x0 lies within +-sum_i |n_i| e_i, and the difference
 * of two planes moves by at most sum_i |n_i - m_i| e_i: all bounds are sharp on the box. `middle` holds `padded`
 * f32.
 */
export function cull(
  planes: usize,
  padded: i32,
  planeCount: i32,
  frame: usize,
  box: usize,
  sigma: f32,
  list: usize,
  middle: usize,
): i32 {
  const row = <usize>(padded << 2);
  const x0 = splat(load<f32>(box) - load<f32>(frame));
  const y0 = splat(load<f32>(box, 4) - load<f32>(frame, 4));
  const z0 = splat(load<f32>(box, 8) - load<f32>(frame, 8));
  const ex = v128.load32_splat(box + 16);
  const ey = v128.load32_splat(box + 20);
  const ez = v128.load32_splat(box + 24);
  const delta = load<f32>(frame, 12);

  let lowest = splat(-3e38),
    middles = splat(-3e38),
    highest = splat(-3e38);
  const end = planes + row;
  for (let at = planes, m = middle; at < end; at += 16, m += 16) {
    const nx = v128.load(at),
      ny = v128.load(at + row),
      nz = v128.load(at + 2 * row);
    const h = fma(nx, x0, fma(ny, y0, f32x4.sub(f32x4.mul(nz, z0), v128.load(at + 3 * row))));
    const reach = fma(f32x4.abs(nx), ex, fma(f32x4.abs(ny), ey, f32x4.mul(f32x4.abs(nz), ez)));
    v128.store(m, h);
    middles = larger(middles, h);
    lowest = larger(lowest, f32x4.sub(h, reach));
    highest = larger(highest, f32x4.add(h, reach));
  }
  if (largest(lowest) * sigma > PART_MARGIN) return OUTSIDE;
  const top = largest(middles);
  // ln H <= 0.6931472 * (number of bits of H).
  const bits: i32 = 32 - clz<i32>(planeCount);
  const slack: f32 = (<f32>bits * 0.6931472) / delta;
  if (top < 0 && (largest(highest) + slack) * sigma < -PART_MARGIN) return INSIDE;

  let winner: usize = 0;
  const tops = splat(top);
  for (let h: usize = 0; h < <usize>padded; h += 4) {
    const mask = i32x4.bitmask(f32x4.eq(v128.load(middle + (h << 2)), tops));
    if (mask) {
      winner = h + <usize>ctz<i32>(mask);
      break;
    }
  }
  const wx = v128.load32_splat(planes + (winner << 2));
  const wy = v128.load32_splat(planes + (winner << 2) + row);
  const wz = v128.load32_splat(planes + (winner << 2) + 2 * row);
  const threshold = splat(top - PLANE_MARGIN / delta);
  let size = 0;
  for (let h: usize = 0; h < <usize>padded; h += 4) {
    const at = planes + (h << 2);
    const dx = f32x4.abs(f32x4.sub(v128.load(at), wx));
    const dy = f32x4.abs(f32x4.sub(v128.load(at + row), wy));
    const dz = f32x4.abs(f32x4.sub(v128.load(at + 2 * row), wz));
    const bound = f32x4.add(v128.load(middle + (h << 2)), fma(dx, ex, fma(dy, ey, f32x4.mul(dz, ez))));
    let mask = i32x4.bitmask(f32x4.ge(bound, threshold));
    while (mask) {
      store<u32>(list + ((<usize>size) << 2), <u32>h + <u32>ctz<i32>(mask));
      size++;
      mask &= mask - 1;
    }
  }
  return size;
}
