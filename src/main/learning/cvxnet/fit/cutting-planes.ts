import { circleDirections, fibonacciDirections, principalAxes } from './directions';

/** Candidate normals beside the cluster's own axes. */
const CANDIDATES = 128;
/** Share of a cluster's points that a starting plane keeps. */
const QUANTILE = 0.98;

/** A starting polytope: a centre, and per plane a unit normal and a positive offset from the centre. */
export interface StartingPart {
  readonly centre: Float64Array;
  /** [H, D] */
  readonly normals: Float64Array;
  /** [H] */
  readonly offsets: Float64Array;
}

/**
 * A polytope of exactly `planes` planes around a cluster of interior points [N, D] that keeps exterior points [M, D]
 * out: the box of the cluster's principal axes first (it bounds the body), then always the candidate direction whose
 * tangent plane cuts off most of the exterior points still enclosed, then directions that fill the widest gap.
 */
export function cutAround(
  cluster: Float32Array,
  exterior: Float32Array,
  planes: number,
  dims: 2 | 3 = 3,
): StartingPart {
  const centre = meanOf(cluster, dims);
  const axes = principalAxes(cluster, dims);
  const sides = 2 * dims;
  const directions = dims === 3 ? fibonacciDirections : circleDirections;
  const lattice = directions(planes < sides ? planes : CANDIDATES);
  const candidates = new Float64Array(sides * dims + lattice.length);
  candidates.set(axes);
  for (let i = 0; i < axes.length; i++) candidates[axes.length + i] = -axes[i];
  candidates.set(lattice, sides * dims);
  const chosen: number[] = [];
  const first = planes < sides ? sides : 0;
  for (let i = 0; i < Math.min(planes, sides); i++) chosen.push(first + i);

  const total = candidates.length / dims;
  const offsets = new Float64Array(total);
  for (let i = 0; i < total; i++) offsets[i] = supportQuantile(cluster, centre, candidates, i);
  let enclosed = keepInside(exterior, centre, candidates, offsets, chosen);
  while (chosen.length < planes) {
    const cuts = new Int32Array(total);
    for (let e = 0; e < enclosed.length; e += dims) {
      for (let i = 0; i < total; i++) {
        if (heightOver(enclosed, e, centre, candidates, i) > offsets[i]) cuts[i]++;
      }
    }
    let best = -1;
    for (let i = 0; i < total; i++) if (cuts[i] > 0 && (best < 0 || cuts[i] > cuts[best])) best = i;
    if (best < 0) best = widestGap(candidates, chosen, dims);
    chosen.push(best);
    enclosed = keepInside(enclosed, centre, candidates, offsets, [best]);
  }
  const normals = new Float64Array(planes * dims);
  const kept = new Float64Array(planes);
  chosen.forEach((candidate, h) => {
    normals.set(candidates.subarray(candidate * dims, (candidate + 1) * dims), h * dims);
    kept[h] = offsets[candidate];
  });
  return { centre, normals, offsets: kept };
}

function meanOf(points: Float32Array, dims: number): Float64Array {
  const mean = new Float64Array(dims);
  for (let i = 0; i < points.length; i++) mean[i % dims] += points[i];
  return mean.map((sum) => sum / (points.length / dims));
}

function heightOver(
  points: Float32Array,
  at: number,
  centre: Float64Array,
  normals: Float64Array,
  i: number,
): number {
  const dims = centre.length;
  let height = 0;
  for (let a = 0; a < dims; a++) height += normals[i * dims + a] * (points[at + a] - centre[a]);
  return height;
}

function supportQuantile(
  points: Float32Array,
  centre: Float64Array,
  normals: Float64Array,
  i: number,
): number {
  const dims = centre.length;
  const heights = new Float64Array(points.length / dims);
  for (let p = 0; p < heights.length; p++) heights[p] = heightOver(points, p * dims, centre, normals, i);
  heights.sort();
  return Math.max(heights[Math.min(heights.length - 1, Math.floor(QUANTILE * heights.length))], 0.005);
}

function keepInside(
  points: Float32Array,
  centre: Float64Array,
  normals: Float64Array,
  offsets: Float64Array,
  planes: readonly number[],
): Float32Array {
  const kept: number[] = [];
  for (let p = 0; p < points.length; p += centre.length) {
    if (planes.every((i) => heightOver(points, p, centre, normals, i) <= offsets[i])) {
      for (let a = 0; a < centre.length; a++) kept.push(points[p + a]);
    }
  }
  return Float32Array.from(kept);
}

/** The candidate farthest in angle from every chosen one. */
function widestGap(candidates: Float64Array, chosen: readonly number[], dims: number): number {
  let best = 0;
  let lowest = Infinity;
  for (let i = 0; i < candidates.length / dims; i++) {
    let closest = -Infinity;
    for (const j of chosen) {
      let cosine = 0;
      for (let a = 0; a < dims; a++) cosine += candidates[i * dims + a] * candidates[j * dims + a];
      closest = Math.max(closest, cosine);
    }
    if (closest < lowest) {
      lowest = closest;
      best = i;
    }
  }
  return best;
}
