import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { createInsideTest } from './inside';
import { sampleOccupancy } from './occupancy';
import { sampleBox, sampleNearSurface, sampleSurface, surfaceArea } from './sampling';
import { boxMesh, bunnyMesh, sphereMesh } from './testing/meshes';

const SEED = 20_263;

/** Chi-squared of counts against shares. */
function chiSquared(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.reduce((sum, n, i) => sum + (n - total * shares[i]) ** 2 / (total * shares[i]), 0);
}

describe('sampling', () => {
  it(`fills the box evenly (seed ${SEED})`, () => {
    const points = sampleBox(20_000, 0.55, createRandom(SEED));
    const counts = Array.from<number>({ length: 64 }).fill(0);
    for (let i = 0; i < points.length; i += 3) {
      const cell = [0, 1, 2].map((c) => Math.floor(((points[i + c] + 0.55) / 1.1) * 4));
      counts[cell[0] * 16 + cell[1] * 4 + cell[2]]++;
    }
    // 63 degrees of freedom: 1 in 100,000 exceeds 120.
    expect(
      chiSquared(
        counts,
        counts.map(() => 1 / 64),
      ),
    ).toBeLessThan(120);
  });

  it(`draws a box's sides in proportion to their areas, with their normals (seed ${SEED})`, () => {
    const mesh = boxMesh([0, 0, 0], [1, 2, 3]);
    const { points, normals } = sampleSurface(mesh, 11_000, createRandom(SEED));
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < points.length; i += 3) {
      const axis = [0, 1, 2].findIndex((c) => Math.abs(normals[i + c]) === 1);
      const side = normals[i + axis] > 0 ? 1 : 0;
      expect(points[i + axis]).toBe(side * (axis + 1));
      counts[axis * 2 + side]++;
    }
    expect(surfaceArea(mesh)).toBe(22);
    expect(
      chiSquared(
        counts,
        [6, 6, 3, 3, 2, 2].map((a) => a / 22),
      ),
    ).toBeLessThan(30);
  });

  it(`is uniform inside a triangle (seed ${SEED})`, () => {
    const positions = Float64Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]);
    const mesh = { positions, indices: Uint32Array.from([0, 1, 2]) };
    const { points } = sampleSurface(mesh, 9000, createRandom(SEED));
    // The similar triangles at each corner and the middle one have a quarter each.
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < points.length; i += 3) {
      const [x, y] = points.subarray(i, i + 2);
      counts[x > 0.5 ? 0 : y > 0.5 ? 1 : x + y < 0.5 ? 2 : 3]++;
    }
    expect(chiSquared(counts, [0.25, 0.25, 0.25, 0.25])).toBeLessThan(25);
  });

  it(`has a slanted triangle's mean and second moments, and its normal (seed ${SEED})`, () => {
    const corners = [
      [1, 0, 2],
      [0, 3, 1],
      [-2, 1, 0],
    ];
    const mesh = { positions: Float64Array.from(corners.flat()), indices: Uint32Array.from([0, 1, 2]) };
    const { points, normals } = sampleSurface(mesh, 40_000, createRandom(SEED));
    const mean = [0, 1, 2].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / 3);
    for (let i = 0; i < 3; i++) {
      const sampled = points.reduce((sum, value, at) => (at % 3 === i ? sum + value : sum), 0) / 40_000;
      expect(Math.abs(sampled - mean[i])).toBeLessThan(0.02);
      for (let j = i; j < 3; j++) {
        let sum = 0;
        for (let at = 0; at < points.length; at += 3)
          sum += (points[at + i] - mean[i]) * (points[at + j] - mean[j]);
        // The covariance of a uniform triangle is a twelfth of its corners' about the middle.
        const expected = corners.reduce((total, c) => total + (c[i] - mean[i]) * (c[j] - mean[j]), 0) / 12;
        expect(Math.abs(sum / 40_000 - expected)).toBeLessThan(0.02);
      }
    }
    // (-1, 3, -1) x (-3, 1, -2) = (-5, 1, 8)
    const [x, y, z] = normals;
    [x, y, z].forEach((value, axis) => expect(value).toBeCloseTo([-5, 1, 8][axis] / Math.sqrt(90), 6));
    expect(normals.slice(-3)).toEqual(normals.slice(0, 3));
  });

  it('gives every triangle of one area its share, the first and the last among them', () => {
    const count = 7;
    const positions = Float64Array.from({ length: 9 * count }, (_, at) =>
      at % 9 === 3 || at % 9 === 7 ? 1 : at % 3 === 2 ? Math.floor(at / 9) : 0,
    );
    const mesh = { positions, indices: Uint32Array.from({ length: 3 * count }, (_, i) => i) };
    const { points } = sampleSurface(mesh, 7000, createRandom(SEED));
    const counts = Array.from<number>({ length: count }).fill(0);
    for (let at = 2; at < points.length; at += 3) counts[points[at]]++;
    // 6 degrees of freedom: 1 in 100,000 exceeds 33.
    expect(
      chiSquared(
        counts,
        counts.map(() => 1 / count),
      ),
    ).toBeLessThan(33);
  });

  it(`moves points off a surface by a Gaussian of the band's width (seed ${SEED})`, () => {
    const points = sampleNearSurface(sphereMesh(0.4, 60), 20_000, 0.01, createRandom(SEED));
    let sum = 0;
    for (let i = 0; i < points.length; i += 3) sum += (Math.hypot(...points.subarray(i, i + 3)) - 0.4) ** 2;
    expect(Math.sqrt(sum / 20_000)).toBeCloseTo(0.01, 3);
  });

  it(`labels both sets, the same for the same seed (seed ${SEED})`, () => {
    const options = { box: 3000, nearSurface: 2000, halfSize: 0.55, band: 0.02 };
    const first = sampleOccupancy(bunnyMesh(), options, createRandom(SEED));
    const again = sampleOccupancy(bunnyMesh(), options, createRandom(SEED));
    const other = sampleOccupancy(bunnyMesh(), options, createRandom(SEED + 1));
    expect(again).toEqual(first);
    expect(other.box.points).not.toEqual(first.box.points);
    expect(first.box.points).toHaveLength(9000);
    const test = createInsideTest(bunnyMesh());
    for (const { points, inside } of [first.box, first.nearSurface])
      expect(test.inside(points)).toEqual(inside);
    const nearShare = first.nearSurface.inside.reduce((sum, x) => sum + x, 0) / 2000;
    expect(nearShare).toBeGreaterThan(0.35);
    expect(nearShare).toBeLessThan(0.65);
  });

  it('draws nothing from a mesh without area', () => {
    const flat = { positions: new Float64Array(9), indices: Uint32Array.from([0, 1, 2]) };
    expect(sampleSurface(flat, 10, createRandom(SEED))).toEqual({
      points: new Float32Array(0),
      normals: new Float32Array(0),
    });
    expect(surfaceArea(flat)).toBe(0);
    const none = { positions: new Float64Array(0), indices: new Uint32Array(0) };
    expect(sampleSurface(none, 10, createRandom(SEED)).points).toHaveLength(0);
    expect(surfaceArea(none)).toBe(0);
  });
});
