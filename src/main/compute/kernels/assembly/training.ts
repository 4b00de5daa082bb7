// What a training step does with every value of a map or of a weight, in one pass over memory each. The addresses are
// of float32 arrays in the memory of the TensorFlow.js wasm backend; nothing here may need memory of its own.
import { splat, total } from './lanes';

export { filterGradient } from './filter-gradient';
export { poolGradient } from './pool-gradient';

/** Rows whose sums are taken by themselves first, which keeps float32 exact enough and the rows in the cache. */
const BLOCK: i32 = 64;
/** Values whose squares are summed in float32 before they join the double. */
const RUN: i32 = 1024;

// @ts-ignore: decorator
@inline function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}
// @ts-ignore: decorator
@inline function addTo(address: usize, values: v128): void {
  v128.store(address, f32x4.add(v128.load(address), values));
}
// @ts-ignore: decorator
@inline function addOne(address: usize, value: f32): void {
  store<f32>(address, load<f32>(address) + value);
}

/** out[c] = sum over rows of x[row, c]. */
export function sumRows(x: usize, rows: i32, channels: i32, out: usize): void {
  memory.fill(out, 0, (<usize>channels) << 2);
  const step = (<usize>channels) << 2;
  for (let from = 0; from < rows; from += BLOCK) {
    const count = min(BLOCK, rows - from);
    const block = at(x, from * channels);
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      let sum = splat(0);
      let address = at(block, c);
      for (let r = 0; r < count; r++, address += step) sum = f32x4.add(sum, v128.load(address));
      addTo(at(out, c), sum);
    }
    for (; c < channels; c++) {
      let sum: f32 = 0;
      let address = at(block, c);
      for (let r = 0; r < count; r++, address += step) sum += load<f32>(address);
      addOne(at(out, c), sum);
    }
  }
}

/** out[c] = sum over rows of (x[row, c] - mean[c])^2. */
export function sumSquaredDeviations(x: usize, mean: usize, rows: i32, channels: i32, out: usize): void {
  memory.fill(out, 0, (<usize>channels) << 2);
  const step = (<usize>channels) << 2;
  for (let from = 0; from < rows; from += BLOCK) {
    const count = min(BLOCK, rows - from);
    const block = at(x, from * channels);
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const centre = v128.load(at(mean, c));
      let sum = splat(0);
      let address = at(block, c);
      for (let r = 0; r < count; r++, address += step) {
        const d = f32x4.sub(v128.load(address), centre);
        sum = f32x4.add(sum, f32x4.mul(d, d));
      }
      addTo(at(out, c), sum);
    }
    for (; c < channels; c++) {
      const centre = load<f32>(at(mean, c));
      let sum: f32 = 0;
      let address = at(block, c);
      for (let r = 0; r < count; r++, address += step) {
        const d = load<f32>(address) - centre;
        sum += d * d;
      }
      addOne(at(out, c), sum);
    }
  }
}

/** out[row, c] = (x[row, c] - mean[c]) factor[c] + shift[c]. */
export function scaleRows(
  x: usize,
  mean: usize,
  factor: usize,
  shift: usize,
  rows: i32,
  channels: i32,
  out: usize,
): void {
  for (let r = 0; r < rows; r++) {
    const base = r * channels;
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const d = f32x4.sub(v128.load(at(x, base + c)), v128.load(at(mean, c)));
      v128.store(
        at(out, base + c),
        f32x4.add(f32x4.mul(d, v128.load(at(factor, c))), v128.load(at(shift, c))),
      );
    }
    for (; c < channels; c++) {
      const d = load<f32>(at(x, base + c)) - load<f32>(at(mean, c));
      store<f32>(at(out, base + c), d * load<f32>(at(factor, c)) + load<f32>(at(shift, c)));
    }
  }
}

/** out[c] = sum of dy[row, c]; out[channels + c] = sum of dy[row, c] (x[row, c] - mean[c]). */
export function sumUpstream(
  dy: usize,
  x: usize,
  mean: usize,
  rows: i32,
  channels: i32,
  out: usize,
): void {
  memory.fill(out, 0, (<usize>channels) << 3);
  const step = (<usize>channels) << 2;
  for (let from = 0; from < rows; from += BLOCK) {
    const count = min(BLOCK, rows - from);
    const first = from * channels;
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const centre = v128.load(at(mean, c));
      let sum = splat(0);
      let product = splat(0);
      let a = at(dy, first + c);
      let b = at(x, first + c);
      for (let r = 0; r < count; r++, a += step, b += step) {
        const d = v128.load(a);
        sum = f32x4.add(sum, d);
        product = f32x4.add(product, f32x4.mul(d, f32x4.sub(v128.load(b), centre)));
      }
      addTo(at(out, c), sum);
      addTo(at(out, channels + c), product);
    }
    for (; c < channels; c++) {
      const centre = load<f32>(at(mean, c));
      let sum: f32 = 0;
      let product: f32 = 0;
      let a = at(dy, first + c);
      let b = at(x, first + c);
      for (let r = 0; r < count; r++, a += step, b += step) {
        const d = load<f32>(a);
        sum += d;
        product += d * (load<f32>(b) - centre);
      }
      addOne(at(out, c), sum);
      addOne(at(out, channels + c), product);
    }
  }
}

