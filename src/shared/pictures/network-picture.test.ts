import { describe, expect, it } from 'vitest';
import { toNetworkPicture } from './network-picture';

describe('bringing a picture to a network', () => {
  it('makes colour grey by Rec. 601 and repeats grey per channel', () => {
    const colour = { width: 2, height: 1, channels: 3 as const, pixels: Uint8Array.of(255, 0, 0, 0, 255, 0) };
    const grey = toNetworkPicture(colour, { width: 2, height: 1, channels: 1 });
    expect(grey).toEqual({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(76, 150) });
    const back = toNetworkPicture(grey, { width: 2, height: 1, channels: 3 });
    expect([...back.pixels]).toEqual([76, 76, 76, 150, 150, 150]);
  });

  it('changes size and channels at once', () => {
    const pixels = Uint8Array.from({ length: 16 * 12 }, () => 90);
    const made = toNetworkPicture(
      { width: 16, height: 12, channels: 1, pixels },
      { width: 8, height: 9, channels: 3 },
    );
    expect([made.width, made.height, made.channels, made.pixels.length]).toEqual([8, 9, 3, 216]);
    expect(new Set(made.pixels)).toEqual(new Set([90]));
  });
});
