import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../../shared/geometry/types';
import { explodeOffsets } from './explode';

const CENTRES: readonly Vec3[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 2, 0],
  [0, 0, -0.5],
];

describe('explode', () => {
  it('moves nothing at 0 and leaves the middle of the shape where it is', () => {
    expect(
      explodeOffsets(CENTRES, 0)
        .flat()
        .every((x) => x === 0 || Object.is(x, -0)),
    ).toBe(true);
    const offsets = explodeOffsets(CENTRES, 1);
    for (const k of [0, 1, 2]) expect(offsets.reduce((sum, o) => sum + o[k], 0)).toBeCloseTo(0, 12);
  });

  it('moves every part straight away from the middle, in proportion to the factor', () => {
    const half = explodeOffsets(CENTRES, 0.5);
    const full = explodeOffsets(CENTRES, 1);
    const middle = [0, 0.5, -0.125];
    full.forEach((offset, i) => {
      const arm = CENTRES[i].map((x, k) => x - middle[k]);
      const cosine = arm.reduce((sum, x, k) => sum + x * offset[k], 0);
      expect(cosine).toBeCloseTo(Math.hypot(...arm) * Math.hypot(...offset), 12);
      offset.forEach((x, k) => expect(half[i][k] * 2).toBeCloseTo(x, 12));
    });
  });

  it('takes an empty shape', () => {
    expect(explodeOffsets([], 1)).toEqual([]);
  });
});
