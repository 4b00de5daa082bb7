import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestNeighbours } from './neighbours';

const SEED = 12;

describe('nearest neighbours', () => {
  it(`are those of an exhaustive search, seed ${SEED}`, () => {
    const point = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -300, max: 300 }).map((n) => n / 100)));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (list, k) => {
          const points = Float64Array.from(list.flat());
          const found = nearestNeighbours(points, k);
          const distance = (p: number, q: number): number =>
            Math.hypot(...[0, 1, 2].map((c) => points[p * 3 + c] - points[q * 3 + c]));
          for (let p = 0; p < list.length; p++) {
            const all = list.map((_, q) => distance(p, q)).filter((_, q) => q !== p);
            const expected = all.sort((a, b) => a - b).slice(0, k);
            expect(Array.from(found.subarray(p * k, (p + 1) * k), (q) => distance(p, q))).toEqual(expected);
          }
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });
});
