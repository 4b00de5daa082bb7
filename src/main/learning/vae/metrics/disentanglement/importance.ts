import type { Random } from '../../../../../shared/random';
import { binFeatures, featureCuts } from './binned';
import { boostedAccuracy, boostTrees } from './boosting';
import { factorColumn, latentColumn, paceWithin, type CodeSample, type Pace } from './codes';

/** What boosted trees make of codes. */
export interface ImportanceTable {
  /** [D][K] how much latent j counts when factor k is told from all latents. */
  readonly importances: readonly (readonly number[])[];
  /** [K] held-out accuracy. */
  readonly accuracies: readonly number[];
}

/** Learns every factor from all latents. */
export async function importanceTable(
  train: CodeSample,
  test: CodeSample,
  random: Random,
  pace: Pace,
): Promise<ImportanceTable> {
  const columns = (sample: CodeSample) =>
    Array.from({ length: sample.latent }, (_, j) => latentColumn(sample, j));
  const own = columns(train);
  const cuts = own.map(featureCuts);
  const [features, held] = [binFeatures(own, cuts), binFeatures(columns(test), cuts)];
  const factors = train.factors.length;
  const byFactor: (readonly number[])[] = [];
  const accuracies: number[] = [];
  for (const [k, classes] of train.factors.entries()) {
    const model = await boostTrees(
      features,
      factorColumn(train, k),
      classes,
      random,
      paceWithin(pace, k / factors, (k + 1) / factors),
    );
    byFactor.push(model.importances);
    accuracies.push(boostedAccuracy(model, held, factorColumn(test, k)));
  }
  return {
    importances: Array.from({ length: train.latent }, (_, j) => byFactor.map((row) => row[j])),
    accuracies,
  };
}

const LITTLE = 1e-11;

/**
 * Disentanglement (Eastwood and Williams 2018): 1 minus the entropy, to the base of the number of factors, of how a
 * latent's importance is spread over them; the mean over latents weighted by their importance.
 */
export function disentanglement(importances: ImportanceTable['importances']): number {
  return weightedCertainty(importances);
}

/** Completeness: the same with latents and factors exchanged. */
export function completeness(importances: ImportanceTable['importances']): number {
  return weightedCertainty(importances[0].map((_, k) => importances.map((row) => row[k])));
}

function weightedCertainty(rows: readonly (readonly number[])[]): number {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const weights = rows.map(sum);
  const total = sum(weights);
  return sum(rows.map((row, i) => (total > 0 ? weights[i] / total : 1 / rows.length) * certainty(row)));
}

/** 1 where one entry has everything, 0 where all are equal. */
function certainty(row: readonly number[]): number {
  if (row.length === 1) return 1;
  const raised = row.map((value) => value + LITTLE);
  const total = raised.reduce((a, b) => a + b, 0);
  const entropy = raised.reduce((sum, value) => sum - (value / total) * Math.log(value / total), 0);
  return Math.max(1 - entropy / Math.log(row.length), 0);
}
