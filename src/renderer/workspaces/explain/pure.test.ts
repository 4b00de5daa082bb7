import { describe, expect, it } from 'vitest';
import type { Maps } from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import { ratesAt } from './anomaly';
import { framesBetween, traversal } from './codes';
import { truePositiveAt } from './curves';
import { filtered, indexAt, placeOf, spread } from './labels';
import { mapOf, rangesOf, scaleOf } from './maps';
import { countMarked, paintMarks } from './marks';
import { tiled } from './paint';
import { nearestPoint, placesOf } from './space';

/** Two pictures of two latents with maps of 1 x 2. */
const maps: Maps = {
  layer: { name: 'conv', height: 1, width: 2, channels: 1 },
  perPicture: 2,
  values: Float32Array.of(1, -2, 3, 0, -4, 0.5, 0, 2),
};

describe('maps', () => {
  it('take their sign before they are averaged over latents', () => {
    expect([...mapOf(maps, 0, null, 'relu')]).toEqual([2, 0]);
    expect([...mapOf(maps, 0, null, 'abs')]).toEqual([2, 1]);
    expect([...mapOf(maps, 0, null, 'signed')]).toEqual([2, -1]);
    expect([...mapOf(maps, 1, 0, 'signed')]).toEqual([-4, 0.5]);
  });

  it('share a range over pictures, of single latents and of the mean apart', () => {
    const { latent, mean } = rangesOf(maps);
    expect(latent.relu).toEqual({ from: 0, to: 3 });
    expect(latent.signed).toEqual({ from: -4, to: 4 });
    expect(mean.abs).toEqual({ from: 0, to: 2 });
  });

  it('that are zero do not narrow the range of those that are not', () => {
    expect(scaleOf([new Float32Array(2), Float32Array.of(0, 0.25)], 'relu')).toEqual({ from: 0, to: 0.25 });
    expect(scaleOf([new Float32Array(2)], 'signed')).toEqual({ from: -1, to: 1 });
  });
});

describe('codes', () => {
  it('are walked latent by latent, and go straight from one picture to the other', () => {
    expect(traversal([5, 6], [1, 0], [-1, 1])).toEqual([
      [5, -1],
      [5, 1],
      [-1, 6],
      [1, 6],
    ]);
    expect(framesBetween([0, 2], [4, 0], 3)).toEqual([
      [0, 2],
      [2, 1],
      [4, 0],
    ]);
  });
});

describe('a filter', () => {
  const labels = { classes: Int16Array.of(0, 1, 1, -1), anomalous: Int8Array.of(0, 1, 0, -1) };

  it('keeps the pictures of a class and of a kind, and finds them by place and index', () => {
    const ones = filtered(labels, { class: 1, kind: 'all' });
    expect([...ones]).toEqual([1, 2]);
    expect([...filtered(labels, { class: null, kind: 'normal' })]).toEqual([0, 2]);
    expect([...filtered(labels, { class: null, kind: 'anomalous' })]).toEqual([1]);
    const shown = { count: 2, indices: ones };
    expect(indexAt(shown, 1)).toBe(2);
    expect(placeOf(shown, 2)).toBe(1);
    expect(placeOf(shown, 0)).toBe(-1);
    expect(spread({ count: 10, indices: null }, 4)).toEqual([0, 2, 5, 7]);
  });
});

describe('thresholds', () => {
  const roc = [
    [0, 0, 9],
    [0.1, 0.5, 3],
    [0.4, 0.9, 2],
    [1, 1, 0],
  ] as const;

  it('have the rates of the curve where it was measured', () => {
    expect(ratesAt({ roc }, 3)).toEqual({ falsePositive: 0.1, truePositive: 0.5 });
    expect(ratesAt({ roc }, 2.5)).toEqual({ falsePositive: 0.1, truePositive: 0.5 });
    expect(ratesAt({ roc }, 99)).toEqual({ falsePositive: 0, truePositive: 0 });
    expect(truePositiveAt({ roc }, 0.25)).toBeCloseTo(0.7);
    expect(truePositiveAt({ roc }, 1)).toBe(1);
  });

  it('mark the pixels that reach them, inside the outline of the mask', () => {
    const picture: Picture = { width: 3, height: 1, rgba: new Uint8Array(12).fill(100) };
    const scores = Float32Array.of(0.1, 0.5, 0.9);
    expect(countMarked(scores, 0.5)).toBe(2);
    const plain = paintMarks(picture, scores, 0.5, null, 1);
    expect([...plain.rgba.subarray(0, 3)]).toEqual([100, 100, 100]);
    expect(plain.rgba[4]).toBeGreaterThan(150);
    const masked = paintMarks(picture, scores, 2, Uint8Array.of(0, 255, 0), 3);
    const at = (x: number, y: number): number => masked.rgba[(y * 9 + x) * 4];
    expect([at(2, 1), at(3, 1), at(4, 1), at(5, 1), at(6, 1)]).toEqual([0, 255, 100, 255, 0]);
    expect([at(4, 0), at(4, 2)]).toEqual([255, 255]);
    expect(picture.rgba.every((value) => value === 100)).toBe(true);
  });
});

describe('the latent space', () => {
  it('lays pictures out by two latents or by the directions of most variance', () => {
    const mu = Float32Array.of(0, 0, 1, 3, 0, 1, 6, 0, 1);
    const laidOut = { key: '', indices: [0, 1, 2], latent: 3, mu, pictures: [] };
    expect([...placesOf(laidOut, [2, 0]).places]).toEqual([1, 0, 1, 3, 1, 6]);
    const { places, across } = placesOf(laidOut, null);
    expect(places[4] - places[0]).toBeCloseTo(6, 1);
    expect(across).toMatch(/^First component, 100 % of the variance$/);
  });

  it('finds the nearest point, and the nearest one in a direction', () => {
    const places = Float32Array.of(0, 0, 2, 0, -1, 0);
    expect(nearestPoint(places, 0.9, 0)).toBe(0);
    expect(nearestPoint(places, 0, 0, (dx) => dx > 0)).toBe(1);
    expect(nearestPoint(places, 2, 0, (dx) => dx > 0)).toBe(-1);
  });
});

describe('pictures side by side', () => {
  it('stand in rows with gaps of white', () => {
    const grey = (value: number): Picture => ({ width: 1, height: 1, rgba: new Uint8Array(4).fill(value) });
    const { width, height, rgba } = tiled([[grey(1), grey(2)], [grey(3)]], 1);
    expect([width, height]).toEqual([3, 3]);
    expect(Array.from({ length: 9 }, (_, i) => rgba[i * 4])).toEqual([1, 255, 2, 255, 255, 255, 3, 255, 255]);
  });
});
