import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBfloat, fromHalf, toBfloat, toHalf } from './half';

describe('half precision', () => {
  it('keeps every one of its 65,536 patterns', () => {
    for (let bits = 0; bits < 65_536; bits++) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
      else if (toHalf(value) !== bits) expect.fail(`pattern ${bits} came back as ${toHalf(value)}`);
    }
  });

  it('rounds to the nearest, ties to even', () => {
    expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toHalf(65_519)).toBe(0x7bff);
    expect(toHalf(65_520)).toBe(0x7c00);
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(1.5 * 2 ** -24)).toBe(2);
    expect(toHalf(-(2 ** -14) + 2 ** -26)).toBe(0x8400);
    expect(toHalf(Number.NEGATIVE_INFINITY)).toBe(0xfc00);
  });

  it('is never further than a neighbour (seed 3201)', () => {
    fc.assert(
      fc.property(fc.float({ min: -65_504, max: 65_504, noNaN: true }), (value) => {
        const bits = toHalf(value);
        const error = Math.abs(fromHalf(bits) - value);
        for (const other of [bits - 1, bits + 1]) {
          const neighbour = fromHalf(other & 0xffff);
          if (Number.isFinite(neighbour)) expect(error).toBeLessThanOrEqual(Math.abs(neighbour - value));
        }
      }),
      { seed: 3201, numRuns: 500 },
    );
  });
});

describe('bfloat16', () => {
  it('keeps every one of its 65,536 patterns', () => {
    for (let bits = 0; bits < 65_536; bits++) {
      const value = fromBfloat(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(fromBfloat(toBfloat(value)))).toBe(true);
      else if (toBfloat(value) !== bits) expect.fail(`pattern ${bits} came back as ${toBfloat(value)}`);
    }
  });

  it('rounds to the nearest, ties to even', () => {
    expect(toBfloat(1 + 2 ** -8)).toBe(0x3f80);
    expect(toBfloat(1 + 3 * 2 ** -8)).toBe(0x3f82);
    expect(toBfloat(3.4e38)).toBe(0x7f80);
    expect(toBfloat(-0)).toBe(0x8000);
  });
});
