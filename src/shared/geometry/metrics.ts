import { createPointIndex, nearestDistances, type PointIndex } from './nearest';
import type { Numbers } from './types';

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

/** The Chamfer distances of two surface samples. */
export function chamferOf({ aToB, bToA }: SurfaceDistances): Chamfer {
  if (aToB.length === 0 || bToA.length === 0) return { cvxnet: Infinity, l1: Infinity };
  return {
    cvxnet: 100 * (mean(aToB, (d) => d * d) + mean(bToA, (d) => d * d)),
    l1: 0.5 * (mean(aToB, (d) => d) + mean(bToA, (d) => d)),
  };
}

/** F-score in percent: the harmonic mean of the shares of A and of B within `threshold` of the other. */
export function fScoreOf({ aToB, bToA }: SurfaceDistances, threshold: number): number {
  if (aToB.length === 0 || bToA.length === 0) return 0;
  const precision = mean(aToB, (d) => (d <= threshold ? 100 : 0));
  const recall = mean(bToA, (d) => (d <= threshold ? 100 : 0));
  return (2 * precision * recall) / Math.max(precision + recall, 1e-9);
}

function mean(values: Float64Array, of: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum / values.length;
}
