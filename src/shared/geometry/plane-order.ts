import type { ClipState } from './clip';

/** Planes by index, near ones first, up to the width of a bucket: none behind is nearer by more than that. */
export interface PlaneOrder {
  /** The module's own, as long as the next call leaves it; entries behind the planes mean nothing. */
  readonly order: Int32Array;
  readonly width: number;
}

/** Buckets are at least this share of the largest |offset| wide: of near duplicates the first comes first. */
const LEAST_WIDTH = 1e-9;

/** Share of a bucket's width: bounds fall beside round offsets, where near duplicates are. */
const ASIDE = 0.381966;

let order = new Int32Array(64);
let buckets = new Int32Array(64);
let bucketStarts = new Int32Array(65);

/**
 * Brings planes into an order, near ones first: the body is small soon, and most of the rest cut nothing. Roughly is
 * enough, so they go by one bucket per plane, and by index within a bucket.
 */
export function orderByOffset({
  plane: rows,
  planes: count,
  smallest,
  largest,
}: Pick<ClipState, 'plane' | 'planes' | 'smallest' | 'largest'>): PlaneOrder {
  if (order.length < count) {
    order = new Int32Array(2 * count);
    buckets = new Int32Array(2 * count);
    bucketStarts = new Int32Array(2 * count + 1);
  }
  const bucketOf = buckets;
  const starts = bucketStarts;
  const sorted = order;
  const size = Math.max(Math.abs(smallest), Math.abs(largest));
  const width = Math.max((largest - smallest) / (count - 0.5), LEAST_WIDTH * size) || 1;
  const perWidth = 1 / width;
  const from = smallest - ASIDE * width;
  for (let bucket = 0; bucket <= count; bucket++) starts[bucket] = 0;
  for (let plane = 0; plane < count; plane++) {
    const bucket = ((rows[4 * plane + 3] - from) * perWidth) | 0;
    bucketOf[plane] = bucket;
    starts[bucket + 1]++;
  }
  let start = 0;
  for (let bucket = 1; bucket < count; bucket++) {
    start += starts[bucket];
    starts[bucket] = start;
  }
  for (let plane = 0; plane < count; plane++) sorted[starts[bucketOf[plane]]++] = plane;
  return { order: sorted, width };
}
