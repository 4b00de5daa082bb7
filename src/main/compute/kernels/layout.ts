/**
 * The job block that host and kernel share, as indices of 32-bit words; assembly/layout.ts reads the same numbers.
 * Everything but the block and the control words lies behind it, laid out anew when a call needs more room.
 */
export const WORD = {
  parts: 0,
  planes: 1,
  dims: 2,
  points: 3,
  chunks: 4,
  sharpness: 5,
  normalsAt: 6,
  offsetsAt: 7,
  translationsAt: 8,
  smoothnessAt: 9,
  pointsAt: 10,
  planesAt: 11,
  frameAt: 12,
  orderAt: 13,
  coordinatesAt: 14,
  boxesAt: 15,
  indicatorAt: 16,
  upstreamAt: 17,
  partialsAt: 18,
  normalGradientAt: 19,
  offsetGradientAt: 20,
  translationGradientAt: 21,
  smoothnessGradientAt: 22,
  pointGradientAt: 23,
  sortAt: 24,
  scratchAt: 25,
  scratchBytes: 26,
} as const;

/** Words by which threads share the chunks of a call; behind the job block. */
export const CONTROL = {
  /** Generation and next chunk in one word, so that a claim cannot mix two calls. */
  state: 32,
  /** Chunks that are done in this generation. */
  done: 33,
  /** 0 forward, 1 backward. */
  direction: 34,
} as const;

/** Byte address of the job block; 0 is left free so that a null address is never valid. */
export const JOB_ADDRESS = 1024;
/** First byte behind the page of fixed blocks. */
export const DATA_ADDRESS = 65536;
export const TILE = 16;
const MOST_CHUNKS = 16;
const SORT_BUCKETS = 2048;

/** Sizes of one call. */
export interface FieldSize {
  readonly dims: number;
  readonly parts: number;
  readonly planes: number;
  readonly points: number;
}

/** Chunks of a call: by the number of points only, so that the sums do not depend on the number of threads. */
export function chunksFor(points: number): number {
  const tiles = Math.ceil(points / TILE);
  return Math.max(1, Math.min(MOST_CHUNKS, Math.ceil(tiles / 8)));
}

export type AddressName = Extract<keyof typeof WORD, `${string}At`>;

/**
 * Byte address of each buffer and the end of the last. The largest grow with parts x points (indicator and upstream)
 * and with chunks x parts x planes; none with parts x planes x points.
 */
export function layOut(size: FieldSize, threads: number) {
  const { dims, parts, planes, points } = size;
  const padded = Math.ceil(planes / 4) * 4;
  const tiles = Math.ceil(points / TILE);
  const scratchBytes = Math.ceil((padded * 72 + 64 + 3 * TILE * 4) / 64 + 1) * 64;
  let end = DATA_ADDRESS;
  const take = (bytes: number): number => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const addresses: Record<AddressName, number> = {
    normalsAt: take(parts * planes * dims * 4),
    offsetsAt: take(parts * planes * 4),
    translationsAt: take(parts * dims * 4),
    smoothnessAt: take(parts * 4),
    planesAt: take(parts * padded * 16),
    frameAt: take(parts * 16),
    scratchAt: take(threads * scratchBytes),
    pointsAt: take(points * dims * 4),
    orderAt: take(tiles * TILE * 4),
    coordinatesAt: take(tiles * TILE * 12),
    boxesAt: take(tiles * 32),
    sortAt: take(points * 12 + SORT_BUCKETS * 4),
    indicatorAt: take(parts * points * 4),
    upstreamAt: take(parts * points * 4),
    partialsAt: take(chunksFor(points) * parts * (padded + 1) * 16),
    normalGradientAt: take(parts * planes * dims * 4),
    offsetGradientAt: take(parts * planes * 4),
    translationGradientAt: take(parts * dims * 4),
    smoothnessGradientAt: take(parts * 4),
    pointGradientAt: take(points * dims * 4),
  };
  return { addresses, scratchBytes, end };
}
