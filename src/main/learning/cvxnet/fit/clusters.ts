import type { Random } from '../../../../shared/random';

const LLOYD_ROUNDS = 6;

/** Rows of `points` [N, D] picked by `indices`. */
export function gatherPoints(points: Float32Array, indices: ArrayLike<number>, dims = 3): Float32Array {
  const out = new Float32Array(indices.length * dims);
  for (let i = 0; i < indices.length; i++) {
    for (let a = 0; a < dims; a++) out[i * dims + a] = points[indices[i] * dims + a];
  }
  return out;
}

/**
 * k-means of points [N, D] (Lloyd's rounds from k-means++ seeds): lists of point indices, none empty, at most `count`.
 */
export function kMeans(points: Float32Array, count: number, random: Random, dims = 3): number[][] {
  const total = points.length / dims;
  const centres: number[][] = [];
  const nearest = new Float64Array(total).fill(Infinity);
  const owner = new Int32Array(total);
  const distance = (i: number, c: readonly number[]): number => {
    let sum = 0;
    for (let a = 0; a < dims; a++) sum += (points[i * dims + a] - c[a]) ** 2;
    return sum;
  };
  let pick = random.integer(total);
  for (let k = 0; k < Math.min(count, total); k++) {
    const centre = Array.from(points.subarray(pick * dims, (pick + 1) * dims));
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
    const sums = centres.map(() => Array.from({ length: dims + 1 }, () => 0));
    for (let i = 0; i < total; i++) {
      const sum = sums[owner[i]];
      for (let a = 0; a < dims; a++) sum[a] += points[i * dims + a];
      sum[dims]++;
    }
    for (let k = 0; k < centres.length; k++) {
      const members = sums[k][dims];
      if (members > 0) centres[k] = sums[k].slice(0, dims).map((sum) => sum / members);
    }
  }
  const clusters: number[][] = centres.map(() => []);
  for (let i = 0; i < total; i++) clusters[owner[i]].push(i);
  return clusters.filter((cluster) => cluster.length > 0);
}
