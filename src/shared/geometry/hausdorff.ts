import type { Random } from '../random';
import { surfaceDistances, type SurfaceDistances } from './metrics';
import { meshDistances } from './nearest';
import { sampleSurface } from './sampling';
import type { Numbers, TriangleMesh } from './types';

/** Largest distances from one set to the nearest of the other. 0 for a side without points. */
export interface Hausdorff {
  readonly aToB: number;
  readonly bToA: number;
  /** The larger of both. */
  readonly symmetric: number;
}

/** Hausdorff distances between point sets A [N, 3] and B [M, 3]. */
export function hausdorff(a: Numbers, b: Numbers): Hausdorff {
  return hausdorffOf(surfaceDistances(a, b));
}

export function hausdorffOf({ aToB, bToA }: SurfaceDistances): Hausdorff {
  const forward = largest(aToB);
  const backward = largest(bToA);
  return { aToB: forward, bToA: backward, symmetric: Math.max(forward, backward) };
}

/**
 * Hausdorff distances between surfaces, from below: `samples` random points and all vertices of each mesh against the
 * other's triangles.
 */
export function meshHausdorff(a: TriangleMesh, b: TriangleMesh, samples: number, random: Random): Hausdorff {
  const fromA = sampleSurface(a, samples, random).points;
  const fromB = sampleSurface(b, samples, random).points;
  const forward = Math.max(largest(meshDistances(fromA, b)), largest(meshDistances(usedVertices(a), b)));
  const backward = Math.max(largest(meshDistances(fromB, a)), largest(meshDistances(usedVertices(b), a)));
  return { aToB: forward, bToA: backward, symmetric: Math.max(forward, backward) };
}

function usedVertices({ positions, indices }: TriangleMesh): Float64Array {
  const used = [...new Set(indices)];
  const out = new Float64Array(used.length * 3);
  used.forEach((v, i) => out.set(positions.subarray(v * 3, v * 3 + 3), i * 3));
  return out;
}

function largest(distances: Float64Array): number {
  let max = 0;
  for (const distance of distances) if (distance > max) max = distance;
  return max;
}
