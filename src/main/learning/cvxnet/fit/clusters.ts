import type { Random } from '../../../../shared/random';
import { fibonacciDirections } from './directions';

const LLOYD_ROUNDS = 6;
/** Directions of the bounding slabs that stand for a cluster's hull while clusters are merged. */
const SLABS = 16;

/** Rows of `points` [N, 3] picked by `indices`. */
export function gatherPoints(points: Float32Array, indices: ArrayLike<number>): Float32Array {
  const out = new Float32Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    for (let a = 0; a < 3; a++) out[i * 3 + a] = points[indices[i] * 3 + a];
  }
  return out;
}

/**
 * k-means of points [N, 3] (Lloyd's rounds from k-means++ seeds): lists of point indices, none empty, at most `count`.
 */
export function kMeans(points: Float32Array, count: number, random: Random): number[][] {
  const total = points.length / 3;
  const centres: number[][] = [];
  const nearest = new Float64Array(total).fill(Infinity);
  const owner = new Int32Array(total);
  const distance = (i: number, c: readonly number[]): number =>
    (points[i * 3] - c[0]) ** 2 + (points[i * 3 + 1] - c[1]) ** 2 + (points[i * 3 + 2] - c[2]) ** 2;
  let pick = random.integer(total);
  for (let k = 0; k < Math.min(count, total); k++) {
    const centre = [points[pick * 3], points[pick * 3 + 1], points[pick * 3 + 2]];
    centres.push(centre);
    let sum = 0;
    for (let i = 0; i < total; i++) {
      nearest[i] = Math.min(nearest[i], distance(i, centre));
      sum += nearest[i];
    }
    let left = random.uniform() * sum;
    pick = 0;
    while (pick < total - 1 && left > nearest[pick]) left -= nearest[pick++];
  }
  for (let round = 0; round <= LLOYD_ROUNDS; round++) {
    for (let i = 0; i < total; i++) {
      let best = Infinity;
      for (let k = 0; k < centres.length; k++) {
        const d = distance(i, centres[k]);
        if (d < best) {
          best = d;
          owner[i] = k;
        }
      }
    }
    if (round === LLOYD_ROUNDS) break;
    const sums = centres.map(() => [0, 0, 0, 0]);
    for (let i = 0; i < total; i++) {
      const sum = sums[owner[i]];
      for (let a = 0; a < 3; a++) sum[a] += points[i * 3 + a];
      sum[3]++;
    }
    for (let k = 0; k < centres.length; k++) {
      if (sums[k][3] > 0) centres[k] = [0, 1, 2].map((a) => sums[k][a] / sums[k][3]);
    }
  }
  const clusters: number[][] = centres.map(() => []);
  for (let i = 0; i < total; i++) clusters[owner[i]].push(i);
  return clusters.filter((cluster) => cluster.length > 0);
}

/**
 * Merges clusters of interior points until `count` remain: always the pair whose joint hull (bounding slabs in fixed
 * directions) takes in the fewest exterior points that neither had before. So the clusters grow as far as the shape
 * stays convex there: a plate or a rod becomes one cluster however long it is.
 */
export function mergeClusters(
  interior: Float32Array,
  exterior: Float32Array,
  clusters: readonly number[][],
  count: number,
): number[][] {
  const directions = fibonacciDirections(SLABS * 2).subarray(0, SLABS * 3);
  const projected = project(exterior, directions);
  const total = exterior.length / 3;
  const bounds = clusters.map((cluster) => slabsOf(interior, cluster, directions));
  const lists: (number[] | null)[] = clusters.map((cluster) => cluster.slice());
  const enclosed = (low: Float64Array, high: Float64Array): number => {
    let hits = 0;
    for (let i = 0; i < total; i++) {
      let s = 0;
      while (s < SLABS && projected[i * SLABS + s] >= low[s] && projected[i * SLABS + s] <= high[s]) s++;
      if (s === SLABS) hits++;
    }
    return hits;
  };
  const own = bounds.map((b) => enclosed(b.low, b.high));
  const n = lists.length;
  const cost = new Float64Array(n * n).fill(Infinity);
  const pairCost = (a: number, b: number): number => {
    const joint = joinSlabs(bounds[a], bounds[b]);
    const size = (lists[a]?.length ?? 0) + (lists[b]?.length ?? 0);
    // Among free merges the smaller one first, so that clusters stay compact.
    return enclosed(joint.low, joint.high) - own[a] - own[b] + size / (interior.length / 3);
  };
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) cost[a * n + b] = pairCost(a, b);
  for (let alive = n; alive > count; alive--) {
    let best = -1;
    for (let i = 0; i < n * n; i++) if (cost[i] < (best < 0 ? Infinity : cost[best])) best = i;
    if (best < 0) break;
    const a = Math.floor(best / n);
    const b = best % n;
    lists[a]?.push(...(lists[b] ?? []));
    lists[b] = null;
    bounds[a] = joinSlabs(bounds[a], bounds[b]);
    own[a] = enclosed(bounds[a].low, bounds[a].high);
    for (let i = 0; i < n; i++) {
      cost[Math.min(i, b) * n + Math.max(i, b)] = Infinity;
      if (i !== a && lists[i] !== null) cost[Math.min(i, a) * n + Math.max(i, a)] = pairCost(i, a);
    }
  }
  return lists.filter((list): list is number[] => list !== null);
}

interface Slabs {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** n . x of every point for every direction, [N, directions]. */
function project(points: Float32Array, directions: Float64Array): Float32Array {
  const total = points.length / 3;
  const count = directions.length / 3;
  const out = new Float32Array(total * count);
  for (let i = 0; i < total; i++) {
    for (let s = 0; s < count; s++) {
      out[i * count + s] =
        points[i * 3] * directions[s * 3] +
        points[i * 3 + 1] * directions[s * 3 + 1] +
        points[i * 3 + 2] * directions[s * 3 + 2];
    }
  }
  return out;
}

function slabsOf(points: Float32Array, cluster: readonly number[], directions: Float64Array): Slabs {
  const low = new Float64Array(SLABS).fill(Infinity);
  const high = new Float64Array(SLABS).fill(-Infinity);
  for (const i of cluster) {
    for (let s = 0; s < SLABS; s++) {
      const t =
        points[i * 3] * directions[s * 3] +
        points[i * 3 + 1] * directions[s * 3 + 1] +
        points[i * 3 + 2] * directions[s * 3 + 2];
      low[s] = Math.min(low[s], t);
      high[s] = Math.max(high[s], t);
    }
  }
  return { low, high };
}

function joinSlabs(a: Slabs, b: Slabs): Slabs {
  return {
    low: a.low.map((v, s) => Math.min(v, b.low[s])),
    high: a.high.map((v, s) => Math.max(v, b.high[s])),
  };
}
