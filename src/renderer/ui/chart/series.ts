import type { RunRow } from '../../../shared/contract/learning';

/** One metric of one run. */
export interface Curve {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** The finite values of a metric; rows without it are left out. */
export function curveOf(rows: readonly RunRow[], metric: string): Curve {
  const steps: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    const value = row.values[metric];
    if (value === undefined || !Number.isFinite(value)) continue;
    steps.push(row.step);
    values.push(value);
  }
  return { steps, values };
}

/**
 * Exponential moving average, corrected for its start as Adam corrects its moments, so that the first value is the
 * first measured one.
 *
 * @param factor weight of the past, 0 to below 1
 */
export function smoothed(values: readonly number[], factor: number): number[] {
  let average = 0;
  let weight = 0;
  return values.map((value) => {
    average = factor * average + (1 - factor) * value;
    weight = factor * weight + (1 - factor);
    return average / weight;
  });
}

/** Index of the step nearest to `step`; -1 without any. `steps` rise. */
export function nearestIndex(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle] < step) low = middle;
    else high = middle;
  }
  return high >= 0 && Math.abs(steps[high] - step) < Math.abs(steps[low] - step) ? high : Math.min(low, high);
}
