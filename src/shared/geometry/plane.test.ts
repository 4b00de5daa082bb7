import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { checkPlanes, facePlanes } from './plane';
import type { Polytope } from './types';

describe('checkPlanes', () => {
  it('counts rows of unit normals, up to a thousandth in length', () => {
    expect(checkPlanes([])).toEqual({ ok: true, value: 0 });
    expect(checkPlanes([1, 0, 0, -5, 0, 0.6, -0.8, 1e30])).toEqual({ ok: true, value: 2 });
    expect(checkPlanes([1.0009, 0, 0, 1, 0, 0.9991, 0, 1])).toEqual({ ok: true, value: 2 });
  });

  it.each([
    { row: [1, 0, 0], code: 'plane-layout', says: '3 numbers' },
    { row: [Number.NaN, 0, 0, 1], code: 'non-finite-plane', says: 'Plane 1 ' },
    { row: [0, Infinity, 0, 1], code: 'non-finite-plane', says: 'Plane 1 ' },
    { row: [1, 0, 0, Number.NaN], code: 'non-finite-plane', says: 'Plane 1 ' },
    { row: [1, 0, 0, -Infinity], code: 'non-finite-plane', says: 'Plane 1 ' },
    { row: [0, 0, 0, 1], code: 'non-finite-plane', says: '(0, 0, 0, 1)' },
    { row: [0, 0, 1.0011, 1], code: 'non-unit-plane', says: '1.00110' },
    { row: [0, 0.9989, 0, 1], code: 'non-unit-plane', says: '0.998900' },
    { row: [3, 4, 12, 1], code: 'non-unit-plane', says: '13.0000' },
  ])('says what is wrong with $row', ({ row, code, says }) => {
    const planes = code === 'plane-layout' ? row : [1, 0, 0, 1, ...row];
    const result = checkPlanes(planes);
    expect(result).toMatchObject({ ok: false, error: { code } });
    if (!result.ok) expect(result.error.message).toContain(says);
  });
});

describe('facePlanes', () => {
  it('of flat polygons in random planes are those planes, whichever corner is first (seed 121)', () => {
    const random = createRandom(121);
    for (let round = 0; round < 30; round++) {
      const [a, b] = [0, 1].map(() => [random.normal(), random.normal(), random.normal()]);
      const cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
      const normal = cross.map((value) => value / Math.hypot(...cross));
      const offset = random.normal();
      // A pentagon counter-clockwise in the coordinates along a and b.
      const vertices = [0, 1, 2, 3, 4].flatMap((corner) => {
        const angle = (2 * Math.PI * corner) / 5;
        return [0, 1, 2].map(
          (axis) => offset * normal[axis] + Math.cos(angle) * a[axis] + Math.sin(angle) * b[axis],
        );
      });
      const loops = [
        [0, 1, 2, 3, 4],
        [3, 4, 0, 1, 2],
        [4, 3, 2, 1, 0],
      ];
      const body: Polytope = {
        vertices: Float64Array.from(vertices),
        faces: loops.map((loop, plane) => ({ plane, loop })),
        redundantPlanes: [],
        clippedByBox: false,
      };
      const expected = [...normal, offset];
      [...expected, ...expected, ...expected.map((value) => 0 - value)].forEach((value, at) =>
        expect(facePlanes(body)[at]).toBeCloseTo(value, 10),
      );
    }
  });

  it('lie at the farthest corner of a face that is not flat', () => {
    const body: Polytope = {
      vertices: Float64Array.of(1, 1, 0.25, -1, 1, 0, -1, -1, 0.25, 1, -1, 0),
      faces: [{ plane: 0, loop: [0, 1, 2, 3] }],
      redundantPlanes: [],
      clippedByBox: false,
    };
    const [x, y, z, offset] = facePlanes(body);
    [x, y, z, offset].forEach((value, at) => expect(value).toBeCloseTo([0, 0, 1, 0.25][at], 12));
  });
});
