import type { Random } from '../../../../../shared/random';
import { latentVariances, randomValues, type CodeSource, type Pace } from './codes';

/** Which latents may be voted for, and the variance over all pictures that each is measured by. */
export interface VoteScale {
  /** [D] */
  readonly variances: Float64Array;
  /** [D] */
  readonly active: readonly boolean[];
}

/** [D, K] how often latent j had the least variance while factor k was held. */
export type VoteTable = readonly (readonly number[])[];

const DEVIATION_BELOW = 0.05;
const DIVERGENCE_UP_TO = 1e-2;
const PICTURES_AT_ONCE = 12_800;

/** Latents by their deviation over all pictures, as disentanglement_lib prunes them: below 0.05 none votes. */
export function activeByDeviation(variances: Float64Array): readonly boolean[] {
  return Array.from(variances, (variance) => Math.sqrt(variance) >= DEVIATION_BELOW);
}

/**
 * Latents by their mean divergence from the prior, in nats: up to 0.01 none votes, nor one that never changes.
 * @param divergence [D], or null where it is not known
 */
export function activeByDivergence(
  variances: Float64Array,
  divergence: readonly number[] | null,
): readonly boolean[] {
  return Array.from(
    variances,
    (variance, j) => variance > 0 && (divergence === null || divergence[j] > DIVERGENCE_UP_TO),
  );
}

/**
 * Votes of Kim and Mnih 2018: hold one factor at a random value, draw pictures with the others random, and vote for
 * the latent whose variance is least beside its variance over all pictures.
 * @param votes.factorOf the factor that vote i holds
 * @param votes.pictures per vote
 */
export async function collectVotes(
  source: CodeSource,
  { variances, active }: VoteScale,
  votes: { readonly count: number; readonly pictures: number; factorOf(vote: number): number },
  random: Random,
  pace: Pace,
): Promise<VoteTable> {
  const { factors, latent } = source;
  const table = Array.from({ length: latent }, () => factors.map(() => 0));
  const atOnce = Math.max(Math.floor(PICTURES_AT_ONCE / votes.pictures), 1);
  for (let first = 0; first < votes.count; first += atOnce) {
    await pace(first / votes.count);
    const here = Math.min(atOnce, votes.count - first);
    const values = randomValues(factors, here * votes.pictures, random);
    const held = Array.from({ length: here }, (_, vote) => {
      const k = votes.factorOf(first + vote);
      const value = random.integer(factors[k]);
      for (let i = 0; i < votes.pictures; i++)
        values[(vote * votes.pictures + i) * factors.length + k] = value;
      return k;
    });
    const codes = await source.draw(values);
    held.forEach((k, vote) => {
      const from = vote * votes.pictures;
      const own = latentVariances(codes, latent, from, from + votes.pictures);
      let chosen = -1;
      for (let j = 0; j < latent; j++) {
        if (!active[j]) continue;
        if (chosen < 0 || own[j] / variances[j] < own[chosen] / variances[chosen]) chosen = j;
      }
      if (chosen >= 0) table[chosen][k]++;
    });
  }
  return table;
}

/**
 * The share of votes that each latent's most frequent factor explains, on the votes themselves: optimistic, the more
 * so the fewer the votes. 0 without votes.
 */
export function majorityAccuracy(table: VoteTable): number {
  return sum(table.map((row) => Math.max(...row))) / (sum(table.flat()) || 1);
}

/** The share of votes of `judged` that are for the factor that the same latent had most often in `learned`. */
export function heldOutAccuracy(learned: VoteTable, judged: VoteTable): number {
  const right = judged.map((row, j) => row[learned[j].indexOf(Math.max(...learned[j]))]);
  return sum(right) / (sum(judged.flat()) || 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
