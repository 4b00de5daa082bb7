import type { Numbers } from '../types';

/** max_h H at a point over planes [H,4]: at most 0 inside; -Infinity without planes. */
export function largestDistance(planes: Numbers, x: number, y: number, z: number): number {
  let largest = -Infinity;
  for (let at = 0; at + 3 < planes.length; at += 4) {
    const distance = planes[at] * x + planes[at + 1] * y + planes[at + 2] * z - planes[at + 3];
    if (distance > largest) largest = distance;
  }
  return largest;
}
