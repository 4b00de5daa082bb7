import { boxPart } from '../../../../shared/shape/box.fixture';
import type { ConvexShape } from '../../../../shared/shape/types';

/** A chair-like thing of a seat, a back and a leg: no side looks like another. */
export const CHAIR: ConvexShape = {
  sharpness: 75,
  parts: [
    boxPart(0, [0, -0.05, 0], [0.3, 0.06, 0.3]),
    boxPart(1, [0, 0.25, -0.25], [0.3, 0.25, 0.05]),
    boxPart(2, [0.22, -0.3, 0.1], [0.06, 0.2, 0.16]),
  ],
};
