import { describe, expect, it } from 'vitest';
import { cube } from '../../workbench/actions/testing';
import { boxBetween, fitBox, middleBox } from './box';
import { outlinePath } from './outline';
import { renderShape } from './shape-picture';

describe('the outline of a mask', () => {
  it('runs along the borders of its pixels, joined along rows and columns', () => {
    // A row of two pixels in the middle of a 4 x 3 picture.
    const mask = new Uint8Array([0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0]);
    expect(outlinePath(mask, 4, 3)).toBe('M1 1H3M1 2H3M1 1V2M3 1V2');
  });

  it('closes at the edge of the picture', () => {
    expect(outlinePath(new Uint8Array([1]), 1, 1)).toBe('M0 0H1M0 1H1M0 0V1M1 0V1');
    expect(outlinePath(new Uint8Array(4), 2, 2)).toBe('');
  });
});

describe('a box', () => {
  it('is drawn in any direction and stays inside the picture', () => {
    expect(boxBetween([90, 80], [10.4, -20], 100, 60)).toEqual({ x: 10, y: 0, width: 80, height: 60 });
    expect(boxBetween([5, 5], [5, 5], 100, 60)).toEqual({ x: 5, y: 5, width: 1, height: 1 });
    expect(fitBox({ x: Number.NaN, y: 70, width: 500, height: 0 }, 100, 60)).toEqual({
      x: 0,
      y: 59,
      width: 100,
      height: 1,
    });
    expect(middleBox(1, 1)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });
});

describe('a picture of a shape', () => {
  it('keeps the colour of the compared part only', () => {
    const left = { ...cube('a', 0), translation: [-0.25, 0, 0] as const };
    const right = { ...cube('b', 1), translation: [0.25, 0, 0] as const };
    const chroma = (highlighted: number | null): number => {
      const image = renderShape({ parts: [left, right], highlighted, upAxis: 'y', size: 48 });
      let coloured = 0;
      for (let p = 0; p < image.length; p += 4) {
        const rgb = [...image.subarray(p, p + 3)];
        if (Math.max(...rgb) - Math.min(...rgb) > 40) coloured++;
      }
      return coloured;
    };
    const all = chroma(null);
    expect(chroma(0)).toBeGreaterThan(0);
    expect(chroma(0)).toBeLessThan(0.8 * all);
    expect(chroma(5)).toBe(0);
  });
});
