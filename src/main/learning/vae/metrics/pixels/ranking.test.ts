import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../shared/random';
import { lehmer } from '../lehmer.fixture';
import { auroc, detectionArea, pictureAuroc } from './auroc';
import { rocCurve, scoreHistogram } from './curve';
import { forEachThreshold, poolPixels, scoreRange, type PixelPool } from './pool';
import { bestIou, iouAt, linearThresholds, quantileThresholds } from './thresholds';

/** Scores with many ties, a tenth to a half of them marked, higher where marked. */
function cases(count: number, most: number) {
  return Array.from({ length: count }, (_, seed) => {
    const random = createRandom(seed + 1);
    const n = 20 + random.integer(most - 20);
    const levels = [3, 11, 100_000][seed % 3];
    const labels = Uint8Array.from({ length: n }, (_, i) =>
      Number(i === 0 || (i > 1 && random.uniform() < 0.3)),
    );
    const scores = Float64Array.from(labels, (label) =>
      Math.floor(levels * (random.uniform() + 0.4 * label)),
    );
    return { scores, labels };
  });
}

function pairCount(scores: Float64Array, labels: Uint8Array): number {
  let [wins, pairs] = [0, 0];
  scores.forEach((a, i) => {
    if (labels[i] === 0) return;
    scores.forEach((b, j) => {
      if (labels[j] !== 0) return;
      pairs++;
      wins += a > b ? 1 : a === b ? 0.5 : 0;
    });
  });
  return wins / pairs;
}

const distinct = (pool: PixelPool): number[] => {
  const thresholds: number[] = [];
  forEachThreshold(pool, (threshold) => thresholds.push(threshold));
  return thresholds;
};

/** By counting pixel for pixel. */
function iouByCounting(scores: Float64Array, labels: Uint8Array, threshold: number): number {
  let [both, either] = [0, 0];
  scores.forEach((score, i) => {
    if (score >= threshold && labels[i] !== 0) both++;
    if (score >= threshold || labels[i] !== 0) either++;
  });
  return either === 0 ? 0 : both / either;
}

describe('AUROC', () => {
  it('counts pairs, ties at half', () => {
    for (const { scores, labels } of cases(30, 200)) {
      expect(auroc(poolPixels(scores, labels))).toBeCloseTo(pairCount(scores, labels), 12);
    }
  });

  it('is 1 for perfect, one half for constant, and turns over with the sign', () => {
    const labels = Uint8Array.from([0, 1, 0, 1, 1]);
    expect(auroc(poolPixels(Float64Array.from(labels), labels))).toBe(1);
    expect(auroc(poolPixels(new Float64Array(5).fill(3), labels))).toBe(0.5);
    for (const { scores, labels } of cases(9, 200)) {
      const own = auroc(poolPixels(scores, labels))!;
      expect(
        auroc(
          poolPixels(
            scores.map((score) => -score),
            labels,
          ),
        ),
      ).toBeCloseTo(1 - own, 12);
      expect(
        auroc(
          poolPixels(
            scores.map((score) => Math.atan(score / 1000) ** 3),
            labels,
          ),
        ),
      ).toBeCloseTo(own, 12);
    }
  });

  // Made once with scikit-learn 1.9.1, roc_auc_score, on the same numbers from Lehmer's generator.
  it.each([
    { seed: 1, n: 2000, levels: 0, expected: 0.7475536801159994 },
    { seed: 2, n: 2000, levels: 17, expected: 0.7377148137851502 },
    { seed: 3, n: 5000, levels: 4, expected: 0.7476110497237569 },
  ])('equals scikit-learn on $n stored scores with $levels levels', ({ seed, n, levels, expected }) => {
    const next = lehmer(seed);
    const base = Float64Array.from({ length: n }, next);
    const labels = Uint8Array.from({ length: n }, () => Number(next() < 0.1));
    const scores = base.map((value, i) => value + 0.3 * labels[i]);
    const levelled = levels === 0 ? scores : scores.map((score) => Math.floor(score * levels));
    expect(auroc(poolPixels(levelled, labels))).toBeCloseTo(expected, 12);
  });

  it('is unknown where pixels are of one kind', () => {
    expect(auroc(poolPixels(new Float32Array(4), new Uint8Array(4)))).toBeNull();
    expect(pictureAuroc(Float32Array.from([1, 2]), [true, true])).toBeNull();
    expect(pictureAuroc(Float32Array.from([1, 2, 2]), [false, true, false])).toBe(0.75);
  });

  it('is the mean of the areas of single pixels', () => {
    for (const { scores, labels } of cases(9, 200)) {
      const pool = poolPixels(scores, labels);
      const areas = [...pool.anomalous].map((score) => detectionArea(pool.normal, score, 1));
      expect(areas.reduce((sum, area) => sum + area, 0) / areas.length).toBeCloseTo(auroc(pool)!, 12);
    }
  });
});

