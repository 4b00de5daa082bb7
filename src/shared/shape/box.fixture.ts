import type { Vec3 } from '../geometry/types';
import type { ConvexPart } from './types';

/** An axis-aligned box as a part, in learning units: planes in the order -x, +x, -y, +y, -z, +z. For tests. */
export function boxPart(
  index: number,
  centre: Vec3,
  half: Vec3,
  rest: Partial<Omit<ConvexPart, 'index' | 'translation' | 'planes'>> = {},
): ConvexPart {
  return {
    id: `part-${index}`,
    name: `Part ${index + 1}`,
    index,
    translation: centre,
    planes: half.flatMap((offset, axis) =>
      [-1, 1].map((sign) => {
        const normal: [number, number, number] = [0, 0, 0];
        normal[axis] = sign;
        return { normal, offset, locked: false };
      }),
    ),
    smoothness: 175,
    visible: true,
    locked: false,
    ...rest,
  };
}
