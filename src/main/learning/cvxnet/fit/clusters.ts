import type { Random } from '../../../../shared/random';

const LLOYD_ROUNDS = 6;

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
