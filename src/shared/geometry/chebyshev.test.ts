import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { unwrap } from '../result';
import { inscribedSphere } from './chebyshev';
import { largestDistance } from './testing/planes';

const CUBE = [1, 0, 0, 1, -1, 0, 0, 1, 0, 1, 0, 1, 0, -1, 0, 1, 0, 0, 1, 1, 0, 0, -1, 1];

describe('inscribedSphere', () => {
  it('of a cube, moved, scaled, and with redundant planes', () => {
    const planes = [...CUBE, Math.SQRT1_2, Math.SQRT1_2, 0, 5, 1, 0, 0, 1];
    for (let at = 0; at < planes.length; at += 4) {
      planes[at + 3] = 1e-3 * planes[at + 3] + planes[at] * 4 - planes[at + 1] * 3 + planes[at + 2];
    }
    const { centre, radius } = unwrap(inscribedSphere(planes));
    expect(radius).toBeCloseTo(1e-3, 14);
    [4, -3, 1].forEach((value, axis) => expect(centre[axis]).toBeCloseTo(value, 13));
  });

  it('of the unit right simplex: radius 1 / (3 + √3) at (r, r, r)', () => {
    const s = Math.sqrt(1 / 3);
    const { centre, radius } = unwrap(inscribedSphere([-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0, s, s, s, s]));
    expect(radius).toBeCloseTo(1 / (3 + Math.sqrt(3)), 14);
    centre.forEach((value) => expect(value).toBeCloseTo(radius, 14));
  });

  it('of a plate, where many spheres are largest', () => {
    const planes = [...CUBE];
    planes[19] = 0.1;
    planes[23] = 0.1;
    const { centre, radius } = unwrap(inscribedSphere(planes));
    expect(radius).toBeCloseTo(0.1, 14);
    expect(largestDistance(planes, ...centre)).toBeCloseTo(-0.1, 14);
  });

  it('is inside by its radius, and no nearby centre does better (seed 71)', () => {
    const random = createRandom(71);
    for (let round = 0; round < 100; round++) {
      const planes: number[] = [];
      for (let plane = 0; plane < 20; plane++) {
        const normal = [random.normal(), random.normal(), random.normal()];
        planes.push(...normal.map((value) => value / Math.hypot(...normal)), 1e-6 + 0.4 * random.uniform());
      }
      const result = inscribedSphere(planes);
      if (!result.ok) continue;
      const { centre, radius } = result.value;
      expect(largestDistance(planes, ...centre)).toBeCloseTo(-radius, 12);
      for (let step = 0; step < 50; step++) {
        const [x, y, z] = centre.map((value) => value + 10 ** (-4 * random.uniform() - 1) * random.normal());
        expect(largestDistance(planes, x, y, z)).toBeGreaterThanOrEqual(-radius - 1e-12);
      }
    }
  });

  it('reports open and empty bodies and bad planes', () => {
    expect(inscribedSphere(CUBE.slice(4))).toMatchObject({ ok: true });
    expect(inscribedSphere(CUBE.slice(0, 12))).toMatchObject({ ok: true });
    expect(inscribedSphere(CUBE.slice(0, 4))).toMatchObject({
      ok: false,
      error: { code: 'unbounded-polytope' },
    });
    expect(inscribedSphere([])).toMatchObject({ ok: false, error: { code: 'unbounded-polytope' } });
    const empty = [...CUBE];
    empty[3] = -1.5;
    expect(inscribedSphere(empty)).toMatchObject({ ok: false, error: { code: 'empty-polytope' } });
    expect(inscribedSphere([...CUBE, 1, 0, 0, Number.NaN])).toMatchObject({
      ok: false,
      error: { code: 'non-finite-plane' },
    });
  });
});
