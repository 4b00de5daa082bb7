import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { unwrap } from '../result';
import { evaluateField } from '../shape/field';
import { checkMask, frameOfMask, LONGEST_MASK_SIDE, maskOfPicture } from './mask';
import { coverCounts, maskIou } from './measure';
import { packFlat, unpackFlat } from './pack';
import { sampleMaskPicture } from './pictures';
import { partHolds, partPolygon, polygonArea } from './polygon';
import { drawingOver, flatText } from './text';
import { OUTSIDE_LINE, type FlatPart, type FlatPolygon } from './types';

function partOf(
  rows: readonly (readonly [number, number, number])[],
  translation: readonly [number, number] = [0, 0],
): FlatPart {
  return {
    index: 0,
    translation,
    lines: rows.map(([x, y, offset]) => ({ normal: [x, y], offset })),
    smoothness: 175,
  };
}

const SQUARE = [
  [1, 0, 0.25],
  [-1, 0, 0.25],
  [0, 1, 0.25],
  [0, -1, 0.25],
] as const;

/** Lines around the origin at even angles, shaken, so that the part is bounded. */
function randomPart(seed: number, count = 9): FlatPart {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.8 * random.uniform())) / count;
    return [Math.cos(angle), Math.sin(angle), 0.05 + 0.3 * random.uniform()] as const;
  });
  return partOf(rows, [random.normal() * 0.1, random.normal() * 0.1]);
}

/** Whether a point is left of every edge of an anticlockwise polygon. */
function polygonHolds({ corners }: FlatPolygon, x: number, y: number): boolean {
  for (let i = 0; i < corners.length; i += 2) {
    const j = (i + 2) % corners.length;
    const across =
      (corners[j] - corners[i]) * (y - corners[i + 1]) - (corners[j + 1] - corners[i + 1]) * (x - corners[i]);
    if (across < 0) return false;
  }
  return true;
}

describe('the field with two dimensions', () => {
  it('is 0.5 on the edge of a square and 0.426275595 at its corner', () => {
    const packed = packFlat({ parts: [partOf(SQUARE)], sharpness: 75 });
    const { phi, indicator } = evaluateField(packed, [0.25, 0, 0, -0.25, 0.25, 0.25, 0, 0]);
    expect(indicator[0]).toBeCloseTo(0.5, 12);
    expect(indicator[1]).toBeCloseTo(0.5, 12);
    expect(phi[2]).toBeCloseTo(Math.log(2) / 175, 12);
    expect(indicator[2]).toBeCloseTo(0.426275595, 9);
    expect(indicator[3]).toBeGreaterThan(0.9999999);
  });

  it('survives packing and unpacking, lines of different counts included', () => {
    const shape = {
      parts: [
        { ...partOf(SQUARE, [0.1, -0.2]), index: 0 },
        { ...randomPart(1), index: 1 },
      ],
      sharpness: 90,
    };
    const back = unpackFlat(packFlat(shape));
    expect(back.sharpness).toBe(90);
    back.parts.forEach((part, k) => {
      expect(part.lines).toHaveLength(shape.parts[k].lines.length);
      expect(part.translation).toEqual(shape.parts[k].translation);
      part.lines.forEach(({ normal, offset }, h) => {
        expect(offset).toBe(shape.parts[k].lines[h].offset);
        expect(normal[0]).toBeCloseTo(shape.parts[k].lines[h].normal[0], 14);
      });
    });
  });
});

