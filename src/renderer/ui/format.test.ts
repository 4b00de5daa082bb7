import { describe, expect, it } from 'vitest';
import { bytes, length, mass, plural, seconds, significant, volume } from './format';

describe('figures as a person reads them', () => {
  it('keep three significant digits and never an exponent', () => {
    expect([0, 1234567, 12.345, 0.0123456, -0.5].map((value) => significant(value))).toEqual([
      '0',
      '1,234,567',
      '12.3',
      '0.0123',
      '-0.500',
    ]);
    expect(significant(Number.NaN)).toBe('-');
  });

  it('choose the unit by size', () => {
    expect([2, 0.25, 0.0021].map(length)).toEqual(['2.00 m', '25.0 cm', '2.10 mm']);
    expect([0.5, 0.0123, 0.00005].map(volume)).toEqual(['0.500 m\u00B3', '12.3 L', '50.0 cm\u00B3']);
    expect([17.25, 0.004].map(mass)).toEqual(['17.3 kg', '4.00 g']);
    expect([2.14, 34.6, 90].map(seconds)).toEqual(['2.1 s', '35 s', '1 min 30 s']);
    expect([12, 28_900, 3_400_000].map(bytes)).toEqual(['12 bytes', '28.9 kB', '3.40 MB']);
  });

  it('count one and many', () => {
    expect([plural(1, 'part'), plural(2, 'part'), plural(1200, 'vertex', 'vertices')]).toEqual([
      '1 part',
      '2 parts',
      '1,200 vertices',
    ]);
  });
});
