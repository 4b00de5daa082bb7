// The job block: addresses and sizes that the host writes once per call, in 32-bit words. The host's copy of
// these numbers is ../layout.ts.

/** Points per tile: four vectors of four lanes. */
export const TILE: i32 = 16;

// @ts-ignore: decorator
@inline function word(job: usize, index: i32): i32 {
  return load<i32>(job + ((<usize>index) << 2));
}
// @ts-ignore: decorator
@inline function address(job: usize, index: i32): usize {
  return load<u32>(job + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline export function partCount(job: usize): i32 {
  return word(job, 0);
}
// @ts-ignore: decorator
@inline export function planeCount(job: usize): i32 {
  return word(job, 1);
}
/** Planes per part rounded up to whole vectors. */
// @ts-ignore: decorator
@inline export function paddedCount(job: usize): i32 {
  return (word(job, 1) + 3) & ~3;
}
// @ts-ignore: decorator
@inline export function dimensions(job: usize): i32 {
  return word(job, 2);
}
// @ts-ignore: decorator
@inline export function pointCount(job: usize): i32 {
  return word(job, 3);
}
// @ts-ignore: decorator
@inline export function tileCount(job: usize): i32 {
  return (word(job, 3) + TILE - 1) / TILE;
}
// @ts-ignore: decorator
@inline export function chunkCount(job: usize): i32 {
  return word(job, 4);
}
// @ts-ignore: decorator
@inline export function sharpness(job: usize): f32 {
  return load<f32>(job + (5 << 2));
}
// @ts-ignore: decorator
@inline export function normalsAt(job: usize): usize {
  return address(job, 6);
}
// @ts-ignore: decorator
@inline export function offsetsAt(job: usize): usize {
  return address(job, 7);
}
// @ts-ignore: decorator
@inline export function translationsAt(job: usize): usize {
  return address(job, 8);
}
// @ts-ignore: decorator
@inline export function smoothnessAt(job: usize): usize {
  return address(job, 9);
}
// @ts-ignore: decorator
@inline export function pointsAt(job: usize): usize {
  return address(job, 10);
}
/** [K][4][padded]: x, y, z of the normals, then the offsets. */
// @ts-ignore: decorator
@inline export function planesAt(job: usize): usize {
  return address(job, 11);
}
/** [K][4]: translation x, y, z and smoothness. */
// @ts-ignore: decorator
@inline export function frameAt(job: usize): usize {
  return address(job, 12);
}
/** [tiles * TILE] original index of each sorted point; the last tile repeats its last point. */
// @ts-ignore: decorator
@inline export function orderAt(job: usize): usize {
  return address(job, 13);
}
/** [tiles][3][TILE] coordinates. */
// @ts-ignore: decorator
@inline export function coordinatesAt(job: usize): usize {
  return address(job, 14);
}
/** [tiles][8]: box centre x, y, z, 0, half-extent x, y, z, 0. */
// @ts-ignore: decorator
@inline export function boxesAt(job: usize): usize {
  return address(job, 15);
}
// @ts-ignore: decorator
@inline export function indicatorAt(job: usize): usize {
  return address(job, 16);
}
// @ts-ignore: decorator
@inline export function upstreamAt(job: usize): usize {
  return address(job, 17);
}
/** [chunks][K][padded + 1][4]: per plane the gradient of normal x, y, z and -offset; then of the smoothness. */
// @ts-ignore: decorator
@inline export function partialsAt(job: usize): usize {
  return address(job, 18);
}
// @ts-ignore: decorator
@inline export function normalGradientAt(job: usize): usize {
  return address(job, 19);
}
// @ts-ignore: decorator
@inline export function offsetGradientAt(job: usize): usize {
  return address(job, 20);
}
// @ts-ignore: decorator
@inline export function translationGradientAt(job: usize): usize {
  return address(job, 21);
}
// @ts-ignore: decorator
@inline export function smoothnessGradientAt(job: usize): usize {
  return address(job, 22);
}
// @ts-ignore: decorator
@inline export function pointGradientAt(job: usize): usize {
  return address(job, 23);
}
/** Two arrays of codes, [N] u32 each, and one of indices, for sorting; and the sort's counters. */
// @ts-ignore: decorator
@inline export function sortAt(job: usize): usize {
  return address(job, 24);
}

/** First tile of a chunk; the split depends on the number of points only, so that results do, too. */
// @ts-ignore: decorator
@inline export function firstTile(job: usize, chunk: i32): i32 {
  return <i32>((<i64>chunk * tileCount(job)) / chunkCount(job));
}
