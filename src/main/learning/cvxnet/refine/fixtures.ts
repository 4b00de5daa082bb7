import type { Vec3 } from '../../../../shared/geometry/types';
import type { ConvexPart, ConvexShape } from '../../../../shared/shape/types';

/** An axis-aligned box as a part. */
export function boxPart(index: number, centre: Vec3, half: Vec3): ConvexPart {
  return {
    id: `part-${index}`,
    name: `Part ${index + 1}`,
    index,
    translation: centre,
    planes: [0, 1, 2].flatMap((axis) =>
      [-1, 1].map((sign) => ({
        normal: [0, 0, 0].map((_, c) => (c === axis ? sign : 0)) as unknown as Vec3,
        offset: half[axis],
        locked: false,
      })),
    ),
    smoothness: 300,
    visible: true,
    locked: false,
  };
}

/** A chair-like thing of a seat, a back and a leg: no side looks like another. */
export const CHAIR: ConvexShape = {
  sharpness: 75,
  parts: [
    boxPart(0, [0, -0.05, 0], [0.3, 0.06, 0.3]),
    boxPart(1, [0, 0.25, -0.25], [0.3, 0.25, 0.05]),
    boxPart(2, [0.22, -0.3, 0.1], [0.06, 0.2, 0.16]),
  ],
};
