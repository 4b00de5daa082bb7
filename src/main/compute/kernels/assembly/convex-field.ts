// The convex field and its gradient over tiles of 16 points; see ../wasm.ts for what it computes and its error.
import { OUTSIDE, cull } from './cull';
import { exp, expOfNegative, fma, gather, larger, log, scatter, splat, total, totals } from './lanes';
import {
  TILE,
  boxesAt,
  chunkCount,
  coordinatesAt,
  dimensions,
  firstTile,
  frameAt,
  indicatorAt,
  normalGradientAt,
  normalsAt,
  offsetGradientAt,
  orderAt,
  paddedCount,
  partCount,
  partialsAt,
  planeCount,
  planesAt,
  pointCount,
  pointGradientAt,
  sharpness,
  smoothnessGradientAt,
  translationGradientAt,
  upstreamAt,
} from './layout';

export { packPlanes, tilePoints } from './tiles';

/** C (1 - C) below which a point's share in the gradient is left out: exp(-18), as when culling. */
const SATURATED: f32 = 1.5229979e-8;

// Scratch of one thread, in bytes: list, middles, then 16 values per plane, then the tile's point gradients.
// @ts-ignore: decorator
@inline function middlesIn(scratch: usize, padded: i32): usize {
  return scratch + <usize>(padded * 4);
}
// @ts-ignore: decorator
@inline function valuesIn(scratch: usize, padded: i32): usize {
  return scratch + <usize>(padded * 8);
}
// @ts-ignore: decorator
@inline function pointsIn(scratch: usize, padded: i32): usize {
  return scratch + <usize>(padded * 72 + 64);
}

/** Signed distances of the listed planes at the 16 points, to `values`; leaves the maxima behind them. */
function distances(
  planes: usize,
  row: usize,
  list: usize,
  size: i32,
  frame: usize,
  coordinates: usize,
  values: usize,
): void {
  const cx = v128.load32_splat(frame),
    cy = v128.load32_splat(frame + 4),
    cz = v128.load32_splat(frame + 8);
  const x0 = f32x4.sub(v128.load(coordinates), cx),
    x1 = f32x4.sub(v128.load(coordinates, 16), cx);
  const x2 = f32x4.sub(v128.load(coordinates, 32), cx),
    x3 = f32x4.sub(v128.load(coordinates, 48), cx);
  const y0 = f32x4.sub(v128.load(coordinates, 64), cy),
    y1 = f32x4.sub(v128.load(coordinates, 80), cy);
  const y2 = f32x4.sub(v128.load(coordinates, 96), cy),
    y3 = f32x4.sub(v128.load(coordinates, 112), cy);
  const z0 = f32x4.sub(v128.load(coordinates, 128), cz),
    z1 = f32x4.sub(v128.load(coordinates, 144), cz);
  const z2 = f32x4.sub(v128.load(coordinates, 160), cz),
    z3 = f32x4.sub(v128.load(coordinates, 176), cz);
  let m0 = splat(-3e38),
    m1 = splat(-3e38),
    m2 = splat(-3e38),
    m3 = splat(-3e38);
  let out = values;
  for (let i = 0; i < size; i++, out += 64) {
    const at = planes + ((<usize>load<u32>(list + ((<usize>i) << 2))) << 2);
    const nx = v128.load32_splat(at),
      ny = v128.load32_splat(at + row),
      nz = v128.load32_splat(at + 2 * row);
    const d = v128.load32_splat(at + 3 * row);
    const h0 = fma(nx, x0, fma(ny, y0, f32x4.sub(f32x4.mul(nz, z0), d)));
    const h1 = fma(nx, x1, fma(ny, y1, f32x4.sub(f32x4.mul(nz, z1), d)));
    const h2 = fma(nx, x2, fma(ny, y2, f32x4.sub(f32x4.mul(nz, z2), d)));
    const h3 = fma(nx, x3, fma(ny, y3, f32x4.sub(f32x4.mul(nz, z3), d)));
    v128.store(out, h0);
    v128.store(out, h1, 16);
    v128.store(out, h2, 32);
    v128.store(out, h3, 48);
    m0 = larger(m0, h0);
    m1 = larger(m1, h1);
    m2 = larger(m2, h2);
    m3 = larger(m3, h3);
  }
  v128.store(out, m0);
  v128.store(out, m1, 16);
  v128.store(out, m2, 32);
  v128.store(out, m3, 48);
}

