import { boundsOfPart } from './bounds';
import type { Breath } from './breath';
import { coverage, coveredIou, type Coverage, type WeightedPoints } from './coverage';
import { SMALLEST_OFFSET, type FitParameters } from './parameters';
import { pointsNear } from './point-grid';

/** How far one sweep moves a plane at most, learning units. */
const REACH = 0.012;
/** Sort keys: a height in steps of this many per unit, times rows; exact up to KEY_ROWS rows. */
const KEY_STEPS = 2 ** 26;
const KEY_ROWS = 2 ** 26;
/** Gain, in sample weights, below which a plane stays: less is noise of the samples. */
const LEAST_GAIN = 1;

/** What the parts cover, and how well. */
export interface Polished {
  readonly cover: Coverage;
  readonly iou: number;
}

/**
 * Moves every free plane along its normal to where the IoU of the explicit polytopes on the samples is largest, the
 * others held: an exact line search over the samples that this plane alone decides. Returns the IoU afterwards, which
 * is never lower than before; null when cancelled. `sweeps` rounds over all planes.
 */
export async function polishOffsets(
  parameters: FitParameters,
  samples: WeightedPoints,
  sweeps: number,
  breath: Breath,
): Promise<Polished | null> {
  const { shape } = parameters;
  const cover = coverage(shape, samples.grid);
  let iou = coveredIou(cover.counts, samples);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let k = 0; k < shape.parts; k++) {
      if (await breath.take()) return null;
      polishPart(parameters, k, samples, cover.counts, cover.byPart[k], iou);
    }
    const next = coveredIou(cover.counts, samples);
    if (next <= iou) break;
    iou = next;
  }
  return { cover, iou };
}

/**
 * Line searches of one part's planes in turn; `counts` is what all parts cover, `own` what this one
 * does; both are kept up to date.
 */
export function polishPart(
  { shape, frozenOffsets }: Pick<FitParameters, 'shape' | 'frozenOffsets'>,
  k: number,
  { grid, inside, weights }: WeightedPoints,
  counts: Uint16Array,
  own: Uint8Array,
  penalty: number,
): void {
  const { planes, normals, offsets, translations } = shape;
  const cx = translations[k * 3];
  const cy = translations[k * 3 + 1];
  const cz = translations[k * 3 + 2];
  const { points } = grid;
  const candidates = pointsNear(grid, boundsOfPart(shape, k, REACH));
  const near = new Int32Array(candidates.length);
  const heights = new Float64Array(candidates.length * planes);
  const positive = new Uint8Array(candidates.length);
  let count = 0;
  for (const i of candidates) {
    const x = points[i * 3] - cx;
    const y = points[i * 3 + 1] - cy;
    const z = points[i * 3 + 2] - cz;
    let over = 0;
    let highest = -Infinity;
    let h = 0;
    for (; h < planes; h++) {
      const plane = k * planes + h;
      const height =
        normals[plane * 3] * x + normals[plane * 3 + 1] * y + normals[plane * 3 + 2] * z - offsets[plane];
      if (height > REACH) break;
      heights[count * planes + h] = height;
      if (height > 0) over++;
      if (height > highest) highest = height;
    }
    // Beyond a plane's reach on either side, nothing here decides.
    if (h < planes || highest < -REACH) continue;
    near[count] = i;
    positive[count++] = over;
  }

  const keys = new Float64Array(count);
  for (let h = 0; h < planes; h++) {
    if (frozenOffsets[k * planes + h] === 1) continue;
    let found = 0;
    for (let p = 0; p < count; p++) {
      const height = heights[p * planes + h];
      if (height < -REACH || height > REACH) continue;
      if (positive[p] > (height > 0 ? 1 : 0) || counts[near[p]] > own[near[p]]) continue;
      keys[found++] = Math.floor((height + REACH) * KEY_STEPS) * KEY_ROWS + p;
    }
    // One number holds height and row: numbers sort much faster than rows by a comparison.
    const sorted = keys.subarray(0, found).sort();
    const sortedHeights = new Float64Array(found);
    const values = new Float64Array(found);
    for (let i = 0; i < found; i++) {
      const p = sorted[i] % KEY_ROWS;
      sortedHeights[i] = heights[p * planes + h];
      values[i] = inside[near[p]] === 1 ? weights[near[p]] : -penalty * weights[near[p]];
    }
    const shift = bestShift(sortedHeights, values);
    const moved = Math.max(offsets[k * planes + h] + shift, SMALLEST_OFFSET);
    const before = offsets[k * planes + h];
    if (shift === 0 || moved === before) continue;
    offsets[k * planes + h] = moved;
    const applied = offsets[k * planes + h] - before;
    for (let p = 0; p < count; p++) {
      const at = p * planes + h;
      if (heights[at] > 0) positive[p]--;
      heights[at] -= applied;
      if (heights[at] > 0) positive[p]++;
    }
  }
  for (let p = 0; p < count; p++) {
    const covered = positive[p] === 0 ? 1 : 0;
    counts[near[p]] += covered - own[near[p]];
    own[near[p]] = covered;
  }
}

/**
 * The shift of a plane whose samples at ascending `heights` over it enter when the shift passes them: the largest sum
 * of `values` below, in the middle of the gap there, or 0 when that wins less than LEAST_GAIN.
 */
function bestShift(heights: Float64Array, values: Float64Array): number {
  let sum = 0;
  let now = 0;
  let best = 0;
  let place = -1;
  for (let i = 0; i < heights.length; i++) {
    sum += values[i];
    if (heights[i] <= 0) now = sum;
    if (sum > best) {
      best = sum;
      place = i;
    }
  }
  if (best - now < LEAST_GAIN) return 0;
  const low = place < 0 ? -REACH : heights[place];
  const high = place + 1 < heights.length ? heights[place + 1] : REACH;
  return (low + high) / 2;
}
