import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../shared/random';
import { auroc } from './auroc';
import { shuffledAuroc } from './chance';
import { aupro, type MaskedPictures } from './overlap';
import { poolPixels } from './pool';
import { connectedRegions } from './regions';
import { highestPixels, scoreMethod } from './score';

/** Spreads the lowest number through every neighbour until nothing changes. */
function regionsByFlooding(mask: Uint8Array, width: number, height: number): number[] {
  const labels = Array.from(mask, (value, i) => (value === 0 ? -1 : i));
  for (let changed = true; changed;) {
    changed = false;
    labels.forEach((label, i) => {
      labels.forEach((other, j) => {
        const touching =
          Math.abs((i % width) - (j % width)) <= 1 &&
          Math.abs(Math.floor(i / width) - Math.floor(j / width)) <= 1;
        if (label < 0 || other < 0 || !touching || labels[j] >= labels[i]) return;
        labels[i] = labels[j];
        changed = true;
      });
    });
  }
  expect(labels).toHaveLength(width * height);
  return labels;
}

function randomPictures(seed: number, count: number, width: number, height: number): MaskedPictures {
  const random = createRandom(seed);
  const pixels = width * height;
  const labels = Uint8Array.from({ length: count * pixels }, (_, i) =>
    i < 2 * pixels && random.uniform() < 0.3 ? 255 : 0,
  );
  const scores = Float64Array.from(labels, (label) => Math.floor(12 * random.uniform() + (label ? 4 : 0)));
  return { width, height, scores, labels };
}

/** The curve threshold by threshold, each region by itself, then trapezia up to the most rate. */
function auproByCurve({ width, height, scores, labels }: MaskedPictures, mostRate: number): number {
  const pixels = width * height;
  const regions: number[][] = [];
  for (let start = 0; start < labels.length; start += pixels) {
    const found = connectedRegions(labels.subarray(start, start + pixels), width, height);
    for (let region = 1; region <= found.count; region++) {
      regions.push([...found.labels.keys()].filter((i) => found.labels[i] === region).map((i) => start + i));
    }
  }
  const normal = [...scores.keys()].filter((i) => labels[i] === 0);
  const points = [...new Set(scores)]
    .sort((a, b) => b - a)
    .map((threshold): [number, number] => [
      normal.filter((i) => scores[i] >= threshold).length / normal.length,
      regions.reduce(
        (sum, region) => sum + region.filter((i) => scores[i] >= threshold).length / region.length,
        0,
      ) / regions.length,
    ]);
  points.unshift([0, 0]);
  let area = 0;
  points.slice(1).forEach(([x, y], i) => {
    const [px, py] = points[i];
    if (px >= mostRate || x === px) return;
    const end = Math.min(x, mostRate);
    const endY = py + ((y - py) * (end - px)) / (x - px);
    area += ((end - px) * (py + endY)) / 2;
  });
  return area / mostRate;
}

describe('connected regions', () => {
  it('are those that flooding finds, corners included', () => {
    const random = createRandom(3);
    for (let round = 0; round < 12; round++) {
      const [width, height] = [3 + random.integer(8), 3 + random.integer(8)];
      const share = [0.2, 0.35, 0.6][round % 3];
      const mask = Uint8Array.from({ length: width * height }, () => (random.uniform() < share ? 255 : 0));
      const { labels, count, sizes } = connectedRegions(mask, width, height);
      const flooded = regionsByFlooding(mask, width, height);
      const names = [...new Set(flooded.filter((label) => label >= 0))];
      expect(count).toBe(names.length);
      expect([...labels]).toEqual(flooded.map((label) => names.indexOf(label) + 1));
      expect([...sizes]).toEqual(names.map((name) => flooded.filter((label) => label === name).length));
    }
  });

  it('do not go around the edge of a picture', () => {
    expect(connectedRegions(Uint8Array.from([0, 0, 1, 1, 0, 0]), 3, 2).count).toBe(2);
    expect(connectedRegions(Uint8Array.from([0, 1, 1, 0]), 2, 2).count).toBe(1);
  });
});

