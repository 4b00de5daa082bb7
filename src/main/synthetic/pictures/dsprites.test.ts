import { describe, expect, it } from 'vitest';
import { DSPRITES, DSPRITES_COUNT, dspritesFactors, dspritesIndex } from './dsprites';

function area(shape: number, scale: number, x = 0, y = 0, turn = 0): number {
  return DSPRITES.draw([shape, scale, turn, x, y]).reduce((sum, value) => sum + value, 0);
}

describe('drawing dSprites', () => {
  it('has the areas of the original at the largest and the smallest scale', () => {
    expect([0, 1, 2].map((shape) => area(shape, 5))).toEqual([400, 288, 222]);
    expect([0, 1, 2].map((shape) => area(shape, 0))).toEqual([100, 76, 58]);
  });

  it('draws the last orientation as the first', () => {
    for (const shape of [0, 1, 2]) {
      for (const place of [0, 13, 31]) {
        const values = [shape, 3, 0, place, 31 - place];
        expect(DSPRITES.draw(values.with(2, 39))).toEqual(DSPRITES.draw(values));
        expect(DSPRITES.draw(values.with(2, 7))).not.toEqual(DSPRITES.draw(values));
      }
    }
  });

  it('finds every one of 737,280 combinations by its place and back', () => {
    expect(DSPRITES_COUNT).toBe(737_280);
    let wrong = 0;
    for (let place = 0; place < DSPRITES_COUNT; place++) {
      const [shape, scale, turn, x, y] = dspritesFactors(place);
      if ((((shape * 6 + scale) * 40 + turn) * 32 + x) * 32 + y !== place) wrong++;
      if (dspritesIndex([shape, scale, turn, x, y]) !== place) wrong++;
    }
    expect(wrong).toBe(0);
    expect(dspritesFactors(DSPRITES_COUNT - 1)).toEqual([2, 5, 39, 31, 31]);
  });

  it('keeps every shape off the border, at every orientation in two corners', () => {
    let outside = 0;
    for (let turn = 0; turn < 40; turn += 3) {
      for (const shape of [0, 1, 2]) {
        for (const corner of [0, 31]) {
          const pixels = DSPRITES.draw([shape, 5, turn, corner, corner]);
          for (let i = 0; i < pixels.length; i++) {
            const [x, y] = [i % 64, Math.floor(i / 64)];
            if (pixels[i] === 1 && (Math.min(x, y) < 2 || Math.max(x, y) > 61)) outside++;
          }
        }
      }
    }
    expect(outside).toBe(0);
  });

  it('puts x to the right, y downwards, the lobes of a heart up and turns counter-clockwise', () => {
    const centre = (values: readonly number[]): [number, number] => {
      const pixels = DSPRITES.draw(values);
      let [sum, across, down] = [0, 0, 0];
      pixels.forEach((value, i) => {
        sum += value;
        across += value * ((i % 64) + 0.5);
        down += value * (Math.floor(i / 64) + 0.5);
      });
      return [across / sum, down / sum];
    };
    expect(centre([0, 5, 0, 31, 0])).toEqual([48, 16]);
    expect(centre([0, 5, 0, 0, 31])).toEqual([16, 48]);
    // The tip of the heart reaches further from the middle than the lobes, which hold more of the area.
    const rows = Array.from({ length: 64 }, (_, y) =>
      DSPRITES.draw([2, 5, 0, 0, 0])
        .subarray(y * 64, (y + 1) * 64)
        .reduce((sum, value) => sum + value, 0),
    );
    const used = rows.flatMap((sum, y) => (sum > 0 ? [y] : []));
    expect(rows[used[2]]).toBeGreaterThan(rows[used.at(-3)!]);
    // An eighth of a turn takes the long axis of an ellipse from horizontal to the upper right.
    const turned = DSPRITES.draw([1, 5, 5, 15, 15]);
    let covariance = 0;
    const [meanX, meanY] = centre([1, 5, 5, 15, 15]);
    turned.forEach((value, i) => {
      covariance += value * ((i % 64) + 0.5 - meanX) * (Math.floor(i / 64) + 0.5 - meanY);
    });
    expect(covariance).toBeLessThan(0);
  });
});
