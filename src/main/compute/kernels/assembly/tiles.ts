// Points into tiles of neighbours, and planes into vectors.
import {
  TILE,
  boxesAt,
  coordinatesAt,
  dimensions,
  frameAt,
  normalsAt,
  offsetsAt,
  orderAt,
  paddedCount,
  partCount,
  planeCount,
  planesAt,
  pointCount,
  pointsAt,
  smoothnessAt,
  sortAt,
  tileCount,
  translationsAt,
} from './layout';

/** An offset that no plane survives culling with; its value is INACTIVE_OFFSET of the vocabulary. */
const INACTIVE_OFFSET: f32 = 1024;
const RADIX_BITS: i32 = 11;
const BUCKETS: i32 = 1 << RADIX_BITS;

/** Spreads 7 bits to every third place. */
function spread(value: u32): u32 {
  let v = value & 0x7f;
  v = (v | (v << 8)) & 0x700f;
  v = (v | (v << 4)) & 0x430c3;
  v = (v | (v << 2)) & 0x49249;
  return v;
}

/** One stable counting pass over `shift`'s 11 bits of the codes. */
function countingPass(
  count: i32,
  shift: u32,
  codes: usize,
  order: usize,
  codesOut: usize,
  orderOut: usize,
  buckets: usize,
): void {
  memory.fill(buckets, 0, BUCKETS * 4);
  for (let i = 0; i < count; i++) {
    const bucket =
      buckets + ((<usize>((load<u32>(codes + ((<usize>i) << 2)) >> shift) & (BUCKETS - 1))) << 2);
    store<u32>(bucket, load<u32>(bucket) + 1);
  }
  let sum: u32 = 0;
  for (let b = 0; b < BUCKETS; b++) {
    const bucket = buckets + ((<usize>b) << 2);
    const size = load<u32>(bucket);
    store<u32>(bucket, sum);
    sum += size;
  }
  for (let i = 0; i < count; i++) {
    const code = load<u32>(codes + ((<usize>i) << 2));
    const bucket = buckets + ((<usize>((code >> shift) & (BUCKETS - 1))) << 2);
    const place = load<u32>(bucket);
    store<u32>(bucket, place + 1);
    store<u32>(codesOut + ((<usize>place) << 2), code);
    store<u32>(orderOut + ((<usize>place) << 2), load<u32>(order + ((<usize>i) << 2)));
  }
}

// @ts-ignore: decorator
@inline function cell(value: f32, low: f32, scale: f32): u32 {
  return <u32>min<i32>(127, max<i32>(0, <i32>((value - low) * scale)));
}

/** Orders the points along a Morton curve of 128^3 cells, cuts tiles of 16 and bounds each by a box. */
export function tilePoints(job: usize): void {
  const count = pointCount(job);
  const dims = dimensions(job);
  const points = pointsAt(job);
  const order = orderAt(job);
  const codes = sortAt(job);
  const codes2 = codes + ((<usize>count) << 2);
  const order2 = codes2 + ((<usize>count) << 2);
  const buckets = order2 + ((<usize>count) << 2);
  let lowX: f32 = Infinity,
    lowY: f32 = Infinity,
    lowZ: f32 = Infinity;
  let highX: f32 = -Infinity,
    highY: f32 = -Infinity,
    highZ: f32 = -Infinity;
  for (let i = 0; i < count; i++) {
    const at = points + ((<usize>(i * dims)) << 2);
    const x = load<f32>(at),
      y = load<f32>(at, 4);
    const z: f32 = dims == 3 ? load<f32>(at, 8) : 0;
    lowX = min(lowX, x);
    lowY = min(lowY, y);
    lowZ = min(lowZ, z);
    highX = max(highX, x);
    highY = max(highY, y);
    highZ = max(highZ, z);
  }
  const extent = max<f32>(max<f32>(highX - lowX, highY - lowY), max<f32>(highZ - lowZ, 1e-20));
  const scale: f32 = 127.99 / extent;
  for (let i = 0; i < count; i++) {
    const at = points + ((<usize>(i * dims)) << 2);
    const z: f32 = dims == 3 ? load<f32>(at, 8) : 0;
    const code =
      spread(cell(load<f32>(at), lowX, scale)) |
      (spread(cell(load<f32>(at, 4), lowY, scale)) << 1) |
      (spread(cell(z, lowZ, scale)) << 2);
    store<u32>(codes + ((<usize>i) << 2), code);
    store<u32>(order + ((<usize>i) << 2), i);
  }
  countingPass(count, 0, codes, order, codes2, order2, buckets);
  countingPass(count, RADIX_BITS, codes2, order2, codes, order, buckets);
  const tiles = tileCount(job);
  const last = load<u32>(order + ((<usize>(count - 1)) << 2));
  for (let i = count; i < tiles * TILE; i++) store<u32>(order + ((<usize>i) << 2), last);
  for (let t = 0; t < tiles; t++) boundTile(job, t);
}

function boundTile(job: usize, tile: i32): void {
  const dims = dimensions(job);
  const points = pointsAt(job);
  const order = orderAt(job) + <usize>(tile * TILE * 4);
  const coordinates = coordinatesAt(job) + <usize>(tile * 3 * TILE * 4);
  const box = boxesAt(job) + <usize>(tile * 32);
  for (let axis = 0; axis < 3; axis++) {
    let low: f32 = Infinity,
      high: f32 = -Infinity;
    for (let lane = 0; lane < TILE; lane++) {
      const point = <i32>load<u32>(order + ((<usize>lane) << 2));
      const value: f32 = axis < dims ? load<f32>(points + ((<usize>(point * dims + axis)) << 2)) : 0;
      store<f32>(coordinates + ((<usize>(axis * TILE + lane)) << 2), value);
      low = min(low, value);
      high = max(high, value);
    }
    const centre: f32 = (low + high) * 0.5;
    store<f32>(box + ((<usize>axis) << 2), centre);
    store<f32>(box + 16 + ((<usize>axis) << 2), max(high - centre, centre - low));
  }
}

/** Planes and frames of all parts in the layout that vectors read; padding never matters. */
export function packPlanes(job: usize): void {
  const parts = partCount(job),
    planes = planeCount(job),
    padded = paddedCount(job),
    dims = dimensions(job);
  const normals = normalsAt(job),
    offsets = offsetsAt(job),
    translations = translationsAt(job);
  for (let k = 0; k < parts; k++) {
    const frame = frameAt(job) + <usize>(k * 16);
    for (let axis = 0; axis < 3; axis++) {
      const value: f32 = axis < dims ? load<f32>(translations + ((<usize>(k * dims + axis)) << 2)) : 0;
      store<f32>(frame + ((<usize>axis) << 2), value);
    }
    store<f32>(frame, load<f32>(smoothnessAt(job) + ((<usize>k) << 2)), 12);
    const target = planesAt(job) + <usize>(k * padded * 16);
    for (let h = 0; h < padded; h++) {
      const at = target + ((<usize>h) << 2);
      const plane = k * planes + h;
      const real = h < planes;
      for (let axis = 0; axis < 3; axis++) {
        const value: f32 =
          real && axis < dims ? load<f32>(normals + ((<usize>(plane * dims + axis)) << 2)) : 0;
        store<f32>(at + <usize>(axis * padded * 4), value);
      }
      store<f32>(
        at + <usize>(3 * padded * 4),
        real ? load<f32>(offsets + ((<usize>plane) << 2)) : INACTIVE_OFFSET,
      );
    }
  }
}
