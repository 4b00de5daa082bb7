import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPointIndex, estimatePointAreas, nearestDistances } from './nearest';

const SEED = 20_264;

describe('createPointIndex', () => {
  it(`finds the nearest and the k-th nearest of brute force (seed ${SEED})`, () => {
    // Places on a coarse lattice make ties and duplicates; queries reach beyond the cloud on every side.
    const coordinate = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -2, max: 2 }));
    const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 80 });
    const far = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(cloud, fc.tuple(far, far, far), (points, [x, y, z]) => {
        const index = createPointIndex(points.flat());
        const sorted = points
          .map((p) => (p[0] - x) ** 2 + (p[1] - y) ** 2 + (p[2] - z) ** 2)
          .sort((a, b) => a - b);
        expect(index.nearestSquared(x, y, z)).toBe(sorted[0]);
        for (const k of [1, Math.ceil(sorted.length / 2), sorted.length]) {
          expect(index.kthSquared(x, y, z, k)).toBe(sorted[k - 1]);
        }
        expect(index.kthSquared(x, y, z, sorted.length + 1)).toBe(Infinity);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe('nearestDistances', () => {
  it('takes points or an index of them', () => {
    const targets = Float32Array.of(0, 0, 0, 10, 0, 0);
    const points = [1, 2, 2, 10, 3, 4, 4, 0, 3];
    expect([...nearestDistances(points, targets)]).toEqual([3, 5, 5]);
    expect([...nearestDistances(points, createPointIndex(targets))]).toEqual([3, 5, 5]);
  });

  it('to nothing are infinite', () => {
    expect([...nearestDistances([0, 0, 0], [])]).toEqual([Infinity]);
  });
});

describe('estimatePointAreas', () => {
  it('of a square lattice comes from the distance to the eighth neighbour, which is diagonal', () => {
    const points: number[] = [];
    for (let i = 0; i < 7; i++) for (let j = 0; j < 7; j++) points.push(0.5 * i, 3, 0.5 * j);
    const areas = estimatePointAreas(points);
    expect(areas).toHaveLength(49);
    expect(areas[24]).toBeCloseTo((Math.PI * 2 * 0.25) / 8, 12);
    expect(estimatePointAreas(points, 4)[24]).toBeCloseTo((Math.PI * 0.25) / 4, 12);
  });

  it('takes the neighbours there are, and no area for a point alone', () => {
    const three = estimatePointAreas([0, 0, 0, 1, 0, 0, 3, 0, 0]);
    [9, 4, 9].forEach((square, at) => expect(three[at]).toBeCloseTo((Math.PI * square) / 2, 12));
    expect([...estimatePointAreas([1, 2, 3, 1, 2, 5])]).toEqual([4 * Math.PI, 4 * Math.PI]);
    expect([...estimatePointAreas([1, 2, 3])]).toEqual([0]);
    expect([...estimatePointAreas([])]).toEqual([]);
  });
});
