import { describe, expect, it } from 'vitest';
import { oklchToLinear, partColour } from './colour';

describe('part colours', () => {
  it.each(['dark', 'light'] as const)('stay inside sRGB for the first 512 parts in the %s theme', (theme) => {
    for (let index = 0; index < 512; index++) {
      for (const component of partColour(index, theme).linear) {
        expect(component).toBeGreaterThanOrEqual(0);
        expect(component).toBeLessThanOrEqual(1);
      }
    }
  });

  it('give an index the same colour every time and neighbours different ones', () => {
    expect(partColour(7, 'dark')).toEqual(partColour(7, 'dark'));
    const first = new Set(Array.from({ length: 24 }, (_, index) => partColour(index, 'dark').css));
    expect(first.size).toBe(24);
  });

  it('convert white and the red primary as the definition of OKLab says', () => {
    for (const component of oklchToLinear(1, 0, 0)) expect(component).toBeCloseTo(1, 6);
    const red = oklchToLinear(0.6279554, 0.2576833, 29.2338805);
    expect(red[0]).toBeCloseTo(1, 4);
    expect(red[1]).toBeCloseTo(0, 4);
    expect(red[2]).toBeCloseTo(0, 4);
  });
});
