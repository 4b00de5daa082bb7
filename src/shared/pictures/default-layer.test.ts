import { describe, expect, it } from 'vitest';
import { defaultLayer } from './default-layer';

const layers = (...sides: number[]) =>
  sides.map((side, i) => ({ name: `conv${i + 1}`, height: side, width: side + 2, channels: 4 }));

describe('the layer that is looked at first', () => {
  it('is the deepest one that still shows where', () => {
    expect(defaultLayer(layers(14, 7)).name).toBe('conv2');
    expect(defaultLayer(layers(32, 16, 8, 4)).name).toBe('conv3');
  });

  it('is the largest where all are small', () => {
    expect(defaultLayer(layers(5, 6, 2)).name).toBe('conv2');
  });
});
