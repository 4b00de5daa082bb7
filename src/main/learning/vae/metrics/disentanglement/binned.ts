/** Features cut into at most 256 bins each, as trees look at them. */
export interface BinnedFeatures {
  readonly count: number;
  /** Per feature [count] bin of each row. */
  readonly columns: readonly Uint8Array[];
  /** Bins per feature, 1 to 256. */
  readonly bins: readonly number[];
}

const MOST_BINS = 256;

/**
 * Where a feature is cut: half way between neighbouring distinct values, all of them up to 255, else the 255 nearest
 * to equal shares of the rows.
 * @param column [N] finite
 * @returns ascending
 */
export function featureCuts(column: Float64Array): Float64Array {
  const sorted = column.toSorted();
  const distinct: number[] = [];
  const upTo: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) upTo[upTo.length - 1]++;
    else {
      distinct.push(sorted[i]);
      upTo.push(i + 1);
    }
  }
  const half = (place: number): number => (distinct[place] + distinct[place + 1]) / 2;
  if (distinct.length <= MOST_BINS) {
    return Float64Array.from({ length: distinct.length - 1 }, (_, place) => half(place));
  }
  const places = new Set<number>();
  let place = 0;
  for (let cut = 1; cut < MOST_BINS; cut++) {
    const wanted = (cut / MOST_BINS) * sorted.length;
    while (upTo[place] < wanted) place++;
    places.add(Math.min(place, distinct.length - 2));
  }
  return Float64Array.from(places, half);
}

/** Puts columns into bins: a value's bin is how many cuts lie below it. */
export function binFeatures(columns: readonly Float64Array[], cuts: readonly Float64Array[]): BinnedFeatures {
  return {
    count: columns[0].length,
    bins: cuts.map(({ length }) => length + 1),
    columns: columns.map((column, j) => Uint8Array.from(column, (value) => cutsBelow(cuts[j], value))),
  };
}

function cutsBelow(cuts: Float64Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
