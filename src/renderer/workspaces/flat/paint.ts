import type { FlatMask } from '../../../shared/flat/types';

/** The mask with a stroke of a round brush from one point to another, pixels; pen 1, eraser 0. */
export function stroke(
  mask: FlatMask,
  from: readonly [number, number],
  to: readonly [number, number],
  diameter: number,
  value: 0 | 1,
): FlatMask {
  const { width, height } = mask;
  const inside = mask.inside.slice();
  const radius = diameter / 2;
  const [left, right] = [Math.min(from[0], to[0]) - radius, Math.max(from[0], to[0]) + radius];
  const [top, bottom] = [Math.min(from[1], to[1]) - radius, Math.max(from[1], to[1]) + radius];
  const [along, down] = [to[0] - from[0], to[1] - from[1]];
  const squared = along * along + down * down;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++) {
      const [u, v] = [x + 0.5 - from[0], y + 0.5 - from[1]];
      const t = squared === 0 ? 0 : Math.min(1, Math.max(0, (u * along + v * down) / squared));
      if (Math.hypot(u - t * along, v - t * down) <= radius) inside[y * width + x] = value;
    }
  }
  return { width, height, inside };
}
