import type { HalfspaceDocument, UpAxis } from '../../../shared/document/types';
import { boxPart } from '../../../shared/shape/box.fixture';

/**
 * Two overlapping boxes and one apart, in a frame with an offset and a scale: union 0.2^3 * 2 - 0.1 * 0.2 * 0.2 + 0.1^3
 * = 0.013 cubic learning units.
 */
export function threeBoxes(upAxis: UpAxis): HalfspaceDocument {
  return {
    id: 'boxes',
    name: 'Three boxes & more',
    frame: { origin: [1, 2, 3], metresPerUnit: 0.5, upAxis },
    sharpness: 75,
    parts: [
      boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1]),
      boxPart(1, [0.1, 0, 0], [0.1, 0.1, 0.1]),
      boxPart(2, [0, 0.35, 0], [0.05, 0.05, 0.05]),
    ],
    source: null,
    recipe: null,
    adoptedParts: null,
    journal: [],
  };
}

export const UNION_VOLUME = 0.013 * 0.5 ** 3;
export const SUM_OF_VOLUMES = 0.017 * 0.5 ** 3;