describe('AUPRO', () => {
  it.each([0.05, 0.3, 1])('is the area of the curve up to %d', (mostRate) => {
    for (let seed = 1; seed <= 6; seed++) {
      const pictures = randomPictures(seed, 3, 7, 6);
      const { normal } = poolPixels(pictures.scores, pictures.labels);
      expect(aupro(pictures, normal, mostRate)).toBeCloseTo(auproByCurve(pictures, mostRate), 12);
    }
  });

  it('is 1 for the mask itself, half the most rate for a constant, and unknown without regions', () => {
    const pictures = randomPictures(9, 3, 7, 6);
    const perfect = { ...pictures, scores: Float64Array.from(pictures.labels) };
    expect(aupro(perfect, poolPixels(perfect.scores, perfect.labels).normal)).toBeCloseTo(1, 12);
    const constant = { ...pictures, scores: new Float64Array(pictures.labels.length) };
    expect(aupro(constant, poolPixels(constant.scores, constant.labels).normal)).toBeCloseTo(0.15, 12);
    const blank = { ...pictures, labels: new Uint8Array(pictures.labels.length) };
    expect(aupro(blank, pictures.scores)).toBeNull();
  });

  it('counts a small region as much as a large one', () => {
    const labels = Uint8Array.from([1, 1, 1, 1, 0, 0, 1, 0]);
    const scores = Float64Array.from([1, 1, 1, 1, 0, 0, 0, 0]);
    expect(aupro({ width: 8, height: 1, scores, labels }, new Float64Array(3), 1)).toBeCloseTo(0.75, 12);
  });
});

describe('a method', () => {
  it('is scored by all pictures together, nothing scaled picture by picture', () => {
    const pictures = randomPictures(4, 4, 9, 8);
    const anomalous = [true, true, false, false];
    const scored = scoreMethod('attention', { ...pictures, anomalous })!;
    expect(scored.pixelAuroc).toBe(auroc(poolPixels(pictures.scores, pictures.labels)));
    expect([...highestPixels(pictures)]).toEqual(
      anomalous.map((_, i) => Math.max(...pictures.scores.subarray(i * 72, (i + 1) * 72))),
    );
    const brighter = pictures.scores.map((score, i) => (i >= 72 * 2 ? score + 100 : score));
    const changed = scoreMethod('attention', { ...pictures, scores: brighter, anomalous })!;
    expect(changed.pictureAuroc).toBe(0);
    expect(changed.pixelAuroc).toBeLessThan(scored.pixelAuroc);
    const blank = { ...pictures, labels: new Uint8Array(pictures.labels.length), anomalous };
    expect(scoreMethod('attention', blank)).toBeNull();
  });

  it('is above three deviations of shuffled masks only where it finds something', () => {
    const random = createRandom(8);
    const [count, side] = [24, 16];
    const labels = new Uint8Array(count * side * side);
    for (let picture = 0; picture < count / 2; picture++) {
      const [top, left] = [random.integer(12), random.integer(12)];
      for (let i = 0; i < 16; i++) {
        labels[picture * 256 + (top + (i >> 2)) * side + left + (i & 3)] = 255;
      }
    }
    const noise = Float32Array.from(labels, () => random.uniform());
    const finding = noise.map((value, i) => value + (labels[i] ? 0.5 : 0));
    const pictures = { width: side, height: side, labels };
    const shuffled = shuffledAuroc({ ...pictures, scores: finding }, { rounds: 30, seed: 1 })!;
    expect(shuffled.bar).toBeGreaterThan(0.5);
    expect(Math.abs(shuffled.mean - 0.5)).toBeLessThan(0.1);
    expect(auroc(poolPixels(finding, labels))).toBeGreaterThan(shuffled.bar);
    const blind = shuffledAuroc({ ...pictures, scores: noise }, { rounds: 30, seed: 1 })!;
    expect(auroc(poolPixels(noise, labels))).toBeLessThan(blind.bar);
  });

  it('is not above it for maps that favour the middle, where the masks are, whatever the picture shows', () => {
    const random = createRandom(9);
    const [count, side] = [24, 16];
    const labels = new Uint8Array(count * side * side);
    const middle = (i: number): boolean => {
      const [y, x] = [Math.floor((i % 256) / side), i % side];
      return y >= 4 && y < 12 && x >= 4 && x < 12;
    };
    for (let i = 0; i < labels.length; i++) if (middle(i) && random.uniform() < 0.4) labels[i] = 255;
    const scores = Float32Array.from(labels, (_, i) => random.uniform() + (middle(i) ? 0.5 : 0));
    const biased = auroc(poolPixels(scores, labels))!;
    const shuffled = shuffledAuroc({ width: side, height: side, labels, scores }, { rounds: 30, seed: 1 })!;
    expect(biased).toBeGreaterThan(0.5 + 3 * shuffled.deviation);
    expect(biased).toBeLessThan(shuffled.bar);
    expect(shuffled.bar).toBeCloseTo(shuffled.mean + 3 * shuffled.deviation, 12);
  });

  it('is shuffled by whole masks: with one picture nothing moves', () => {
    const one = randomPictures(2, 1, 9, 8);
    const shuffled = shuffledAuroc(one, { rounds: 3, seed: 1 })!;
    expect(shuffled.mean).toBeCloseTo(auroc(poolPixels(one.scores, one.labels))!, 12);
    expect(shuffled.deviation).toBeCloseTo(0, 12);
  });
});
