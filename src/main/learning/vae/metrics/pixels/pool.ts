/** Scores in single or double precision; single keeps millions of pixels small and loses nothing that a map has. */
export type Scores = Float32Array | Float64Array;

/** Scores of all pixels of all pictures in one list, apart by what the masks say, both ascending. */
export interface PixelPool {
  readonly normal: Scores;
  readonly anomalous: Scores;
}

/**
 * Pools pixels. Scores are taken as they are: a scaling per picture would give every normal picture a pixel of 1.
 * @param scores [N] finite; higher is more anomalous
 * @param labels [N] not 0 where something does not belong
 */
export function poolPixels(scores: Scores, labels: Uint8Array): PixelPool {
  let marked = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] !== 0) marked++;
  const create = scores instanceof Float32Array ? Float32Array : Float64Array;
  const normal = new create(labels.length - marked);
  const anomalous = new create(marked);
  let [n, a] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) normal[n++] = scores[i];
    else anomalous[a++] = scores[i];
  }
  // Without a comparator a typed array is sorted by value, in place.
  return { normal: normal.sort(), anomalous: anomalous.sort() };
}

/** How many of ascending values are below a threshold. */
export function countBelow(ascending: Scores, threshold: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of ascending values are at most a threshold. */
export function countUpTo(ascending: Scores, threshold: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lowest and highest score of a pool that is not empty. */
export function scoreRange({ normal, anomalous }: PixelPool): readonly [lowest: number, highest: number] {
  const ends = [normal, anomalous].filter((scores) => scores.length > 0);
  return [
    Math.min(...ends.map((scores) => scores[0])),
    Math.max(...ends.map((scores) => scores[scores.length - 1])),
  ];
}

/**
 * Visits every distinct score from the highest to the lowest with how many pixels of either kind have at least this
 * score; one pass over the sorted lists.
 */
export function forEachThreshold(
  { normal, anomalous }: PixelPool,
  visit: (threshold: number, anomalousAtLeast: number, normalAtLeast: number) => void,
): void {
  let n = normal.length;
  let a = anomalous.length;
  while (n > 0 || a > 0) {
    const threshold = Math.max(
      n > 0 ? normal[n - 1] : Number.NEGATIVE_INFINITY,
      a > 0 ? anomalous[a - 1] : Number.NEGATIVE_INFINITY,
    );
    while (n > 0 && normal[n - 1] === threshold) n--;
    while (a > 0 && anomalous[a - 1] === threshold) a--;
    visit(threshold, anomalous.length - a, normal.length - n);
  }
}
