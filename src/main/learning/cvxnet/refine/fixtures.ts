import type { Vec3 } from '../../../../shared/geometry/types';
import type { ConvexPart } from '../../../../shared/shape/types';

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
