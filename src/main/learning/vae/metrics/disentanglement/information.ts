import { factorColumn, latentColumn, topTwo, type CodeSample } from './codes';

const BINS = 20;

/** Bins of equal width between the lowest and the highest value; all in the first where values are equal. */
export function equalBins(values: Float64Array, bins = BINS): Uint16Array {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const width = (highest - lowest) / bins;
  return Uint16Array.from(values, (value) =>
    width > 0 ? Math.min(Math.floor((value - lowest) / width), bins - 1) : 0,
  );
}

/** Mutual information of two lists of labels, nats, from their joint counts. */
export function mutualInformation(a: Uint16Array, b: Uint16Array): number {
  const joint = new Map<number, number>();
  const [ofA, ofB] = [new Map<number, number>(), new Map<number, number>()];
  const count = (counts: Map<number, number>, key: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (let i = 0; i < a.length; i++) {
    count(joint, a[i] * 65_536 + b[i]);
    count(ofA, a[i]);
    count(ofB, b[i]);
  }
  let sum = 0;
  for (const [key, both] of joint) {
    const expected = ofA.get(Math.floor(key / 65_536))! * ofB.get(key % 65_536)!;
    sum += both * Math.log((both * a.length) / expected);
  }
  return Math.max(sum / a.length, 0);
}

/** Mutual information of every latent, in 20 equal bins, and every factor: [D][K] nats. */
export function informationTable(sample: CodeSample): number[][] {
  const factors = sample.factors.map((_, k) => factorColumn(sample, k));
  return Array.from({ length: sample.latent }, (_, j) => {
    const binned = equalBins(latentColumn(sample, j));
    return factors.map((values) => mutualInformation(binned, values));
  });
}

/**
 * Mutual information gap (Chen et al. 2018): the mean over factors of the lead of the most informative latent over the
 * next, in units of the factor's entropy. A factor that the sample shows at one value only has no gap and counts 0.
 */
export function informationGap(table: readonly (readonly number[])[], sample: CodeSample): number {
  const gaps = sample.factors.map((_, k) => {
    const values = factorColumn(sample, k);
    const entropy = mutualInformation(values, values);
    const [first, second] = topTwo(table.map((row) => row[k]));
    return entropy > 0 ? (first - second) / entropy : 0;
  });
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
