import { describe, expect, it } from 'vitest';
import { editUnit, formatLength, formatRound, gridSteps, gridUnit, roundStep } from './lengths';

describe('lengths', () => {
  it('rounds steps up to 1, 2 or 5 times a power of ten', () => {
    expect(roundStep(1, 10)).toBeCloseTo(0.1, 12);
    expect(roundStep(1.1, 10)).toBeCloseTo(0.2, 12);
    expect(roundStep(0.0024, 10)).toBeCloseTo(0.0005, 12);
    expect(roundStep(70, 10)).toBeCloseTo(10, 12);
  });

  it.each([0.001, 0.0123, 0.5, 1, 2.7, 40, 900])('gives a scene of %d m round steps that divide', (size) => {
    const { minor, major } = gridSteps(size);
    const cells = size / minor;
    expect(cells).toBeGreaterThan(6);
    expect(cells).toBeLessThanOrEqual(16.01);
    expect(major / minor).toBeCloseTo(Math.round(major / minor), 9);
    expect(formatRound(major, gridUnit(major))).toMatch(/^[125]0* (µm|mm|cm|m|km)$/);
  });

  it('writes lengths with their unit', () => {
    expect(formatLength(0.0125, editUnit(1), true)).toBe('+12.50 mm');
    expect(formatLength(-0.0125, editUnit(1), true)).toBe('\u221212.50 mm');
    expect(formatLength(-1e-9, editUnit(1), true)).toBe('0.00 mm');
    expect(formatRound(0.1, gridUnit(0.1))).toBe('10 cm');
    expect(formatRound(-0.15, gridUnit(0.05))).toBe('\u221215 cm');
    expect(formatRound(1000, gridUnit(1))).toBe('1000 m');
    expect(editUnit(300).name).toBe('m');
  });
});
