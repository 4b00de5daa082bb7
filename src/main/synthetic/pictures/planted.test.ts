import { describe, expect, it } from 'vitest';
import { drawPlanted } from './planted';

describe('planting anomalies', () => {
  it('draws the same picture for the same name, with nothing planted in a normal one', () => {
    expect(drawPlanted('a 1', false)).toEqual(drawPlanted('a 1', false));
    expect(drawPlanted('a 1', false)).not.toEqual(drawPlanted('a 2', false));
    expect(drawPlanted('a 1', false).mask.every((value) => value === 0)).toBe(true);
  });

  it('changes the texture by 0.35 where the mask is and nowhere else', () => {
    let [outside, inside] = [0, 0];
    for (let n = 0; n < 30; n++) {
      const normal = drawPlanted(`b ${n}`, false).pixels;
      const { pixels, mask } = drawPlanted(`b ${n}`, true);
      let size = 0;
      for (let i = 0; i < pixels.length; i++) {
        const change = Math.abs(pixels[i] - normal[i]);
        if (mask[i] === 255) size++;
        else if (change !== 0) outside++;
        // Values at the ends of the range are cut.
        const isCut = pixels[i] === 0 || pixels[i] === 255;
        if (mask[i] === 255 && !isCut && Math.abs(change - 0.35 * 255) > 1) inside++;
      }
      expect(size).toBeGreaterThan(30);
      expect(size).toBeLessThan(300);
    }
    expect([outside, inside]).toEqual([0, 0]);
  });
});
