import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { chamferOf, fScoreOf, surfaceDistances, volumetricIou } from './metrics';
import { sampleBox } from './sampling';

const SEED = 20_264;

function spherePoints(radius: number, count: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const points = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    const direction = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(...direction);
    direction.forEach((x, c) => (points[i * 3 + c] = (radius * x) / length));
  }
  return points;
}

describe('metrics', () => {
  it('IoU: closed forms, and two empty sets are the same', () => {
    expect(volumetricIou(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 0, 1, 0))).toBe(1 / 3);
    expect(volumetricIou(Uint8Array.of(0, 0), Uint8Array.of(0, 0))).toBe(1);
    expect(volumetricIou(Uint8Array.of(0, 0), Uint8Array.of(0, 1))).toBe(0);
  });

  it('Chamfer: two points at distance 2', () => {
    const distances = surfaceDistances([0, 0, 0], [2, 0, 0]);
    expect(chamferOf(distances)).toEqual({ cvxnet: 800, l1: 2 });
    expect(fScoreOf(distances, 2)).toBe(100);
    expect(fScoreOf(distances, 1.9)).toBe(0);
  });

  it('of samples of different sizes weigh both ways alike', () => {
    const distances = { aToB: Float64Array.of(0, 1), bToA: Float64Array.of(0, 0, 0, 2) };
    expect(chamferOf(distances)).toEqual({ cvxnet: 100 * (0.5 + 1), l1: 0.5 * (0.5 + 0.5) });
    // All of A and three quarters of B: the harmonic mean.
    expect(fScoreOf(distances, 1)).toBeCloseTo((2 * 100 * 75) / 175, 12);
    expect(fScoreOf(distances, 0.5)).toBeCloseTo((2 * 50 * 75) / 125, 12);
    expect(fScoreOf({ aToB: Float64Array.of(5), bToA: Float64Array.of(5) }, 1)).toBe(0);
  });

  it('are the worst there are when a side has no points', () => {
    const [none, some] = [new Float64Array(), Float64Array.of(0.5)];
    for (const distances of [
      { aToB: none, bToA: some },
      { aToB: some, bToA: none },
      { aToB: none, bToA: none },
    ]) {
      expect(chamferOf(distances)).toEqual({ cvxnet: Infinity, l1: Infinity });
      expect(fScoreOf(distances, 1)).toBe(0);
    }
    expect(Array.from(surfaceDistances([0, 0, 0], []).aToB)).toEqual([Infinity]);
  });

  it(`IoU of concentric balls is the ratio of their volumes (seed ${SEED})`, () => {
    const points = sampleBox(200_000, 0.35, createRandom(SEED));
    const within = (radius: number): Uint8Array =>
      Uint8Array.from({ length: points.length / 3 }, (_, i) =>
        Math.hypot(...points.subarray(i * 3, i * 3 + 3)) <= radius ? 1 : 0,
      );
    expect(volumetricIou(within(0.3), within(0.31))).toBeCloseTo((0.3 / 0.31) ** 3, 2);
  });

  it.each([
    { a: 0.5, b: 0.5, cvxnet: 0.002, within: 5e-5, f: 99.994, slack: 0.01 },
    { a: 0.3, b: 0.309, cvxnet: 0.0169, within: 2e-4, f: 99.4, slack: 0.15 },
    { a: 0.3, b: 0.311, cvxnet: 0.0249, within: 2e-4, f: 0, slack: 0 },
  ])(
    `Chamfer and F-score of spheres $a and $b are the reference's (seed ${SEED})`,
    ({ a, b, cvxnet, within, f, slack }) => {
      const distances = surfaceDistances(spherePoints(a, 100_000, SEED), spherePoints(b, 100_000, SEED + 1));
      expect(Math.abs(chamferOf(distances).cvxnet - cvxnet)).toBeLessThan(within);
      expect(Math.abs(fScoreOf(distances, 0.01) - f)).toBeLessThanOrEqual(slack);
    },
  );
});
