// Elementary functions on four lanes.

const LOG2_E: f32 = 1.4426950408889634;
const LN_2: f32 = 0.6931471805599453;
/** 1.5 * 2^23: adding it rounds to an integer, whose value stands in the low bits. */
const ROUND: f32 = 12582912;

// @ts-ignore: decorator
@inline export function splat(value: f32): v128 {
  return f32x4.splat(value);
}
// @ts-ignore: decorator
@inline export function fma(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}
/** a or b, the larger: one machine instruction, for operands without NaN. */
// @ts-ignore: decorator
@inline export function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}

/** 2^x, relative error below 2e-7, for x in [-126, 127]; 2^0 is exactly 1. */
// @ts-ignore: decorator
@inline function powerOfTwo(x: v128): v128 {
  const rounded = f32x4.add(x, splat(ROUND));
  const f = f32x4.sub(x, f32x4.sub(rounded, splat(ROUND)));
  let p = fma(splat(0.0013276471959149903), f, splat(0.009675541502705137));
  p = fma(p, f, splat(0.055507132750677));
  p = fma(p, f, splat(0.24022119720750057));
  p = fma(p, f, splat(0.6931469670628809));
  p = fma(p, f, splat(1));
  return i32x4.add(p, i32x4.shl(rounded, 23));
}

/** exp(x), relative error below 2e-6 for |x| up to 20; outside [-87, 87] its value there. */
// @ts-ignore: decorator
@inline export function exp(x: v128): v128 {
  return powerOfTwo(f32x4.mul(f32x4.pmin(f32x4.pmax(x, splat(-87)), splat(87)), splat(LOG2_E)));
}

/** The same for x <= 0. */
// @ts-ignore: decorator
@inline export function expOfNegative(x: v128): v128 {
  return powerOfTwo(f32x4.mul(f32x4.pmax(x, splat(-87)), splat(LOG2_E)));
}

/** ln(x), absolute error below 2e-7 for x in [1, 2^20]. */
// @ts-ignore: decorator
@inline export function log(x: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f2aaaab)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), splat(1));
  let p = fma(splat(-0.16048117061256234), f, splat(0.1742818957885731));
  p = fma(p, f, splat(-0.16274733509124772));
  p = fma(p, f, splat(0.19734617529222181));
  p = fma(p, f, splat(-0.2501696287435832));
  p = fma(p, f, splat(0.33341225169332034));
  p = fma(p, f, splat(-0.4999976698983959));
  p = fma(p, f, splat(0.9999994247189886));
  return fma(p, f, f32x4.mul(f32x4.convert_i32x4_s(exponent), splat(LN_2)));
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline export function total(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** Largest of the four lanes. */
// @ts-ignore: decorator
@inline export function largest(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

/** The lane sums of a, b, c, d as one vector. */
// @ts-ignore: decorator
@inline export function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Four values at four indices of an f32 array. */
// @ts-ignore: decorator
@inline export function gather(base: usize, indices: usize): v128 {
  let v = v128.load32_zero(base + ((<usize>load<u32>(indices)) << 2));
  v = v128.load_lane<f32>(base + ((<usize>load<u32>(indices, 4)) << 2), v, 1);
  v = v128.load_lane<f32>(base + ((<usize>load<u32>(indices, 8)) << 2), v, 2);
  return v128.load_lane<f32>(base + ((<usize>load<u32>(indices, 12)) << 2), v, 3);
}

/** Writes four values to four indices of an f32 array. */
// @ts-ignore: decorator
@inline export function scatter(base: usize, indices: usize, v: v128): void {
  v128.store_lane<f32>(base + ((<usize>load<u32>(indices)) << 2), v, 0);
  v128.store_lane<f32>(base + ((<usize>load<u32>(indices, 4)) << 2), v, 1);
  v128.store_lane<f32>(base + ((<usize>load<u32>(indices, 8)) << 2), v, 2);
  v128.store_lane<f32>(base + ((<usize>load<u32>(indices, 12)) << 2), v, 3);
}
