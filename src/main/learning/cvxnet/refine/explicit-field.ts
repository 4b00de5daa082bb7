import { packShape } from '../../../../shared/shape/pack';
import type { ConvexShape } from '../../../../shared/shape/types';

/** max_h over a part's planes, least over the parts: negative inside, at most the distance outside. Learning units. */
export type ExplicitField = (x: number, y: number, z: number) => number;

/** The union of the polytopes as a field; made for many calls. */
export function explicitField(shape: ConvexShape): ExplicitField {
  const { parts, planes, normals, offsets, translations } = packShape(shape);
  // n . x - (d + n . c), so that a plane costs one dot product.
  const shifted = offsets.map((offset, i) => {
    const c = Math.floor(i / planes) * 3;
    const n = i * 3;
    return (
      offset +
      normals[n] * translations[c] +
      normals[n + 1] * translations[c + 1] +
      normals[n + 2] * translations[c + 2]
    );
  });
  return (x, y, z) => {
    let least = Infinity;
    for (let k = 0, i = 0; k < parts; k++) {
      let most = -Infinity;
      const end = (k + 1) * planes;
      for (i = k * planes; i < end; i++) {
        const height = normals[i * 3] * x + normals[i * 3 + 1] * y + normals[i * 3 + 2] * z - shifted[i];
        if (height > most) most = height;
        // No plane lowers a part's value again.
        if (most >= least) break;
      }
      if (most < least) least = most;
    }
    return least;
  };
}
