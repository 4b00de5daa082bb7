import { createPointIndex, nearestDistances, type PointIndex } from './nearest';
import type { Numbers, Polytope } from './types';

/** Intersection over union of two labellings [N] of the same points. Two empty sets are the same set: 1. */
export function volumetricIou(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    const inA = a[i] !== 0;
    const inB = b[i] !== 0;
    if (inA && inB) both++;
    if (inA || inB) either++;
  }
  return either === 0 ? 1 : both / either;
}

/** Distances between two surface samples. All are Infinity when one side has no points. */
export interface SurfaceDistances {
  /** [N] from each point of A to the nearest of B. */
  readonly aToB: Float64Array;
  /** [M] from each point of B to the nearest of A. */
  readonly bToA: Float64Array;
}

/** Nearest distances both ways, computed once for all metrics below. */
export function surfaceDistances(a: Numbers, b: Numbers): SurfaceDistances {
  const indexA: PointIndex = createPointIndex(a);
  const indexB: PointIndex = createPointIndex(b);
  return { aToB: nearestDistances(a, indexB), bToA: nearestDistances(b, indexA) };
}

/** Two Chamfer distances that differ in definition and are not comparable with each other. */
export interface Chamfer {
  /** CvxNet's: 100 * (mean squared distance A to B + mean squared distance B to A). */
  readonly cvxnet: number;
  /** OccNet's Chamfer-L1: half the sum of the mean unsquared distances both ways. */
  readonly l1: number;
}

/** Chamfer distances between points A [N, 3] and B [M, 3]. */
export function chamfer(a: Numbers, b: Numbers): Chamfer {
  return chamferOf(surfaceDistances(a, b));
}

export function chamferOf({ aToB, bToA }: SurfaceDistances): Chamfer {
  if (aToB.length === 0 || bToA.length === 0) return { cvxnet: Infinity, l1: Infinity };
  return {
    cvxnet: 100 * (mean(aToB, (d) => d * d) + mean(bToA, (d) => d * d)),
    l1: 0.5 * (mean(aToB, (d) => d) + mean(bToA, (d) => d)),
  };
}

/** F-score in percent: the harmonic mean of the shares of A and of B within `threshold` of the other. */
export function fScore(a: Numbers, b: Numbers, threshold: number): number {
  return fScoreOf(surfaceDistances(a, b), threshold);
}

export function fScoreOf({ aToB, bToA }: SurfaceDistances, threshold: number): number {
  if (aToB.length === 0 || bToA.length === 0) return 0;
  const precision = mean(aToB, (d) => (d <= threshold ? 100 : 0));
  const recall = mean(bToA, (d) => (d <= threshold ? 100 : 0));
  return (2 * precision * recall) / Math.max(precision + recall, 1e-9);
}

/** [N] how many polytopes hold each point [N, 3] (at most 255). */
export function countContaining(polytopes: readonly Polytope[], points: Numbers): Uint8Array {
  const counts = new Uint8Array(points.length / 3);
  for (const polytope of polytopes) {
    const planes = facePlanes(polytope);
    if (planes.length === 0) continue;
    for (let i = 0; i < counts.length; i++) {
      const x = points[i * 3];
      const y = points[i * 3 + 1];
      const z = points[i * 3 + 2];
      let inside = true;
      for (let h = 0; h < planes.length && inside; h += 4) {
        inside = planes[h] * x + planes[h + 1] * y + planes[h + 2] * z <= planes[h + 3];
      }
      if (inside && counts[i] < 255) counts[i]++;
    }
  }
  return counts;
}

/** Volumes estimated as sampled volume times the share of samples. */
export interface Cover {
  /** Source volume in no part. */
  readonly uncovered: number;
  /** Part volume outside the source. */
  readonly spilled: number;
  /** Volume in two or more parts. */
  readonly overlap: number;
  /** Sum over parts of volume, minus the volume of their union. */
  readonly excess: number;
}

/**
 * How a union of parts covers a source.
 * @param counts [N] parts that hold each sample, of `countContaining`.
 * @param inside [N] 1 where the source holds it.
 * @param sampledVolume volume of the region from which the samples were drawn uniformly.
 */
export function overlapAndUncovered(counts: Uint8Array, inside: Uint8Array, sampledVolume: number): Cover {
  let uncovered = 0;
  let spilled = 0;
  let overlap = 0;
  let excess = 0;
  for (let i = 0; i < counts.length; i++) {
    if (inside[i] && counts[i] === 0) uncovered++;
    if (!inside[i] && counts[i] > 0) spilled++;
    if (counts[i] > 1) {
      overlap++;
      excess += counts[i] - 1;
    }
  }
  const each = counts.length === 0 ? 0 : sampledVolume / counts.length;
  return {
    uncovered: uncovered * each,
    spilled: spilled * each,
    overlap: overlap * each,
    excess: excess * each,
  };
}

/** Outward planes of a polytope's faces, n.x <= d, four numbers each, by Newell's sum over the loop. */
function facePlanes({ vertices, faces }: Polytope): Float64Array {
  const planes: number[] = [];
  for (const { loop } of faces) {
    let nx = 0;
    let ny = 0;
    let nz = 0;
    for (let i = 0; i < loop.length; i++) {
      const a = loop[i] * 3;
      const b = loop[(i + 1) % loop.length] * 3;
      nx += (vertices[a + 1] - vertices[b + 1]) * (vertices[a + 2] + vertices[b + 2]);
      ny += (vertices[a + 2] - vertices[b + 2]) * (vertices[a] + vertices[b]);
      nz += (vertices[a] - vertices[b]) * (vertices[a + 1] + vertices[b + 1]);
    }
    const length = Math.hypot(nx, ny, nz);
    if (length === 0) continue;
    const v = loop[0] * 3;
    const d = (nx * vertices[v] + ny * vertices[v + 1] + nz * vertices[v + 2]) / length;
    planes.push(nx / length, ny / length, nz / length, d);
  }
  return Float64Array.from(planes);
}

function mean(values: Float64Array, of: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum / values.length;
}
