import { describe, expect, it } from 'vitest';
import { COLOUR_MAP_NAMES, COLOUR_STEPS, COLOUR_MAPS, colourAt } from './colour-maps';

/** OKLab (Ottosson 2020) of an sRGB colour, 0 to 255. */
function oklab(red: number, green: number, blue: number): [number, number, number] {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** CIE lightness, 0 to 100. */
function lightness(red: number, green: number, blue: number): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 116 * Math.cbrt(0.2126729 * r + 0.7151522 * g + 0.072175 * b) - 16;
}

const at = (name: (typeof COLOUR_MAP_NAMES)[number], i: number): [number, number, number] => {
  const [r, g, b] = COLOUR_MAPS[name].subarray(i * 3, i * 3 + 3);
  return [r, g, b];
};

describe('colour maps', () => {
  it.each([
    ['viridis', 75, 2],
    ['magma', 98, 4],
  ] as const)('%s rises in lightness along a straight line', (name, least, most) => {
    const values = Array.from({ length: COLOUR_STEPS }, (_, i) => lightness(...at(name, i)));
    const [from, to] = [values[8], values[COLOUR_STEPS - 1]];
    expect(to - values[0]).toBeGreaterThan(least);
    values.slice(8).forEach((value, i) => {
      const straight = from + ((to - from) * i) / (COLOUR_STEPS - 9);
      expect(Math.abs(value - straight), `step ${i + 8}`).toBeLessThan(most);
    });
  });

  it('viridis begins and ends as published', () => {
    expect(at('viridis', 0)).toEqual([0x44, 0x01, 0x54]);
    expect(at('viridis', 255)).toEqual([0xfd, 0xe7, 0x25]);
  });

  it('diverging is equally light on both sides, lightest and grey in the middle, in even steps', () => {
    const colours = Array.from({ length: COLOUR_STEPS }, (_, i) => oklab(...at('diverging', i)));
    for (let i = 0; i < COLOUR_STEPS / 2; i++) {
      expect(colours[i][0]).toBeCloseTo(colours[COLOUR_STEPS - 1 - i][0], 1.9);
    }
    const distance = (a: number, b: number): number =>
      Math.hypot(...colours[a].map((value, c) => value - colours[b][c]));
    const strides = Array.from({ length: 7 }, (_, i) => distance(i * 17, (i + 1) * 17));
    expect(Math.max(...strides) / Math.min(...strides)).toBeLessThan(1.1);
    const [, a, b] = colours[127];
    expect(Math.hypot(a, b)).toBeLessThan(0.01);
    expect(colours[0][2]).toBeLessThan(-0.1);
    expect(colours[255][1]).toBeGreaterThan(0.1);
  });

  it('takes shares beyond its ends, and none, as the ends', () => {
    for (const name of COLOUR_MAP_NAMES) {
      expect(colourAt(name, -3)).toEqual(at(name, 0));
      expect(colourAt(name, 7)).toEqual(at(name, COLOUR_STEPS - 1));
      expect(colourAt(name, 0.5)).toEqual(at(name, 128));
      expect(colourAt(name, Number.NaN)).toEqual(at(name, 0));
    }
  });
});