/** out[row, c] = (dy[row, c] - drop[c] - (x[row, c] - mean[c]) slope[c]) factor[c]. */
export function normalGradient(
  dy: usize,
  x: usize,
  mean: usize,
  drop: usize,
  slope: usize,
  factor: usize,
  rows: i32,
  channels: i32,
  out: usize,
): void {
  for (let r = 0; r < rows; r++) {
    const base = r * channels;
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const d = f32x4.sub(v128.load(at(dy, base + c)), v128.load(at(drop, c)));
      const deviation = f32x4.sub(v128.load(at(x, base + c)), v128.load(at(mean, c)));
      const inner = f32x4.sub(d, f32x4.mul(deviation, v128.load(at(slope, c))));
      v128.store(at(out, base + c), f32x4.mul(inner, v128.load(at(factor, c))));
    }
    for (; c < channels; c++) {
      const d = load<f32>(at(dy, base + c)) - load<f32>(at(drop, c));
      const deviation = load<f32>(at(x, base + c)) - load<f32>(at(mean, c));
      store<f32>(at(out, base + c), (d - deviation * load<f32>(at(slope, c))) * load<f32>(at(factor, c)));
    }
  }
}

/** The sum of squares. */
export function sumOfSquares(x: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let from = 0; from < count; from += RUN) {
    const end = min(from + RUN, count);
    let four = splat(0);
    let i = from;
    for (; i + 4 <= end; i += 4) {
      const v = v128.load(at(x, i));
      four = f32x4.add(four, f32x4.mul(v, v));
    }
    let run = total(four);
    for (; i < end; i++) run += load<f32>(at(x, i)) * load<f32>(at(x, i));
    sum += run;
  }
  return sum;
}

/**
 * Adam's step with the gradient times `scale`: both moments move in place, out = weight - rate m / (sqrt(v) + epsilon).
 */
export function adamStep(
  weight: usize,
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  scale: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  rate: f32,
  epsilon: f32,
  out: usize,
): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const g = f32x4.mul(v128.load(at(gradient, i)), splat(scale));
    const m = f32x4.add(
      f32x4.mul(splat(beta1), v128.load(at(first, i))),
      f32x4.mul(splat(rest1), g),
    );
    const v = f32x4.add(
      f32x4.mul(splat(beta2), v128.load(at(second, i))),
      f32x4.mul(splat(rest2), f32x4.mul(g, g)),
    );
    v128.store(at(first, i), m);
    v128.store(at(second, i), v);
    const step = f32x4.div(m, f32x4.add(f32x4.sqrt(v), splat(epsilon)));
    v128.store(at(out, i), f32x4.sub(v128.load(at(weight, i)), f32x4.mul(splat(rate), step)));
  }
  for (; i < count; i++) {
    const g = load<f32>(at(gradient, i)) * scale;
    const m = beta1 * load<f32>(at(first, i)) + rest1 * g;
    const v = beta2 * load<f32>(at(second, i)) + rest2 * (g * g);
    store<f32>(at(first, i), m);
    store<f32>(at(second, i), v);
    store<f32>(at(out, i), load<f32>(at(weight, i)) - rate * (m / (sqrt<f32>(v) + epsilon)));
  }
}

/** out = a share + b rest. */
export function blend(a: usize, b: usize, count: i32, share: f32, rest: f32, out: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(
      at(out, i),
      f32x4.add(
        f32x4.mul(splat(share), v128.load(at(a, i))),
        f32x4.mul(splat(rest), v128.load(at(b, i))),
      ),
    );
  }
  for (; i < count; i++) store<f32>(at(out, i), share * load<f32>(at(a, i)) + rest * load<f32>(at(b, i)));
}

/** out[taps - 1 - t, o, i] = filter[t, i, o]: a filter turned by half a turn, its channels exchanged. */
export function turnFilter(filter: usize, taps: i32, inputs: i32, outputs: i32, out: usize): void {
  const size = inputs * outputs;
  for (let t = 0; t < taps; t++) {
    const from = at(filter, t * size);
    const to = at(out, (taps - 1 - t) * size);
    let i = 0;
    for (; i + 4 <= inputs; i += 4) {
      let o = 0;
      for (; o + 4 <= outputs; o += 4) {
        const a = v128.load(at(from, i * outputs + o));
        const b = v128.load(at(from, (i + 1) * outputs + o));
        const c = v128.load(at(from, (i + 2) * outputs + o));
        const d = v128.load(at(from, (i + 3) * outputs + o));
        const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
        const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
        const efab = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const efcd = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        v128.store(at(to, o * inputs + i), v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
        v128.store(at(to, (o + 1) * inputs + i), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
        v128.store(at(to, (o + 2) * inputs + i), v128.shuffle<f32>(efab, efcd, 0, 1, 4, 5));
        v128.store(at(to, (o + 3) * inputs + i), v128.shuffle<f32>(efab, efcd, 2, 3, 6, 7));
      }
      for (; o < outputs; o++) {
        for (let k = i; k < i + 4; k++) {
          store<f32>(at(to, o * inputs + k), load<f32>(at(from, k * outputs + o)));
        }
      }
    }
    for (; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        store<f32>(at(to, o * inputs + i), load<f32>(at(from, i * outputs + o)));
      }
    }
  }
}
