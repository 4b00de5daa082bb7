import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { principalComponents, project } from './principal-components';

describe('principal components', () => {
  it('find the axes of a stretched and turned cloud, and how much of it lies along each', () => {
    const random = createRandom(4);
    const axes = [
      [0.6, 0.8, 0],
      [0.8, -0.6, 0],
      [0, 0, 1],
    ];
    const deviations = [3, 1, 0.1];
    const rows = new Float32Array(20_000 * 3);
    for (let i = 0; i < 20_000; i++) {
      const along = deviations.map((deviation) => deviation * random.normal());
      for (let j = 0; j < 3; j++) {
        rows[i * 3 + j] = 5 + along[0] * axes[0][j] + along[1] * axes[1][j] + along[2] * axes[2][j];
      }
    }
    const { mean, directions, shares } = principalComponents(rows, 3, 3);
    for (const value of mean) expect(value).toBeCloseTo(5, 0);
    directions.forEach((direction, i) => {
      const cosine = axes[i].reduce((sum, value, j) => sum + value * direction[j], 0);
      expect(Math.abs(cosine)).toBeGreaterThan(0.999);
    });
    expect(shares[0]).toBeCloseTo(9 / 10.01, 1);
    expect(shares[0] + shares[1] + shares[2]).toBeCloseTo(1, 9);
  });

  it('are orthonormal, and projected rows are uncorrelated with the variance that they claim', () => {
    const random = createRandom(9);
    const columns = 12;
    const mix = Array.from({ length: columns * columns }, () => random.normal());
    const rows = new Float32Array(300 * columns);
    for (let i = 0; i < 300; i++) {
      const source = Array.from({ length: columns }, () => random.normal());
      for (let j = 0; j < columns; j++) {
        rows[i * columns + j] = source.reduce((sum, value, k) => sum + value * mix[k * columns + j], 0);
      }
    }
    const found = principalComponents(rows, columns, columns);
    found.directions.forEach((a, i) =>
      found.directions.forEach((b, j) =>
        expect(a.reduce((sum, value, k) => sum + value * b[k], 0)).toBeCloseTo(i === j ? 1 : 0, 9),
      ),
    );
    const places = project(rows, found);
    const product = (a: number, b: number): number => {
      let sum = 0;
      for (let i = 0; i < 300; i++) sum += places[i * columns + a] * places[i * columns + b];
      return sum / 299;
    };
    expect(Math.abs(product(0, 1)) / product(0, 0)).toBeLessThan(1e-5);
    expect(product(0, 0) / product(1, 1)).toBeCloseTo(found.shares[0] / found.shares[1], 3);
  });

  it('of rows that are all the same have no variance to share', () => {
    const { shares, directions } = principalComponents(new Float32Array(20).fill(2), 4, 2);
    expect(shares).toEqual([0, 0]);
    expect(directions).toHaveLength(2);
  });
});