describe('partPolygon', () => {
  it('makes the square, anticlockwise, and knows the line of every edge', () => {
    const polygon = partPolygon(partOf(SQUARE, [1, 2])) as FlatPolygon;
    expect(polygonArea(polygon)).toBeCloseTo(0.25, 14);
    expect([...polygon.lines].sort()).toEqual([0, 1, 2, 3]);
    polygon.lines.forEach((line, i) => {
      const [x, y, offset] = SQUARE[line];
      for (const at of [2 * i, (2 * i + 2) % 8]) {
        expect(x * (polygon.corners[at] - 1) + y * (polygon.corners[at + 1] - 2)).toBeCloseTo(offset, 14);
      }
    });
  });

  it('puts every corner on the two lines of its edges and inside all others (seeds 1..60)', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const part = randomPart(seed);
      const polygon = partPolygon(part) as FlatPolygon;
      const count = polygon.lines.length;
      for (let i = 0; i < count; i++) {
        const heights = part.lines.map(
          ({ normal, offset }) =>
            normal[0] * (polygon.corners[2 * i] - part.translation[0]) +
            normal[1] * (polygon.corners[2 * i + 1] - part.translation[1]) -
            offset,
        );
        expect(Math.max(...heights)).toBeLessThan(1e-12);
        expect(Math.abs(heights[polygon.lines[i]])).toBeLessThan(1e-12);
        expect(Math.abs(heights[polygon.lines[(i + count - 1) % count]])).toBeLessThan(1e-12);
      }
    }
  });

  it('holds the very points whose largest signed distance is not positive (20,000 points)', () => {
    const random = createRandom(11);
    let differing = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const part = randomPart(seed, 4 + (seed % 9));
      const polygon = partPolygon(part) as FlatPolygon;
      for (let i = 0; i < 1000; i++) {
        const [x, y] = [random.uniform() - 0.5, random.uniform() - 0.5];
        if (polygonHolds(polygon, x, y) !== partHolds(part, x, y)) differing++;
      }
    }
    expect(differing).toBe(0);
  });

  it('lies around the smooth field, at most log(H) / delta away', () => {
    const part = { ...randomPart(5), smoothness: 60 };
    const random = createRandom(2);
    const points = Float64Array.from({ length: 4000 }, () => random.uniform() - 0.5);
    const { phi } = evaluateField(packFlat({ parts: [part], sharpness: 75 }), points);
    const gap = Math.log(part.lines.length) / 60;
    for (let i = 0; i < phi.length; i++) {
      const holds = partHolds(part, points[2 * i], points[2 * i + 1]);
      if (phi[i] <= 0) expect(holds).toBe(true);
      if (phi[i] > gap) expect(holds).toBe(false);
    }
  });

  it('leaves out lines that touch nothing, and welds copies and lines through a corner', () => {
    const s = Math.SQRT1_2;
    const polygon = partPolygon(
      partOf([...SQUARE, [1, 0, 0.4], [1, 0, 0.25], [s, s, 0.5 * s]]),
    ) as FlatPolygon;
    expect(polygon.lines).toHaveLength(4);
    expect(polygonArea(polygon)).toBeCloseTo(0.25, 12);
  });

  it('closes open parts with the box and says so; nothing is left of contradicting lines', () => {
    const open = partPolygon(partOf(SQUARE.slice(1)), 1) as FlatPolygon;
    expect([...open.lines]).toContain(OUTSIDE_LINE);
    expect(polygonArea(open)).toBeCloseTo(1.25 * 0.5, 14);
    expect(partPolygon(partOf([[1, 0, -0.3], ...SQUARE.slice(1)]))).toBeNull();
    expect(partPolygon(partOf([[1, 0, -0.25], ...SQUARE.slice(1)]))).toBeNull();
  });
});

