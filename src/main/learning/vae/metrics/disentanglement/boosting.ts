import type { Random } from '../../../../../shared/random';
import type { BinnedFeatures } from './binned';
import type { Pace } from './codes';
import { createTreeBuffers, findLeaves, growTree, type Tree, type TreeBuffers } from './tree';

/** A boosted classifier: the class with the highest sum over the start and its trees. */
export interface BoostedTrees {
  readonly classes: number;
  /** [outputs] logarithms of the classes' shares; a single one, the log odds of class 1, where there are two. */
  readonly start: readonly number[];
  /** Per round one tree per output. */
  readonly rounds: readonly (readonly Tree[])[];
  /** [D] share of the fall of the squared error that each feature's splits made; sums to 1, or is all 0. */
  readonly importances: readonly number[];
}

const ROUNDS = 100;
const RATE = 0.1;
const SMALLEST = 1e-150;

/**
 * Gradient boosting of the multinomial (of two classes the binomial) deviance with trees of depth 3, 100 rounds, rate
 * 0.1: Friedman 2001, as scikit-learn's GradientBoostingClassifier does by default, except that splits lie at the cuts
 * of the binned features.
 * @param labels [N] below `classes`
 * @param wanted rounds
 */
export async function boostTrees(
  features: BinnedFeatures,
  labels: Uint16Array,
  classes: number,
  random: Random,
  pace: Pace,
  wanted = ROUNDS,
): Promise<BoostedTrees> {
  const { count } = features;
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]++;
  const share = (k: number): number => Math.max(counts[k] / count, Number.EPSILON);
  const start = classes === 2 ? [Math.log(share(1) / share(0))] : counts.map((_, k) => Math.log(share(k)));
  const outputs = start.length;
  const raw = start.map((value) => new Float64Array(count).fill(value));
  const residuals = raw.map(() => new Float64Array(count));
  const gains = new Float64Array(features.columns.length);
  const buffers = createTreeBuffers(count);
  const rounds: Tree[][] = [];
  for (let round = 0; round < wanted; round++) {
    await pace(round / wanted);
    fillResiduals(raw, labels, residuals);
    const trees: Tree[] = [];
    for (let k = 0; k < outputs; k++) {
      const tree = growTree(features, residuals[k], gains, buffers, random);
      const target = classes === 2 ? 1 : k;
      setLeaves(tree, residuals[k], labels, target, outputs, buffers);
      for (let i = 0; i < count; i++) raw[k][i] += RATE * tree.values[buffers.places[i]];
      trees.push(tree);
    }
    rounds.push(trees);
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return { classes, start, rounds, importances: Array.from(gains, (gain) => (total > 0 ? gain / total : 0)) };
}

/** What is missing to each output: 1 for the own class, else 0, minus the probability. */
function fillResiduals(
  raw: readonly Float64Array[],
  labels: Uint16Array,
  residuals: readonly Float64Array[],
): void {
  for (let i = 0; i < labels.length; i++) {
    if (raw.length === 1) {
      residuals[0][i] = labels[i] - 1 / (1 + Math.exp(-raw[0][i]));
      continue;
    }
    let highest = raw[0][i];
    for (let k = 1; k < raw.length; k++) if (raw[k][i] > highest) highest = raw[k][i];
    let total = 0;
    for (let k = 0; k < raw.length; k++) {
      const power = Math.exp(raw[k][i] - highest);
      residuals[k][i] = power;
      total += power;
    }
    for (let k = 0; k < raw.length; k++)
      residuals[k][i] = (labels[i] === k ? 1 : 0) - residuals[k][i] / total;
  }
}

/** One Newton step per leaf; of K outputs times (K - 1) / K. */
function setLeaves(
  tree: Tree,
  residuals: Float64Array,
  labels: Uint16Array,
  target: number,
  outputs: number,
  { places }: TreeBuffers,
): void {
  const above = new Float64Array(tree.values.length);
  const below = new Float64Array(tree.values.length);
  for (let i = 0; i < places.length; i++) {
    const probability = (labels[i] === target ? 1 : 0) - residuals[i];
    above[places[i]] += residuals[i];
    below[places[i]] += probability * (1 - probability);
  }
  const factor = outputs === 1 ? 1 : (outputs - 1) / outputs;
  for (let leaf = 0; leaf < above.length; leaf++) {
    tree.values[leaf] = Math.abs(below[leaf]) < SMALLEST ? 0 : (factor * above[leaf]) / below[leaf];
  }
}

/** Per output [N] the sums before they become probabilities. */
export function boostedScores({ start, rounds }: BoostedTrees, features: BinnedFeatures): Float64Array[] {
  const places = new Uint8Array(features.count);
  const raw = start.map((value) => new Float64Array(features.count).fill(value));
  for (const trees of rounds) {
    trees.forEach((tree, k) => {
      findLeaves(tree, features, places);
      for (let i = 0; i < places.length; i++) raw[k][i] += RATE * tree.values[places[i]];
    });
  }
  return raw;
}

/** The share of rows whose class is found. */
export function boostedAccuracy(model: BoostedTrees, features: BinnedFeatures, labels: Uint16Array): number {
  const raw = boostedScores(model, features);
  let right = 0;
  labels.forEach((label, i) => {
    let best = 0;
    if (raw.length === 1) best = Number(raw[0][i] > 0);
    else for (let k = 1; k < raw.length; k++) if (raw[k][i] > raw[best][i]) best = k;
    if (best === label) right++;
  });
  return right / labels.length;
}
