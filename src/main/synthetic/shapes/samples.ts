import { sampleBox, sampleNearSurface } from '../../../shared/geometry/sampling';
import { createCrossingCounter } from '../../../shared/geometry/winding-crossings';
import { triangleCorners } from '../../../shared/geometry/bvh';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { createRandom } from '../../../shared/random';
import type { ProceduralShape } from './shape';

/** Half the edge of the cube of uniform points, as in OccNet's and CvxNet's data. */
export const HALF_SIZE = 0.55;
/** Standard deviation of the near points' distance per axis. */
export const NEAR_BAND = 0.02;

/** Points with the part that holds them. */
export interface PartSamples {
  /** [N, 3] */
  readonly points: Float32Array;
  /** [N] 0 outside, else 1 + index of the first part that holds the point. */
  readonly labels: Uint8Array;
}

/**
 * Points uniform in the cube and near the surface, labelled with the parts. Same seed, same points.
 * @param stored what a coordinate is after it has been written and read; labels hold for the points as stored
 */
export function samplePoints(
  shape: ProceduralShape,
  count: number,
  seed: number,
  stored: (coordinate: number) => number = Math.fround,
): { readonly box: PartSamples; readonly near: PartSamples } {
  const random = createRandom(seed);
  const label = createLabeller(shape.parts.map(({ mesh }) => mesh));
  const box = sampleBox(count, HALF_SIZE, random).map(stored);
  const near = sampleNearSurface(shape.mesh, count, NEAR_BAND, random).map(stored);
  return { box: { points: box, labels: label(box) }, near: { points: near, labels: label(near) } };
}

/** Labels points [N, 3] by closed meshes; at most 255 of them. */
function createLabeller(meshes: readonly TriangleMesh[]): (points: Float32Array) => Uint8Array {
  const tests = meshes.map(({ positions, indices }) => ({
    winding: createCrossingCounter(triangleCorners(positions, indices)),
    ...boxOf(positions),
  }));
  return (points) => {
    const labels = new Uint8Array(points.length / 3);
    for (let i = 0; i < labels.length; i++) {
      const x = points[i * 3];
      const y = points[i * 3 + 1];
      const z = points[i * 3 + 2];
      for (let p = 0; p < tests.length; p++) {
        const { low, high, winding } = tests[p];
        if (x < low[0] || y < low[1] || z < low[2] || x > high[0] || y > high[1] || z > high[2]) continue;
        if (winding(x, y, z) < 1) continue;
        labels[i] = p + 1;
        break;
      }
    }
    return labels;
  };
}

function boxOf(positions: Float64Array): { low: number[]; high: number[] } {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3], positions[i]);
    high[i % 3] = Math.max(high[i % 3], positions[i]);
  }
  return { low, high };
}
