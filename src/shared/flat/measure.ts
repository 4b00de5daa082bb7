import type { Numbers } from '../geometry/types';
import { partHolds } from './polygon';
import type { FlatFrame, FlatMask, FlatShape } from './types';

/** The middles of a mask's pixels in learning units, [height * width, 2]. */
export function pixelPoints({ width, height }: FlatMask, frame: FlatFrame): Float32Array {
  const points = new Float32Array(width * height * 2);
  for (let i = 0; i < width * height; i++) {
    points[2 * i] = ((i % width) + 0.5 - frame.centre[0]) / frame.pixelsPerUnit;
    points[2 * i + 1] = (frame.centre[1] - Math.floor(i / width) - 0.5) / frame.pixelsPerUnit;
  }
  return points;
}

/** Intersection over union of two sets of the same points; 1 where both are empty. */
export function maskIou(first: Numbers, second: Numbers): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i] >= 0.5, second[i] >= 0.5];
    if (a && b) both++;
    if (a || b) either++;
  }
  return either === 0 ? 1 : both / either;
}

/** [N] how many parts hold each point of [N, 2]. */
export function coverCounts(shape: FlatShape, points: Numbers): Uint8Array {
  const counts = new Uint8Array(points.length / 2);
  for (const part of shape.parts) {
    for (let i = 0; i < counts.length; i++) {
      if (partHolds(part, points[2 * i], points[2 * i + 1])) counts[i]++;
    }
  }
  return counts;
}
