import { describe, expect, it } from 'vitest';
import { resizeMap, resizeMask, resizePicture } from './resize';

function row(values: readonly number[], to: number): number[] {
  return [
    ...resizeMap(Float32Array.from(values), { width: values.length, height: 1 }, { width: to, height: 1 }),
  ];
}

describe('resizeMap', () => {
  // torch.nn.functional.interpolate(mode='bilinear', align_corners=False)
  it.each([
    [[0, 1], 4, [0, 0.25, 0.75, 1]],
    [[1, 2, 3], 6, [1, 1.25, 1.75, 2.25, 2.75, 3]],
    [[10, 20, 40], 5, [10, 14, 20, 32, 40]],
    [[1, 2, 3, 4], 2, [1.5, 3.5]],
    [[0, 9, 0, 9, 0, 9], 2, [9, 0]],
    [[7], 3, [7, 7, 7]],
  ])('takes %j to %i values', (values, to, expected) => {
    row(values, to).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  });

  it('takes the centres of a ramp from 7 to 28 and from 12 to 100 by the half-pixel rule', () => {
    for (const [from, to] of [
      [7, 28],
      [12, 100],
    ]) {
      const ramp = Float32Array.from(
        { length: from * from },
        (_, i) => (i % from) + 100 * Math.floor(i / from),
      );
      const large = resizeMap(ramp, { width: from, height: from }, { width: to, height: to });
      const place = (i: number) => Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
      for (let y = 0; y < to; y++) {
        for (let x = 0; x < to; x++) {
          expect(Math.abs(large[y * to + x] - (place(x) + 100 * place(y)))).toBeLessThan(1e-3);
        }
      }
    }
  });

  it('leaves a constant map constant and returns an array of its own', () => {
    const map = new Float32Array(49).fill(3.25);
    expect(new Set(resizeMap(map, { width: 7, height: 7 }, { width: 31, height: 64 }))).toEqual(
      new Set([3.25]),
    );
    expect(resizeMap(map, { width: 7, height: 7 }, { width: 7, height: 7 })).not.toBe(map);
  });
});

describe('resizePicture', () => {
  it('enlarges bilinearly, channel by channel', () => {
    const picture = {
      width: 2,
      height: 1,
      channels: 3 as const,
      pixels: Uint8Array.of(0, 100, 255, 100, 100, 0),
    };
    const { pixels } = resizePicture(picture, { width: 4, height: 2 });
    const line = [0, 100, 255, 25, 100, 191, 75, 100, 64, 100, 100, 0];
    expect([...pixels]).toEqual([...line, ...line]);
  });

  it('counts every pixel when shrinking: stripes become their mean', () => {
    const pixels = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 2 === 0 ? 0 : 200));
    const small = resizePicture({ width: 64, height: 64, channels: 1, pixels }, { width: 8, height: 8 });
    for (const value of small.pixels) expect(Math.abs(value - 100)).toBeLessThanOrEqual(7);
  });
});

describe('resizeMask', () => {
  it('takes the nearest place and adds no values', () => {
    const mask = Uint8Array.of(0, 255, 255, 0);
    const size = { width: 2, height: 2 };
    expect([...resizeMask(mask, size, { width: 4, height: 2 })]).toEqual([0, 0, 255, 255, 255, 255, 0, 0]);
    expect([...resizeMask(mask, size, { width: 1, height: 1 })]).toEqual([0]);
    expect(new Set(resizeMask(mask, size, { width: 13, height: 9 }))).toEqual(new Set([0, 255]));
  });
});
