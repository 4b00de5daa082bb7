import type { FlatMask } from './types';

export type SampleMaskName = 'star' | 'letter';

/** Sides of a sample mask, pixels. */
export const SAMPLE_MASK_SIDE = 256;

/** A mask to start from: a five-pointed star, or the letter R, both outlines that one convex part cannot follow. */
export function sampleMaskPicture(name: SampleMaskName): FlatMask {
  const side = SAMPLE_MASK_SIDE;
  const holds = name === 'star' ? inStar : inLetter;
  const inside = Uint8Array.from({ length: side * side }, (_, i) =>
    holds((((i % side) + 0.5) / side) * 2 - 1, 1 - ((Math.floor(i / side) + 0.5) / side) * 2) ? 1 : 0,
  );
  return { width: side, height: side, inside };
}

const POINTS = 5;
const OUTER = 0.9;
/** The inner radius at which the sides of neighbouring points lie on one line. */
const INNER = (OUTER * Math.cos((2 * Math.PI) / POINTS)) / Math.cos(Math.PI / POINTS);

function inStar(x: number, y: number): boolean {
  const sector = Math.PI / POINTS;
  const turn = Math.atan2(x, y + 0.08);
  // Folded into half of one point: its tip at angle 0, the notch beside it at `sector`.
  const angle = Math.abs(turn - 2 * sector * Math.round(turn / (2 * sector)));
  const radius = Math.hypot(x, y + 0.08);
  const [u, v] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  const [notchU, notchV] = [INNER * Math.cos(sector), INNER * Math.sin(sector)];
  return (u - OUTER) * notchV - v * (notchU - OUTER) <= 0;
}

function inLetter(x: number, y: number): boolean {
  const stem = x > -0.6 && x < -0.25 && Math.abs(y) < 0.85;
  const across = Math.hypot(Math.max(0, x - 0.1), y - 0.35);
  const bowl = x > -0.6 && x <= 0.65 && y < 0.85 && y > -0.15 && across < 0.5;
  const hole = x > -0.25 && Math.hypot(Math.max(0, x - 0.1), (y - 0.35) * 1.05) < 0.19;
  const along = (y + 0.85) / 0.75;
  const leg = y > -0.85 && y < -0.1 && x > 0.38 - 0.5 * along - 0.02 && x < 0.78 - 0.5 * along;
  return (stem || bowl || leg) && !(hole && !stem);
}