describe('maskOfPicture', () => {
  const picture = (width: number, height: number, pixel: (x: number, y: number) => readonly number[]) => {
    const rgba = new Uint8Array(width * height * 4);
    for (let i = 0; i < width * height; i++) rgba.set(pixel(i % width, Math.floor(i / width)), 4 * i);
    return { width, height, rgba };
  };
  const middle = (x: number, y: number): boolean => x >= 4 && x < 12 && y >= 6 && y < 10;
  const choice = { threshold: 0.5, invert: false };
  const expected = Uint8Array.from({ length: 256 }, (_, i) => (middle(i % 16, Math.floor(i / 16)) ? 1 : 0));

  it.each([
    ['alpha', [255, 255, 255, 255], [255, 255, 255, 0]],
    ['light', [250, 250, 250, 255], [10, 0, 20, 255]],
    ['dark', [0, 0, 0, 255], [200, 220, 200, 255]],
  ] as const)('tells the shape by %s', (from, shown, around) => {
    const made = unwrap(
      maskOfPicture(
        picture(16, 16, (x, y) => (middle(x, y) ? shown : around)),
        choice,
      ),
    );
    expect(made.from).toBe(from);
    expect(made.mask.inside).toEqual(expected);
  });

  it('takes the other side and the threshold as it is told', () => {
    const grey = picture(16, 16, (x, y) => (middle(x, y) ? [100, 100, 100, 255] : [20, 20, 20, 255]));
    expect(maskOfPicture(grey, choice)).toMatchObject({ error: { code: 'mask-empty' } });
    expect(unwrap(maskOfPicture(grey, { ...choice, threshold: 0.3 })).mask.inside).toEqual(expected);
    const other = unwrap(maskOfPicture(grey, { threshold: 0.3, invert: true })).mask.inside;
    expect(other).toEqual(expected.map((value) => 1 - value));
  });

  it('averages large pictures down', () => {
    const { mask } = unwrap(
      maskOfPicture(
        picture(1500, 600, (x) => (x > 300 && x < 900 ? [255, 255, 255, 255] : [0, 0, 0, 255])),
        choice,
      ),
    );
    expect(mask.width).toBeLessThanOrEqual(LONGEST_MASK_SIDE);
    expect(mask).toMatchObject({ width: 500, height: 200 });
    expect(frameOfMask(mask).centre[0]).toBeCloseTo(200, -1);
  });

  it('refuses what has no outline', () => {
    const white = picture(16, 16, () => [255, 255, 255, 255]);
    const clear = picture(16, 16, () => [255, 255, 255, 0]);
    const solid = picture(16, 16, () => [0, 0, 0, 200]);
    expect(maskOfPicture(white, choice)).toMatchObject({ error: { code: 'mask-empty' } });
    expect(maskOfPicture(white, { ...choice, invert: true })).toMatchObject({ error: { code: 'mask-full' } });
    expect(maskOfPicture(clear, choice)).toMatchObject({ error: { code: 'mask-empty' } });
    expect(maskOfPicture(solid, choice)).toMatchObject({ error: { code: 'mask-full' } });
    expect(checkMask({ width: 1, height: 1, inside: new Uint8Array([1]) })).toMatchObject({
      error: { code: 'mask-too-small' },
    });
    expect(checkMask({ width: 16, height: 16, inside: new Uint8Array(12) })).toMatchObject({ ok: false });
  });
});

describe('what is written', () => {
  const shape = {
    parts: [
      { ...randomPart(4), index: 0 },
      { ...partOf(SQUARE, [0.2, 0.1]), index: 1 },
    ],
    sharpness: 75,
  };
  const mask = sampleMaskPicture('star');
  const frame = frameOfMask(mask);
  const drawing = drawingOver(mask, frame, shape);

  it('SVG: the corners come back to the last bits, and name their lines', () => {
    const text = flatText(drawing, 'svg');
    expect(text).toContain('viewBox="0 0 256 256"');
    const found = [...text.matchAll(/data-lines="([^"]*)"[^>]*points="([^"]*)"/g)];
    expect(found).toHaveLength(2);
    found.forEach(([, lines, points], k) => {
      const polygon = partPolygon(shape.parts[k]) as FlatPolygon;
      expect(lines.split(' ').map(Number)).toEqual([...polygon.lines]);
      points.split(/[ ,]/).forEach((value, i) => {
        const sign = i % 2 === 0 ? 1 : -1;
        expect((sign * (Number(value) - frame.centre[i % 2])) / frame.pixelsPerUnit).toBeCloseTo(
          polygon.corners[i],
          12,
        );
      });
    });
  });

  it('JSON: the half-planes come back bit for bit, and so make the same polygons', () => {
    const read = JSON.parse(flatText(drawing, 'json')) as {
      parts: (FlatPart & { edgeLines: number[] })[];
      frame: unknown;
    };
    expect(read.frame).toEqual(frame);
    read.parts.forEach((part, k) => {
      expect(part.lines).toEqual(shape.parts[k].lines);
      expect(partPolygon(part)).toEqual(partPolygon(shape.parts[k]));
      expect(part.edgeLines).toEqual([...(partPolygon(part) as FlatPolygon).lines]);
    });
  });
});

describe('measures', () => {
  it('count the parts over a point, and compare two sets', () => {
    const shape = { parts: [partOf(SQUARE), partOf(SQUARE, [0.2, 0])], sharpness: 75 };
    expect([...coverCounts(shape, [0, 0, 0.4, 0, 0.6, 0])]).toEqual([2, 1, 0]);
    expect(maskIou([1, 1, 0, 0], [1, 0, 1, 0])).toBeCloseTo(1 / 3, 15);
    expect(maskIou([0, 0], [0, 0])).toBe(1);
  });
});
