import { fibonacciDirections, principalAxes } from './directions';

/** Candidate normals beside the cluster's own axes. */
const CANDIDATES = 128;
/** Share of a cluster's points that a starting plane keeps. */
const QUANTILE = 0.98;

/** A starting polytope: a centre, and per plane a unit normal and a positive offset from the centre. */
export interface StartingPart {
  readonly centre: Float64Array;
  /** [H, 3] */
  readonly normals: Float64Array;
  /** [H] */
  readonly offsets: Float64Array;
}

/**
 * A polytope of exactly `planes` planes around a cluster of interior points [N, 3] that keeps exterior points [M, 3]
 * out: the box of the cluster's principal axes first (it bounds the body), then always the candidate direction whose
 * tangent plane cuts off most of the exterior points still enclosed, then directions that fill the widest gap.
 */
export function cutAround(cluster: Float32Array, exterior: Float32Array, planes: number): StartingPart {
  const centre = meanOf(cluster);
  const axes = principalAxes(cluster);
  const lattice = fibonacciDirections(planes < 6 ? planes : CANDIDATES);
  const candidates = new Float64Array(18 + lattice.length);
  candidates.set(axes);
  for (let i = 0; i < 9; i++) candidates[9 + i] = -axes[i];
  candidates.set(lattice, 18);
  const chosen: number[] = [];
  const first = planes < 6 ? 6 : 0;
  for (let i = 0; i < Math.min(planes, 6); i++) chosen.push(first + i);

  const total = candidates.length / 3;
  const offsets = new Float64Array(total);
  for (let i = 0; i < total; i++) offsets[i] = supportQuantile(cluster, centre, candidates, i);
  let enclosed = keepInside(exterior, centre, candidates, offsets, chosen);
  while (chosen.length < planes) {
    const cuts = new Int32Array(total);
    for (let e = 0; e < enclosed.length; e += 3) {
      for (let i = 0; i < total; i++) {
        if (heightOver(enclosed, e, centre, candidates, i) > offsets[i]) cuts[i]++;
      }
    }
    let best = -1;
    for (let i = 0; i < total; i++) if (cuts[i] > 0 && (best < 0 || cuts[i] > cuts[best])) best = i;
    if (best < 0) best = widestGap(candidates, chosen);
    chosen.push(best);
    enclosed = keepInside(enclosed, centre, candidates, offsets, [best]);
  }
  const normals = new Float64Array(planes * 3);
  const kept = new Float64Array(planes);
  chosen.forEach((candidate, h) => {
    normals.set(candidates.subarray(candidate * 3, candidate * 3 + 3), h * 3);
    kept[h] = offsets[candidate];
  });
  return { centre, normals, offsets: kept };
}

function meanOf(points: Float32Array): Float64Array {
  const mean = new Float64Array(3);
  for (let i = 0; i < points.length; i++) mean[i % 3] += points[i];
  return mean.map((sum) => sum / (points.length / 3));
}

function heightOver(
  points: Float32Array,
  at: number,
  centre: Float64Array,
  normals: Float64Array,
  i: number,
): number {
  return (
    normals[i * 3] * (points[at] - centre[0]) +
    normals[i * 3 + 1] * (points[at + 1] - centre[1]) +
    normals[i * 3 + 2] * (points[at + 2] - centre[2])
  );
}

function supportQuantile(
  points: Float32Array,
  centre: Float64Array,
  normals: Float64Array,
  i: number,
): number {
  const heights = new Float64Array(points.length / 3);
  for (let p = 0; p < heights.length; p++) heights[p] = heightOver(points, p * 3, centre, normals, i);
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
  for (let p = 0; p < points.length; p += 3) {
    if (planes.every((i) => heightOver(points, p, centre, normals, i) <= offsets[i])) {
      kept.push(points[p], points[p + 1], points[p + 2]);
    }
  }
  return Float32Array.from(kept);
}

/** The candidate farthest in angle from every chosen one. */
function widestGap(candidates: Float64Array, chosen: readonly number[]): number {
  let best = 0;
  let lowest = Infinity;
  for (let i = 0; i < candidates.length / 3; i++) {
    let closest = -Infinity;
    for (const j of chosen) {
      const cosine =
        candidates[i * 3] * candidates[j * 3] +
        candidates[i * 3 + 1] * candidates[j * 3 + 1] +
        candidates[i * 3 + 2] * candidates[j * 3 + 2];
      closest = Math.max(closest, cosine);
    }
    if (closest < lowest) {
      lowest = closest;
      best = i;
    }
  }
  return best;
}