/** Indicators of one chunk's tiles, all parts. */
export function forwardChunk(job: usize, chunk: i32, scratch: usize): void {
  const parts = partCount(job),
    planeTotal = planeCount(job),
    padded = paddedCount(job);
  const sigma = sharpness(job);
  const row = <usize>(padded << 2);
  const stride = (<usize>pointCount(job)) << 2;
  const list = scratch,
    middles = middlesIn(scratch, padded),
    values = valuesIn(scratch, padded);
  const end = firstTile(job, chunk + 1);
  for (let tile = firstTile(job, chunk); tile < end; tile++) {
    const box = boxesAt(job) + <usize>(tile * 32);
    const coordinates = coordinatesAt(job) + <usize>(tile * 3 * TILE * 4);
    const order = orderAt(job) + <usize>(tile * TILE * 4);
    let out = indicatorAt(job);
    let planes = planesAt(job);
    let frame = frameAt(job);
    for (let k = 0; k < parts; k++, out += stride, planes += 4 * row, frame += 16) {
      const size = cull(planes, padded, planeTotal, frame, box, sigma, list, middles);
      if (size < 0) {
        const value = splat(size == OUTSIDE ? 0 : 1);
        for (let q: usize = 0; q < 64; q += 16) scatter(out, order + q, value);
        continue;
      }
      distances(planes, row, list, size, frame, coordinates, values);
      const tops = values + ((<usize>size) << 6);
      const delta = v128.load32_splat(frame + 12);
      for (let q: usize = 0; q < 64; q += 16) {
        let phi = v128.load(tops + q);
        if (size > 1) {
          let sum = splat(0);
          for (let at = values + q; at < tops; at += 64) {
            sum = f32x4.add(sum, expOfNegative(f32x4.mul(delta, f32x4.sub(v128.load(at), phi))));
          }
          phi = f32x4.add(phi, f32x4.div(log(sum), delta));
        }
        const c = f32x4.div(splat(1), f32x4.add(splat(1), exp(f32x4.mul(splat(sigma), phi))));
        scatter(out, order + q, c);
      }
    }
  }
}

/** True when some point of the tile has an upstream that is not 0 and an indicator that is not saturated. */
// @ts-ignore: decorator
@inline function matters(upstream: usize, indicator: usize, order: usize): bool {
  let any = splat(0);
  for (let q: usize = 0; q < 64; q += 16) any = v128.or(any, f32x4.ne(gather(upstream, order + q), splat(0)));
  if (!v128.any_true(any)) return false;
  any = splat(0);
  for (let q: usize = 0; q < 64; q += 16) {
    const c = gather(indicator, order + q);
    any = v128.or(any, f32x4.ge(f32x4.mul(c, f32x4.sub(splat(1), c)), splat(SATURATED)));
  }
  return v128.any_true(any);
}

