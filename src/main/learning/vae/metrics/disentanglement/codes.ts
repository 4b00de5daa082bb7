import type { Random } from '../../../../../shared/random';

/** Where codes come from: a model that looks at drawn pictures, or in a test a formula. */
export interface CodeSource {
  /** How many values each of the K factors takes, 2 or more. */
  readonly factors: readonly number[];
  /** Latents of a code: D. */
  readonly latent: number;
  /**
   * The mean representation mu of pictures.
   * @param values [N, K] index of a value per factor
   * @returns [N, D] finite
   */
  draw(values: Uint16Array): Promise<Float32Array | Float64Array>;
}

/** Codes with the factors behind them. */
export interface CodeSample {
  readonly count: number;
  readonly latent: number;
  readonly factors: readonly number[];
  /** [count, latent] */
  readonly codes: Float32Array | Float64Array;
  /** [count, factors.length] */
  readonly values: Uint16Array;
}

/** Told between pieces of work how much is done, 0 to 1; it rejects to end all of it. */
export type Pace = (done: number) => Promise<void>;

/** The pace of a part of some work, from one share of it to another. */
export function paceWithin(pace: Pace, from: number, to: number): Pace {
  return (done) => pace(from + done * (to - from));
}

/** Codes of pictures whose factors are uniform and independent. */
export async function sampleCodes(source: CodeSource, count: number, random: Random): Promise<CodeSample> {
  const { factors, latent } = source;
  const values = randomValues(factors, count, random);
  return { count, latent, factors, codes: await source.draw(values), values };
}

/** [count, K] uniform and independent. */
export function randomValues(factors: readonly number[], count: number, random: Random): Uint16Array {
  const values = new Uint16Array(count * factors.length);
  for (let i = 0; i < values.length; i++) values[i] = random.integer(factors[i % factors.length]);
  return values;
}

/** One latent of every sample, [count]. */
export function latentColumn({ count, latent, codes }: CodeSample, j: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => codes[i * latent + j]);
}

/** One factor of every sample, [count]. */
export function factorColumn({ count, factors, values }: CodeSample, k: number): Uint16Array {
  return Uint16Array.from({ length: count }, (_, i) => values[i * factors.length + k]);
}

/** [D] variance of each latent over samples `from` to `to`, with N - 1 (0 for one sample). */
export function latentVariances(
  codes: Float32Array | Float64Array,
  latent: number,
  from: number,
  to: number,
): Float64Array {
  const count = to - from;
  return Float64Array.from({ length: latent }, (_, j) => {
    let mean = 0;
    for (let i = from; i < to; i++) mean += codes[i * latent + j];
    mean /= count;
    let squares = 0;
    for (let i = from; i < to; i++) squares += (codes[i * latent + j] - mean) ** 2;
    return squares / Math.max(count - 1, 1);
  });
}

/** The highest and the second highest of values; the second of a single one is 0. */
export function topTwo(values: readonly number[]): readonly [first: number, second: number] {
  const [first, second = 0] = values.toSorted((a, b) => b - a);
  return [first, second];
}
