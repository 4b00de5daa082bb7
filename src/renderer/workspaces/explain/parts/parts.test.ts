import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS } from '../../../../shared/pictures/colour-maps';
import { boxPart } from '../../../../shared/shape/box.fixture';
import { boundsOfBrush, brushedShare, rectangleBetween, rectangleBrush, withStroke } from './brush';
import { partMaps } from './maps';
import { paintSurfaces, seeSurfaces } from './paint';
import { markedParts, rankParts } from './ranking';
import { fineSurfaces } from './surface';

const SIZE = { width: 8, height: 8 };

describe('a brush', () => {
  it('takes every pixel that a rectangle touches, also one, and none beside the picture', () => {
    expect(rectangleBetween([1.2, 2.9], [1.4, 2.1], SIZE)).toEqual({ x: 1, y: 2, width: 1, height: 1 });
    expect(rectangleBetween([6.5, 5], [-3, 20], SIZE)).toEqual({ x: 0, y: 5, width: 7, height: 3 });
    expect(rectangleBetween([-3, 1], [-1, 4], SIZE)).toBeNull();
    const brush = rectangleBrush({ x: 6, y: 7, width: 9, height: 9 }, SIZE);
    expect(brush.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)).toBe(2);
    expect(boundsOfBrush(brush, SIZE)).toEqual({ x: 6, y: 7, width: 2, height: 1 });
    expect(boundsOfBrush(new Uint8Array(64), SIZE)).toBeNull();
  });

  it('paints along a stroke without gaps and keeps what was painted', () => {
    const first = withStroke(null, [0.5, 0.5], [7.5, 0.5], 0.6, SIZE);
    expect(Array.from(first.subarray(0, 8))).toEqual(Array(8).fill(255));
    expect(brushedShare(first)).toBe(8 / 64);
    const second = withStroke(first, [0.5, 7.5], [0.5, 7.5], 0.6, SIZE);
    expect(brushedShare(second)).toBe(9 / 64);
    expect(first[56]).toBe(0);
  });
});

describe('the ranking of parts', () => {
  const even = new Float32Array(64).fill(3);
  const left = Float32Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? 0.01 : 0));
  const brush = rectangleBrush({ x: 0, y: 0, width: 2, height: 8 }, SIZE);

  it('goes by the share inside the brush, not by strength', () => {
    const ranking = rankParts(
      new Map([
        [4, even],
        [7, left],
        [2, new Float32Array(64)],
      ]),
      brush,
    );
    expect(ranking.map(({ index }) => index)).toEqual([7, 4, 2]);
    expect(ranking[0].share).toBeCloseTo(0.5, 6);
    expect(ranking[1].share).toBeCloseTo(0.25, 6);
    expect(ranking[2].share).toBe(0);
  });

  it('marks those alone that look there more than elsewhere, at most three', () => {
    const ranking = rankParts(
      new Map([
        [4, even],
        [7, left],
      ]),
      brush,
    );
    expect(markedParts(ranking, brushedShare(brush))).toEqual([7]);
    const many = [5, 6, 7, 8].map((index) => ({ index, share: 0.9 }));
    expect(markedParts(many, 0.1)).toEqual([5, 6, 7]);
  });
});

describe('the maps of parts', () => {
  it('are as large as what the network saw, on one scale for all', () => {
    const picture = { width: 4, height: 4, rgba: new Uint8Array(64) };
    const layer = { name: 'stage2', width: 2, height: 2, channels: 3 };
    const { byPart, scale } = partMaps({
      input: 'depth',
      seen: picture,
      crop: { x: 0, y: 0, width: 4, height: 4 },
      layer,
      layers: [layer],
      parts: [3, 9],
      values: Float32Array.from([0, 1, 0, 1, 0, 0, 4, 4]),
      points: null,
      notes: [],
      seconds: 0,
    });
    expect(scale).toEqual({ from: 0, to: 4 });
    expect(Array.from(byPart.get(3)?.subarray(0, 4) ?? [])).toEqual([0, 0.25, 0.75, 1]);
    expect(byPart.get(9)?.[0]).toBe(0);
    expect(byPart.get(9)?.[12]).toBe(4);
  });
});

describe('painting parts', () => {
  const surfaces = fineSurfaces([boxPart(0, [0, 0, 0], [0.2, 0.2, 0.2], { id: 'cube' })]);
  const cube = surfaces.get('cube');
  if (!cube) throw new Error('a cube has a surface');

  it('cuts faces into small triangles that are the same body', () => {
    const { positions, normals } = cube;
    let area = 0;
    let longest = 0;
    for (let at = 0; at < positions.length; at += 9) {
      const [a, b, c] = [0, 3, 6].map((corner) =>
        Array.from(positions.subarray(at + corner, at + corner + 3)),
      );
      const [u, v] = [b.map((value, k) => value - a[k]), c.map((value, k) => value - a[k])];
      const cross = [0, 1, 2].map((k) => u[(k + 1) % 3] * v[(k + 2) % 3] - u[(k + 2) % 3] * v[(k + 1) % 3]);
      area += Math.hypot(...cross) / 2;
      longest = Math.max(longest, Math.hypot(...u), Math.hypot(...v));
      // Still turned outwards, as the normal says.
      expect(cross.reduce((sum, value, k) => sum + value * normals[at + k], 0)).toBeGreaterThan(0);
    }
    expect(area).toBeCloseTo(6 * 0.16, 5);
    expect(longest).toBeLessThanOrEqual(0.03 + 1e-6);
    expect(normals.length).toBe(positions.length);
  });

  it('gives corners the colour of the nearest measured point, and grey to what the camera did not see', () => {
    // Two pixels on the face z = 0.2, one without a measurement; the camera looks along -z.
    const points = Float32Array.from([-0.1, 0, 0.2, 0.1, 0, 0.2, NaN, NaN, NaN]);
    const seen = seeSurfaces(surfaces, points, [0, 0, 3]);
    const surface = seen.get('cube');
    const painted = paintSurfaces(seen, Float32Array.from([0, 2, 1]), { from: 0, to: 2 }, 'viridis').get(
      'cube',
    );
    if (!surface || !painted) throw new Error('a cube is painted');
    const linear = (byte: number): number =>
      byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
    const found = new Set<number>();
    for (let i = 0; i < surface.pixels.length; i++) {
      const [x, y, z] = surface.positions.subarray(3 * i, 3 * i + 3);
      const isFront = surface.normals[3 * i + 2] > 0.5;
      const distances = [-0.1, 0.1].map((at) => Math.hypot(x - at, y, z - 0.2));
      const expected = !isFront || Math.min(...distances) >= 0.12 ? -1 : distances[0] <= distances[1] ? 0 : 1;
      expect(surface.pixels[i]).toBe(expected);
      found.add(expected);
      const red = expected < 0 ? null : COLOUR_MAPS.viridis[expected === 0 ? 0 : 255 * 3];
      if (red !== null) expect(painted.colours[3 * i]).toBeCloseTo(linear(red), 5);
      else expect(painted.colours[3 * i]).toBe(painted.colours[3 * i + 2]);
    }
    expect(found).toEqual(new Set([-1, 0, 1]));
  });

  it('sees every side where the camera is not known', () => {
    const points = Float32Array.from([0, 0, -0.2]);
    expect(
      seeSurfaces(surfaces, points, [0, 0, 3])
        .get('cube')
        ?.pixels.some((pixel) => pixel === 0),
    ).toBe(false);
    expect(
      seeSurfaces(surfaces, points, null)
        .get('cube')
        ?.pixels.some((pixel) => pixel === 0),
    ).toBe(true);
  });
});
