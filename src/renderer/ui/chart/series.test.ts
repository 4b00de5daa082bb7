import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../shared/contract/learning';
import { metricTitle } from './metric-title';
import { curveOf, nearestIndex, smoothed } from './series';

describe('curves', () => {
  it('hold what was measured, without what is no number', () => {
    const rows: RunRow[] = [
      { step: 10, values: { total: 1, gradientNorm: 2 } },
      { step: 20, values: { total: Number.NaN, validationIou: 0.5 } },
      { step: 30, values: { total: 0.5 } },
    ];
    expect(curveOf(rows, 'total')).toEqual({ steps: [10, 30], values: [1, 0.5] });
    expect(curveOf(rows, 'validationIou')).toEqual({ steps: [20], values: [0.5] });
    expect(metricTitle('gradientNorm')).toBe('Gradient norm');
  });

  it('are smoothed without a lag at their start', () => {
    expect(smoothed([3, 3, 3], 0.9)).toEqual([3, 3, 3].map((value) => expect.closeTo(value, 12)));
    expect(smoothed([4, 8], 0)).toEqual([4, 8]);
    // (0.5 * 0.5 * 4 + 0.5 * 8) / (0.25 + 0.5)
    expect(smoothed([4, 8], 0.5)[1]).toBeCloseTo(20 / 3, 12);
  });

  it('find the step nearest to a cursor', () => {
    expect([-5, 10, 14, 16, 99].map((step) => nearestIndex([10, 20, 30], step))).toEqual([0, 0, 0, 1, 2]);
    expect(nearestIndex([], 3)).toBe(-1);
    expect(nearestIndex([7], 3)).toBe(0);
  });
});
