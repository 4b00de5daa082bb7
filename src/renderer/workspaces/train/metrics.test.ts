import { describe, expect, it } from 'vitest';
import { curvesTable, metricNames } from './metrics';
import type { RunRow } from '../../../shared/contract/learning';

const rows: RunRow[] = [
  { step: 10, values: { total: 1, gradientNorm: 2 } },
  { step: 20, values: { total: Number.NaN, validationIou: 0.5, checkpoint: 20 } },
  { step: 30, values: { total: 0.5 } },
];

describe('curves', () => {
  it('are those of every metric, without bookkeeping', () => {
    expect(metricNames([{ rows }])).toEqual(['total', 'gradientNorm', 'validationIou']);
  });

  it('become a table that quotes what a spreadsheet would split', () => {
    expect(curvesTable([{ name: 'a, "b"', rows: [rows[1]] }])).toBe(
      'run,step,total,validationIou\r\n"a, ""b""",20,NaN,0.5\r\n',
    );
  });
});