/** Gradient of one chunk's tiles into the chunk's partial sums; the points' own gradient is final. */
export function backwardChunk(job: usize, chunk: i32, scratch: usize): void {
  const parts = partCount(job),
    planeTotal = planeCount(job),
    padded = paddedCount(job);
  const sigma = sharpness(job);
  const row = <usize>(padded << 2);
  const stride = (<usize>pointCount(job)) << 2;
  const list = scratch,
    middles = middlesIn(scratch, padded),
    values = valuesIn(scratch, padded);
  const slopes = pointsIn(scratch, padded);
  const partBytes = <usize>((padded + 1) * 16);
  const partials = partialsAt(job) + <usize>chunk * <usize>parts * partBytes;
  memory.fill(partials, 0, <usize>parts * partBytes);
  const end = firstTile(job, chunk + 1);
  for (let tile = firstTile(job, chunk); tile < end; tile++) {
    const box = boxesAt(job) + <usize>(tile * 32);
    const coordinates = coordinatesAt(job) + <usize>(tile * 3 * TILE * 4);
    const order = orderAt(job) + <usize>(tile * TILE * 4);
    memory.fill(slopes, 0, 3 * TILE * 4);
    let indicator = indicatorAt(job),
      upstream = upstreamAt(job);
    let planes = planesAt(job),
      frame = frameAt(job),
      partial = partials;
    // The last tile repeats its last point, which must count once.
    const real = min<i32>(TILE, pointCount(job) - tile * TILE);
    for (let k = 0; k < parts; k++) {
      if (matters(upstream, indicator, order)) {
        const size = cull(planes, padded, planeTotal, frame, box, sigma, list, middles);
        if (size > 0) {
          distances(planes, row, list, size, frame, coordinates, values);
          weigh(job, list, size, real, frame, order, upstream, values, partial + partBytes - 16);
          spreadGradient(planes, row, list, size, frame, coordinates, values, partial, slopes);
        }
      }
      indicator += stride;
      upstream += stride;
      planes += 4 * row;
      frame += 16;
      partial += partBytes;
    }
    const dims = dimensions(job);
    for (let lane = 0; lane < real; lane++) {
      const out = pointGradientAt(job) + ((<usize>(load<u32>(order + ((<usize>lane) << 2)) * dims)) << 2);
      for (let axis = 0; axis < dims; axis++) {
        store<f32>(out + ((<usize>axis) << 2), load<f32>(slopes + ((<usize>(axis * TILE + lane)) << 2)));
      }
    }
  }
}

/**
 * Replaces the distances in `values` by g w_h, with g = -sigma u C (1 - C) and w the softmax, and adds the tile's
 * share of the smoothness gradient, times delta^2, to the four lanes at `smooth`.
 */
function weigh(
  job: usize,
  list: usize,
  size: i32,
  real: i32,
  frame: usize,
  order: usize,
  upstream: usize,
  values: usize,
  smooth: usize,
): void {
  const sigma = sharpness(job);
  const tops = values + ((<usize>size) << 6);
  const delta = v128.load32_splat(frame + 12);
  let smoothSum = splat(0);
  for (let q: usize = 0; q < 64; q += 16) {
    const top = v128.load(tops + q);
    let sum = splat(1),
      tilt = splat(0),
      logSum = splat(0);
    if (size > 1) {
      sum = splat(0);
      for (let at = values + q; at < tops; at += 64) {
        const y = f32x4.mul(delta, f32x4.sub(v128.load(at), top));
        const e = expOfNegative(y);
        v128.store(at, e);
        sum = f32x4.add(sum, e);
        tilt = fma(e, y, tilt);
      }
      logSum = log(sum);
    }
    const growth = exp(f32x4.mul(splat(sigma), f32x4.add(top, f32x4.div(logSum, delta))));
    const c = f32x4.div(splat(1), f32x4.add(splat(1), growth));
    let u = gather(upstream, order + q);
    const left = real - <i32>(q >> 2);
    if (left < 4) u = v128.and(u, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left)));
    const slope = f32x4.mul(f32x4.mul(splat(-sigma), u), f32x4.mul(f32x4.mul(growth, c), c));
    if (size == 1) {
      v128.store(values + q, slope);
      continue;
    }
    const scale = f32x4.div(slope, sum);
    smoothSum = f32x4.add(smoothSum, f32x4.sub(f32x4.mul(scale, tilt), f32x4.mul(slope, logSum)));
    for (let at = values + q; at < tops; at += 64) v128.store(at, f32x4.mul(v128.load(at), scale));
  }
  v128.store(smooth, f32x4.add(v128.load(smooth), smoothSum));
}

