import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { orderByOffset } from './plane-order';

function ordered(offsets: readonly number[]): { order: number[]; width: number } {
  const { order, width } = orderByOffset({
    plane: Float64Array.from(offsets.flatMap((offset) => [0, 0, 1, offset])),
    planes: offsets.length,
    smallest: Math.min(...offsets),
    largest: Math.max(...offsets),
  });
  return { order: Array.from(order.subarray(0, offsets.length)), width };
}

/** A permutation in which no plane is nearer than one before it by more than the width. */
function expectOrder(offsets: readonly number[]): void {
  const { order, width } = ordered(offsets);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from(offsets.keys()));
  let farthest = -Infinity;
  const early: number[] = [];
  for (const plane of order) {
    if (offsets[plane] < farthest - width) early.push(plane);
    farthest = Math.max(farthest, offsets[plane]);
  }
  expect(early).toEqual([]);
}

describe('the order of planes by offset', () => {
  it('is ascending where the offsets are as far apart as buckets are wide', () => {
    // Range 4 over 5 planes: a width of 4 / 4.5.
    const { order, width } = ordered([4, 1, 3, 0, 2]);
    expect(width).toBeCloseTo(4 / 4.5, 12);
    expect(order).toEqual([3, 1, 4, 2, 0]);
    expect(ordered([-1, -5, -3, -4, -2]).order).toEqual([1, 3, 2, 4, 0]);
    expect(ordered([7]).order).toEqual([0]);
    expect(ordered([]).order).toEqual([]);
  });

  it('keeps planes of one offset, and near ones, in the order that they came in', () => {
    expect(ordered([2, 2, 2, 2]).order).toEqual([0, 1, 2, 3]);
    expect(ordered([0, 0, 0]).width).toBeGreaterThan(0);
    expect(ordered([1, 0, 1, 0, 1]).order).toEqual([1, 3, 0, 2, 4]);
    // A billionth of the largest is as near as can be told apart, on either side of zero.
    for (const sign of [1, -1]) {
      const near = [5, 5 + 1e-10, 5 - 1e-10, 5 + 2e-10].map((offset) => sign * offset);
      expect(ordered(near)).toEqual({ order: [0, 1, 2, 3], width: expect.closeTo(5e-9, 12) });
    }
  });

  it('holds for planes anywhere, few and many (seed 51)', () => {
    const random = createRandom(51);
    for (const count of [2, 3, 10, 63, 64, 65, 300, 1000]) {
      for (const shift of [0, -3, 100]) {
        expectOrder(Array.from({ length: count }, () => shift + random.normal()));
        expectOrder(Array.from({ length: count }, () => shift + random.integer(5)));
      }
    }
  });

  it('is as fine as there are planes: the width is their range by their number', () => {
    const random = createRandom(52);
    const offsets = Array.from({ length: 200 }, () => random.uniform());
    const range = Math.max(...offsets) - Math.min(...offsets);
    expect(ordered(offsets).width).toBeCloseTo(range / 199.5, 12);
  });
});