describe('best IoU', () => {
  it('equals the exhaustive search over all distinct scores', () => {
    for (const { scores, labels } of cases(30, 200)) {
      const pool = poolPixels(scores, labels);
      const all = [...new Set(scores)].map((threshold) => iouByCounting(scores, labels, threshold));
      expect(bestIou(pool, distinct(pool)).iou).toBeCloseTo(Math.max(...all), 12);
    }
  });

  it('searches all scores by quantiles where there are no more than 100 pixels', () => {
    for (const { scores, labels } of cases(30, 100)) {
      const pool = poolPixels(scores, labels);
      expect(bestIou(pool, quantileThresholds(pool)).iou).toBe(bestIou(pool, distinct(pool)).iou);
    }
  });

  it('takes 100 equal steps of score, and 100 of rank', () => {
    const [{ scores, labels }] = cases(1, 5000);
    const pool = poolPixels(scores, labels);
    const ascending = scores.toSorted();
    expect(quantileThresholds(pool)).toEqual(
      Array.from({ length: 100 }, (_, i) => ascending[Math.floor((i / 100) * ascending.length)]),
    );
    const linear = linearThresholds(pool);
    expect(linear).toHaveLength(100);
    expect(linear[99]).toBe(ascending.at(-1));
    expect(linear[49]).toBeCloseTo((ascending[0] + ascending.at(-1)!) / 2, 12);
    for (const threshold of linear) {
      expect(iouAt(pool, threshold)).toBeCloseTo(iouByCounting(scores, labels, threshold), 12);
    }
  });

  it('is 1 for a score that is the mask, and the share of marked pixels for a constant', () => {
    const labels = Uint8Array.from([0, 1, 0, 1, 0]);
    const perfect = poolPixels(Float64Array.from(labels), labels);
    expect(bestIou(perfect, linearThresholds(perfect)).iou).toBe(1);
    const constant = poolPixels(new Float64Array(5), labels);
    expect(bestIou(constant, linearThresholds(constant)).iou).toBe(0.4);
    expect(bestIou(constant, quantileThresholds(constant)).iou).toBe(0.4);
  });
});

describe('ROC curve', () => {
  const area = (rows: readonly (readonly [number, number, number])[]): number =>
    rows.slice(1).reduce((sum, [x, y], i) => sum + ((x - rows[i][0]) * (y + rows[i][1])) / 2, 0);

  it('has at most 400 monotone rows, whose area is the AUROC nearly', () => {
    const random = createRandom(5);
    for (const shift of [0, 1, 3]) {
      const labels = Uint8Array.from({ length: 60_000 }, () => Number(random.uniform() < 0.02));
      const scores = Float64Array.from(labels, (label) => random.normal() + shift * label);
      const pool = poolPixels(scores, labels);
      const rows = rocCurve(pool);
      expect(rows.length).toBeLessThanOrEqual(400);
      expect(rows[0].slice(0, 2)).toEqual([0, 0]);
      expect(rows.at(-1)!.slice(0, 2)).toEqual([1, 1]);
      rows.slice(1).forEach(([x, y, threshold], i) => {
        expect(x).toBeGreaterThanOrEqual(rows[i][0]);
        expect(y).toBeGreaterThanOrEqual(rows[i][1]);
        expect(threshold).toBeLessThan(rows[i][2]);
      });
      expect(Math.abs(area(rows) - auroc(pool)!)).toBeLessThan(0.002);
    }
  });

  it('keeps the point of the best balance and a sharp corner', () => {
    const random = createRandom(6);
    const labels = Uint8Array.from({ length: 50_000 }, (_, i) => Number(i % 50 === 0));
    const scores = Float64Array.from(labels, (label) =>
      label !== 0 && random.uniform() < 0.8 ? 2 + random.uniform() : random.uniform(),
    );
    const pool = poolPixels(scores, labels);
    let balance = 0;
    forEachThreshold(pool, (_, hits, alarms) => {
      balance = Math.max(balance, hits / pool.anomalous.length - alarms / pool.normal.length);
    });
    const rows = rocCurve(pool);
    expect(Math.max(...rows.map(([x, y]) => y - x))).toBe(balance);
    expect(rows.some(([x, y]) => x === 0 && y > 0.75)).toBe(true);
  });

  it('keeps every point where there are few', () => {
    const pool = poolPixels(Float64Array.from([1, 2, 3, 4]), Uint8Array.from([0, 1, 0, 1]));
    expect(rocCurve(pool).map(([x, y]) => [x, y])).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
  });
});

describe('histogram', () => {
  it('counts every pixel once', () => {
    for (const { scores, labels } of cases(6, 200)) {
      const pool = poolPixels(scores, labels);
      const { edges, normal, anomalous } = scoreHistogram(pool, 8);
      expect([edges[0], edges[8]]).toEqual(scoreRange(pool));
      const counted = Array.from(
        { length: 8 },
        (_, bin) => [...scores].filter((s) => s >= edges[bin] && (bin === 7 || s < edges[bin + 1])).length,
      );
      expect(normal.map((count, bin) => count + anomalous[bin])).toEqual(counted);
    }
    const constant = scoreHistogram(poolPixels(new Float32Array(3).fill(2), Uint8Array.from([0, 0, 1])), 4);
    expect(constant.normal).toEqual([2, 0, 0, 0]);
    expect(constant.edges.at(-1)).toBe(3);
  });
});
