// The gradient of a convolution in its filter, without the copies that a convolution of the images would need.
import { splat } from './lanes';

/** Output pixels whose products are summed by themselves first, rounded up to whole images. */
const GROUP: i32 = 256;

// @ts-ignore: decorator
@inline function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}
// @ts-ignore: decorator
@inline function addProduct(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}
// @ts-ignore: decorator
@inline function addTo(address: usize, values: v128): void {
  v128.store(address, f32x4.add(v128.load(address), values));
}
/** The first output index whose tap lies inside: least y >= 0 with y stride + offset >= 0. */
// @ts-ignore: decorator
@inline function firstInside(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}
/** One behind the last output index whose tap lies inside. */
// @ts-ignore: decorator
@inline function endInside(offset: i32, stride: i32, input: i32, output: i32): i32 {
  return input <= offset ? 0 : min(output, (input - 1 - offset) / stride + 1);
}

/**
 * out[a, b, i, o] = sum over n, y, x of image[n, y stride + a - top, x stride + b - left, i] dy[n, y, x, o], taps outside
 * of the image being zero. `inputs` is a multiple of 4, `outputs` of 8.
 */
export function filterGradient(
  image: usize,
  dy: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  rows: i32,
  columns: i32,
  outputs: i32,
  taps: i32,
  across: i32,
  stride: i32,
  top: i32,
  left: i32,
  out: usize,
): void {
  memory.fill(out, 0, (<usize>(taps * across * inputs * outputs)) << 2);
  const group = (GROUP + rows * columns - 1) / (rows * columns);
  const imageStep = (<usize>(inputs * stride)) << 2;
  const dyStep = (<usize>outputs) << 2;
  for (let n = 0; n < batch; n += group) {
    const end = min(n + group, batch);
    for (let a = 0; a < taps; a++) {
      const firstRow = firstInside(a - top, stride);
      const endRow = endInside(a - top, stride, height, rows);
      for (let b = 0; b < across; b++) {
        const first = firstInside(b - left, stride);
        const count = endInside(b - left, stride, width, columns) - first;
        for (let i = 0; i < inputs; i += 4) {
          for (let o = 0; o < outputs; o += 8) {
            let s00 = splat(0);
            let s01 = splat(0);
            let s10 = splat(0);
            let s11 = splat(0);
            let s20 = splat(0);
            let s21 = splat(0);
            let s30 = splat(0);
            let s31 = splat(0);
            for (let m = n; m < end; m++) {
              for (let y = firstRow; y < endRow; y++) {
                const row = (m * height + y * stride + a - top) * width + first * stride + b - left;
                let p = at(image, row * inputs + i);
                let q = at(dy, ((m * rows + y) * columns + first) * outputs + o);
                for (let x = 0; x < count; x++, p += imageStep, q += dyStep) {
                  const d0 = v128.load(q);
                  const d1 = v128.load(q, 16);
                  const v0 = v128.load32_splat(p);
                  s00 = addProduct(s00, v0, d0);
                  s01 = addProduct(s01, v0, d1);
                  const v1 = v128.load32_splat(p, 4);
                  s10 = addProduct(s10, v1, d0);
                  s11 = addProduct(s11, v1, d1);
                  const v2 = v128.load32_splat(p, 8);
                  s20 = addProduct(s20, v2, d0);
                  s21 = addProduct(s21, v2, d1);
                  const v3 = v128.load32_splat(p, 12);
                  s30 = addProduct(s30, v3, d0);
                  s31 = addProduct(s31, v3, d1);
                }
              }
            }
            const to = at(out, ((a * across + b) * inputs + i) * outputs + o);
            addTo(to, s00);
            addTo(to + 16, s01);
            addTo(to + dyStep, s10);
            addTo(to + dyStep + 16, s11);
            addTo(to + 2 * dyStep, s20);
            addTo(to + 2 * dyStep + 16, s21);
            addTo(to + 3 * dyStep, s30);
            addTo(to + 3 * dyStep + 16, s31);
          }
        }
      }
    }
  }
}
