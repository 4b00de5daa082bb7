import type { Random } from '../random';
import { createInsideTest, type InsideTest } from './inside';
import { sampleBox, sampleNearSurface } from './sampling';
import type { TriangleMesh } from './types';

/** Points with known occupancy. */
export interface LabelledPoints {
  /** [N, D], D = 3 but where flat shapes are spoken of. */
  readonly points: Float32Array;
  /** [N] 1 inside, 0 outside. */
  readonly inside: Uint8Array;
}

/** The two sets a fit learns from: uniform in the box, and close to the surface. */
export interface OccupancySamples {
  readonly box: LabelledPoints;
  readonly nearSurface: LabelledPoints;
}

export interface OccupancyOptions {
  /** Points uniform in the box. */
  readonly box: number;
  /** Points near the surface. */
  readonly nearSurface: number;
  /** Half the box's edge; 0.55 in OccNet's and CvxNet's data. */
  readonly halfSize: number;
  /** Standard deviation of the near-surface points' distance per axis. */
  readonly band: number;
}

/**
 * Draws and labels points of a mesh that is oriented outward and lies in the box. Labels hold for the float32 points
 * as they are stored. A mesh without area has no near-surface points.
 */
export function sampleOccupancy(
  mesh: TriangleMesh,
  options: OccupancyOptions,
  random: Random,
  test: InsideTest = createInsideTest(mesh),
): OccupancySamples {
  const box = sampleBox(options.box, options.halfSize, random);
  const near = sampleNearSurface(mesh, options.nearSurface, options.band, random);
  return {
    box: { points: box, inside: test.inside(box) },
    nearSurface: { points: near, inside: test.inside(near) },
  };
}
