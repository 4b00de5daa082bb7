// The gradient of a maximum over windows, four channels at a time.

// @ts-ignore: decorator
@inline function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

/**
 * out[n, y', x', c] = sum of dy[n, y, x, c] over the windows whose first maximum stands there. `channels` is a multiple
 * of 4; `maxima` is what pooling gave, of the size of dy.
 */
export function poolGradient(
  dy: usize,
  image: usize,
  maxima: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  taps: i32,
  across: i32,
  stride: i32,
  top: i32,
  left: i32,
  out: usize,
): void {
  memory.fill(out, 0, (<usize>(batch * height * width * channels)) << 2);
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < rows; y++) {
      const fromRow = max(0, y * stride - top);
      const endRow = min(height, y * stride - top + taps);
      for (let x = 0; x < columns; x++) {
        const from = max(0, x * stride - left);
        const end = min(width, x * stride - left + across);
        const pixel = ((n * rows + y) * columns + x) * channels;
        for (let c = 0; c < channels; c += 4) {
          const maximum = v128.load(at(maxima, pixel + c));
          const upstream = v128.load(at(dy, pixel + c));
          let open = i32x4.splat(-1);
          for (let row = fromRow; row < endRow; row++) {
            for (let column = from; column < end; column++) {
              const place = ((n * height + row) * width + column) * channels + c;
              const hit = v128.and(open, f32x4.eq(v128.load(at(image, place)), maximum));
              open = v128.andnot(open, hit);
              const to = at(out, place);
              v128.store(to, f32x4.add(v128.load(to), v128.and(upstream, hit)));
            }
          }
        }
      }
    }
  }
}
