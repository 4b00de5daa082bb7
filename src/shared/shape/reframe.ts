import type { Frame } from '../document/types';
import type { Vec3 } from '../geometry/types';
import type { ConvexPart, ConvexShape } from './types';

/**
 * The same shape in metres, written in the learning space of another frame: lengths scale by the ratio of the units,
 * and where the up axes differ everything turns about x. Smoothness and sharpness scale inversely to lengths, so that
 * the field at a place stays what it was.
 */
export function reframeShape(shape: ConvexShape, from: Frame, to: Frame): ConvexShape {
  const scale = from.metresPerUnit / to.metresPerUnit;
  const turn = turnBetween(from, to);
  const origin = turn(from.origin);
  const offset = origin.map((value, c) => (value - to.origin[c]) / to.metresPerUnit);
  const reframe = (part: ConvexPart): ConvexPart => {
    const translation = turn(part.translation);
    return {
      ...part,
      translation: [
        offset[0] + scale * translation[0],
        offset[1] + scale * translation[1],
        offset[2] + scale * translation[2],
      ],
      planes: part.planes.map((plane) => ({
        ...plane,
        normal: turn(plane.normal),
        offset: scale * plane.offset,
      })),
      smoothness: part.smoothness / scale,
    };
  };
  return { parts: shape.parts.map(reframe), sharpness: shape.sharpness / scale };
}

/** Y up to Z up, or back, about x; never a mirror. */
function turnBetween(from: Frame, to: Frame): (v: Vec3) => Vec3 {
  if (from.upAxis === to.upAxis) return (v) => v;
  return to.upAxis === 'z' ? ([x, y, z]) => [x, -z, y] : ([x, y, z]) => [x, z, -y];
}