/** Adds sum g w (x - c, 1) to each listed plane's partial, and sum_h g w n to the tile's point gradients. */
function spreadGradient(
  planes: usize,
  row: usize,
  list: usize,
  size: i32,
  frame: usize,
  coordinates: usize,
  values: usize,
  partial: usize,
  slopes: usize,
): void {
  const cx = v128.load32_splat(frame),
    cy = v128.load32_splat(frame + 4),
    cz = v128.load32_splat(frame + 8);
  for (let i = 0; i < size; i++) {
    const h = <usize>load<u32>(list + ((<usize>i) << 2));
    const at = planes + (h << 2);
    const nx = v128.load32_splat(at),
      ny = v128.load32_splat(at + row),
      nz = v128.load32_splat(at + 2 * row);
    const g = values + ((<usize>i) << 6);
    let sx = splat(0),
      sy = splat(0),
      sz = splat(0),
      sum = splat(0);
    for (let q: usize = 0; q < 64; q += 16) {
      const w = v128.load(g + q);
      sum = f32x4.add(sum, w);
      sx = fma(w, f32x4.sub(v128.load(coordinates + q), cx), sx);
      sy = fma(w, f32x4.sub(v128.load(coordinates + q, 64), cy), sy);
      sz = fma(w, f32x4.sub(v128.load(coordinates + q, 128), cz), sz);
      v128.store(slopes + q, fma(w, nx, v128.load(slopes + q)));
      v128.store(slopes + q, fma(w, ny, v128.load(slopes + q, 64)), 64);
      v128.store(slopes + q, fma(w, nz, v128.load(slopes + q, 128)), 128);
    }
    const to = partial + (h << 4);
    v128.store(to, f32x4.add(v128.load(to), totals(sx, sy, sz, sum)));
  }
}

/** Sums the chunks in their order. The translation's gradient follows: -sum_h n_h (sum g w_h). */
export function reduceGradients(job: usize): void {
  const parts = partCount(job),
    planes = planeCount(job),
    padded = paddedCount(job),
    dims = dimensions(job);
  const chunks = chunkCount(job);
  const partBytes = <usize>((padded + 1) * 16);
  const chunkBytes = <usize>parts * partBytes;
  for (let k = 0; k < parts; k++) {
    const base = partialsAt(job) + <usize>k * partBytes;
    let tx: f32 = 0,
      ty: f32 = 0,
      tz: f32 = 0;
    for (let h = 0; h < planes; h++) {
      let sum = splat(0);
      for (let c = 0; c < chunks; c++)
        sum = f32x4.add(sum, v128.load(base + <usize>c * chunkBytes + <usize>(h * 16)));
      const plane = k * planes + h;
      const mass = f32x4.extract_lane(sum, 3);
      const to = normalGradientAt(job) + ((<usize>(plane * dims)) << 2);
      const n = normalsAt(job) + ((<usize>(plane * dims)) << 2);
      store<f32>(to, f32x4.extract_lane(sum, 0));
      store<f32>(to, f32x4.extract_lane(sum, 1), 4);
      tx -= mass * load<f32>(n);
      ty -= mass * load<f32>(n, 4);
      if (dims == 3) {
        store<f32>(to, f32x4.extract_lane(sum, 2), 8);
        tz -= mass * load<f32>(n, 8);
      }
      store<f32>(offsetGradientAt(job) + ((<usize>plane) << 2), -mass);
    }
    const translation = translationGradientAt(job) + ((<usize>(k * dims)) << 2);
    store<f32>(translation, tx);
    store<f32>(translation, ty, 4);
    if (dims == 3) store<f32>(translation, tz, 8);
    let smooth = splat(0);
    for (let c = 0; c < chunks; c++) {
      smooth = f32x4.add(smooth, v128.load(base + <usize>c * chunkBytes + partBytes - 16));
    }
    const delta = load<f32>(frameAt(job) + <usize>(k * 16), 12);
    store<f32>(smoothnessGradientAt(job) + ((<usize>k) << 2), total(smooth) / (delta * delta));
  }
}
