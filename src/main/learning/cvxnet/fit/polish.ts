import { coverage, coveredIou, type WeightedPoints } from './coverage';
import { SMALLEST_OFFSET, type FitParameters } from './parameters';

/** How far one sweep moves a plane at most, learning units. */
const REACH = 0.02;
/** Gain, in sample weights, below which a plane stays: less is noise of the samples. */
const LEAST_GAIN = 1;

/**
 * Moves every free plane along its normal to where the IoU of the explicit polytopes on the samples is largest, the
 * others held: an exact line search over the samples that this plane alone decides. Returns the IoU afterwards, which
 * is never lower than before. `sweeps` rounds over all planes.
 */
export function polishOffsets(parameters: FitParameters, samples: WeightedPoints, sweeps: number): number {
  const { shape } = parameters;
  const cover = coverage(shape, samples.points);
  let iou = coveredIou(cover.counts, samples);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let k = 0; k < shape.parts; k++) {
      const own = cover.byPart[k];
      for (let i = 0; i < own.length; i++) cover.counts[i] -= own[i];
      polishPart(parameters, k, samples, cover.counts, own, iou);
      for (let i = 0; i < own.length; i++) cover.counts[i] += own[i];
    }
    const next = coveredIou(cover.counts, samples);
    if (next <= iou) break;
    iou = next;
  }
  return iou;
}

/** Line searches of one part's planes in turn; `others` counts what other parts cover, `own` is kept up to date. */
function polishPart(
  { shape, frozenOffsets }: FitParameters,
  k: number,
  { points, inside, weights }: WeightedPoints,
  others: Uint16Array,
  own: Uint8Array,
  penalty: number,
): void {
  const { planes, normals, offsets, translations } = shape;
  const near: number[] = [];
  const rows: number[] = [];
  const row = new Float64Array(planes);
  for (let i = 0; i < own.length; i++) {
    let h = 0;
    for (; h < planes; h++) {
      const plane = k * planes + h;
      row[h] = -offsets[plane];
      for (let a = 0; a < 3; a++)
        row[h] += normals[plane * 3 + a] * (points[i * 3 + a] - translations[k * 3 + a]);
      if (row[h] > REACH) break;
    }
    if (h < planes) continue;
    near.push(i);
    for (h = 0; h < planes; h++) rows.push(row[h]);
  }
  const heights = Float64Array.from(rows);
  const positive = new Uint8Array(near.length);
  for (let i = 0; i < heights.length; i++) if (heights[i] > 0) positive[Math.floor(i / planes)]++;

  for (let h = 0; h < planes; h++) {
    if (frozenOffsets[k * planes + h] === 1) continue;
    const decided: { height: number; value: number }[] = [];
    for (let p = 0; p < near.length; p++) {
      const height = heights[p * planes + h];
      if (others[near[p]] > 0 || height < -REACH || height > REACH) continue;
      if (positive[p] - (height > 0 ? 1 : 0) > 0) continue;
      decided.push({ height, value: inside[near[p]] === 1 ? weights[near[p]] : -penalty * weights[near[p]] });
    }
    const shift = bestShift(decided);
    const moved = Math.max(offsets[k * planes + h] + shift, SMALLEST_OFFSET);
    const before = offsets[k * planes + h];
    if (shift === 0 || moved === before) continue;
    offsets[k * planes + h] = moved;
    const applied = offsets[k * planes + h] - before;
    for (let p = 0; p < near.length; p++) {
      const at = p * planes + h;
      if (heights[at] > 0) positive[p]--;
      heights[at] -= applied;
      if (heights[at] > 0) positive[p]++;
    }
  }
  for (let p = 0; p < near.length; p++) own[near[p]] = positive[p] === 0 ? 1 : 0;
}

/**
 * The shift of a plane whose samples at `height` over it enter when the shift passes them: the largest sum of values
 * below, in the middle of the gap there, or 0 when that wins less than LEAST_GAIN.
 */
function bestShift(decided: { height: number; value: number }[]): number {
  decided.sort((a, b) => a.height - b.height);
  let sum = 0;
  let now = 0;
  let best = 0;
  let place = -1;
  for (let i = 0; i < decided.length; i++) {
    sum += decided[i].value;
    if (decided[i].height <= 0) now = sum;
    if (sum > best) {
      best = sum;
      place = i;
    }
  }
  if (best - now < LEAST_GAIN) return 0;
  const low = place < 0 ? -REACH : decided[place].height;
  const high = place + 1 < decided.length ? decided[place + 1].height : REACH;
  return (low + high) / 2;
}
