import { partPolytope } from '../../../../shared/shape/explicit';
import type { ConvexPart } from '../../../../shared/shape/types';

/** How a part's planes make its surface: what their changes weigh. */
export interface PartSurface {
  /** Index of the learned part. */
  readonly index: number;
  /** [H] share of the surface that is on the plane; they sum to at most 1. */
  readonly shares: Float64Array;
  /** Radius of the ball of the same surface: the lever of a plane that turns, learning units. */
  readonly radius: number;
}

/**
 * The surface of a part as learnedShape gives it: planes that were added to close it lie behind the learned `planes`
 * and count for nothing, like planes that cut nothing off.
 */
export function partSurface(part: ConvexPart, planes: number): PartSurface {
  const shares = new Float64Array(planes);
  const body = partPolytope(part);
  if (!body.ok) return { index: part.index, shares, radius: 0 };
  let total = 0;
  for (const { plane, loop } of body.value.faces) {
    const area = loopArea(body.value.vertices, loop);
    total += area;
    if (plane >= 0 && plane < planes) shares[plane] += area;
  }
  if (total > 0) for (let h = 0; h < planes; h++) shares[h] /= total;
  return { index: part.index, shares, radius: Math.sqrt(total / (4 * Math.PI)) };
}

/** Half the length of the sum of the fan's cross products. */
function loopArea(vertices: Float64Array, loop: readonly number[]): number {
  const corner = (i: number, axis: number): number =>
    vertices[loop[i] * 3 + axis] - vertices[loop[0] * 3 + axis];
  const sum = [0, 0, 0];
  for (let i = 1; i + 1 < loop.length; i++) {
    for (let axis = 0; axis < 3; axis++) {
      const [a, b] = [(axis + 1) % 3, (axis + 2) % 3];
      sum[axis] += corner(i, a) * corner(i + 1, b) - corner(i, b) * corner(i + 1, a);
    }
  }
  return Math.hypot(...sum) / 2;
}
