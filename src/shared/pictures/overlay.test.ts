import { describe, expect, it } from 'vitest';
import { colourAt } from './colour-maps';
import { paintOverlay, sharedScale, withSign } from './overlay';

const values = Float32Array.from([-4, -1, 0, 2]);
const picture = { width: 2, height: 2, rgba: new Uint8Array(16).fill(100) };

describe('overlays', () => {
  it('show a signed map, its size, or what is above zero, and leave the map as it was', () => {
    expect([...withSign(values, 'signed')]).toEqual([-4, -1, 0, 2]);
    expect([...withSign(values, 'abs')]).toEqual([4, 1, 0, 2]);
    expect([...withSign(values, 'relu')]).toEqual([0, 0, 0, 2]);
    expect([...values]).toEqual([-4, -1, 0, 2]);
  });

  it('share a scale that begins at zero, or is as wide below zero as above', () => {
    expect(sharedScale(values, 'signed')).toEqual({ from: -4, to: 4 });
    expect(sharedScale(values, 'abs')).toEqual({ from: 0, to: 4 });
    expect(sharedScale(values, 'relu')).toEqual({ from: 0, to: 2 });
    expect(sharedScale(new Float32Array(3), 'relu')).toEqual({ from: 0, to: 1 });
    expect(sharedScale(Float32Array.from([-1, -2]), 'relu')).toEqual({ from: 0, to: 1 });
  });

  it('are the map alone, the picture alone, or both', () => {
    const scale = { from: 0, to: 4 };
    const map = withSign(values, 'abs');
    const alone = paintOverlay(picture, map, scale, 'viridis', 1);
    expect([...alone.rgba.subarray(0, 3)]).toEqual(colourAt('viridis', 1));
    expect([...alone.rgba.subarray(12, 15)]).toEqual(colourAt('viridis', 0.5));
    const none = paintOverlay(picture, map, scale, 'viridis', 0);
    expect([...none.rgba.subarray(0, 4)]).toEqual([100, 100, 100, 255]);
    const half = paintOverlay(picture, map, scale, 'magma', 0.5);
    const [red] = colourAt('magma', 0);
    expect(half.rgba[8]).toBe(Math.round((100 + red) / 2));
    expect(picture.rgba[3]).toBe(100);
  });
});
