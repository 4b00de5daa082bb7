import type { Random } from '../random';
import { meshHausdorff } from './hausdorff';
import { meshMass } from './mass';
import type { TriangleMesh } from './types';

/** How far a part is from its convex hull, in the unit of the mesh and on a scale-free one. */
export interface Concavity {
  /** In the mesh's unit. */
  readonly metric: number;
  /** For the part's longest box edge scaled to 2, the scale of CoACD's threshold (0.05 by default). */
  readonly normalised: number;
  /** Sampled Hausdorff distance of the boundaries, in the mesh's unit. */
  readonly boundary: number;
  /** Radius of the ball as large as the volume between hull and part, times k. */
  readonly interior: number;
}

/**
 * Concavity in the sense of CoACD (Wei et al. 2022): the larger of the boundary distance between part and hull and a
 * cheap surrogate of the interior one, k * (3 dV / 4 pi)^(1/3), k = 0.3.
 * @param part outward, closed.
 * @param hull its convex hull.
 * @param samples random points per surface for the boundary distance.
 */
export function measureConcavity(
  part: TriangleMesh,
  hull: TriangleMesh,
  random: Random,
  samples = 3000,
  k = 0.3,
): Concavity {
  const boundary = meshHausdorff(part, hull, samples, random).symmetric;
  const between = Math.abs(meshMass(hull).volume - meshMass(part).volume);
  const interior = k * Math.cbrt((3 * between) / (4 * Math.PI));
  const metric = Math.max(boundary, interior);
  const edge = longestEdge(hull);
  return { metric, normalised: edge > 0 ? (2 * metric) / edge : 0, boundary, interior };
}

function longestEdge({ positions, indices }: TriangleMesh): number {
  let longest = 0;
  for (let c = 0; c < 3; c++) {
    let min = Infinity;
    let max = -Infinity;
    for (const v of indices) {
      min = Math.min(min, positions[v * 3 + c]);
      max = Math.max(max, positions[v * 3 + c]);
    }
    longest = Math.max(longest, max - min);
  }
  return longest;
}
