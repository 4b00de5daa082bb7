import type { Random } from '../../../../../shared/random';
import type { BinnedFeatures } from './binned';

export const DEPTH = 3;
const NODES = 2 ** DEPTH - 1;
const LEAVES = 2 ** DEPTH;
const BINS = 256;

/** A regression tree of depth 3: inner node n has the children 2n + 1 and 2n + 2, leaves follow from left to right. */
export interface Tree {
  /** [7] feature that an inner node asks for; -1 where it sends everything to the left. */
  readonly features: Int32Array;
  /** [7] a row goes right where its bin is above this. */
  readonly bins: Uint8Array;
  /** [8] */
  readonly values: Float64Array;
}

/** Buffers for histograms, used again for every tree. */
export interface TreeBuffers {
  /** [4 nodes, 256 bins] */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** [N] place of each row within its level, and at the end its leaf. */
  readonly places: Uint8Array;
}

export function createTreeBuffers(rows: number): TreeBuffers {
  return {
    sums: new Float64Array((LEAVES / 2) * BINS),
    counts: new Float64Array((LEAVES / 2) * BINS),
    places: new Uint8Array(rows),
  };
}

/**
 * Grows a tree on residuals, level by level: each node takes the split whose two means differ most, n_l n_r / (n_l +
 * n_r) (mean_l - mean_r)^2, over all features and bins. Of equal ones the first in a random order of the features wins:
 * a latent and its copy share what they explain. Leaves get no values yet.
 * @param importance [D] to which each split adds its gain, the fall of the squared error
 */
export function growTree(
  { columns, bins }: BinnedFeatures,
  residuals: Float64Array,
  importance: Float64Array,
  { sums, counts, places }: TreeBuffers,
  random: Random,
): Tree {
  const tree: Tree = {
    features: new Int32Array(NODES).fill(-1),
    bins: new Uint8Array(NODES),
    values: new Float64Array(LEAVES),
  };
  places.fill(0);
  for (let level = 0; level < DEPTH; level++) {
    const nodes = 1 << level;
    const best = describeNodes(nodes, residuals, places);
    for (const j of shuffled(columns.length, random)) {
      const [column, width] = [columns[j], bins[j]];
      sums.fill(0, 0, nodes * width);
      counts.fill(0, 0, nodes * width);
      for (let i = 0; i < places.length; i++) {
        const cell = places[i] * width + column[i];
        sums[cell] += residuals[i];
        counts[cell]++;
      }
      for (let node = 0; node < nodes; node++) improve(best[node], sums, counts, node * width, width, j);
    }
    best.forEach(({ gain, feature, bin }, node) => {
      tree.features[nodes - 1 + node] = feature;
      tree.bins[nodes - 1 + node] = bin;
      if (feature >= 0) importance[feature] += gain;
    });
    descend(tree, columns, level, places);
  }
  return tree;
}

/** 0 to count - 1 in random order (Fisher and Yates). */
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Sum and count of a node's rows, and the best split so far. */
interface Node {
  sum: number;
  count: number;
  gain: number;
  feature: number;
  bin: number;
}

function describeNodes(nodes: number, residuals: Float64Array, places: Uint8Array): Node[] {
  const sums = new Float64Array(nodes);
  const counts = new Float64Array(nodes);
  for (let i = 0; i < places.length; i++) {
    sums[places[i]] += residuals[i];
    counts[places[i]]++;
  }
  return Array.from(sums, (sum, n) => ({ sum, count: counts[n], gain: 0, feature: -1, bin: 0 }));
}

/** Takes the best split of one feature in one node where it beats what was found. */
function improve(
  node: Node,
  sums: Float64Array,
  counts: Float64Array,
  from: number,
  bins: number,
  feature: number,
): void {
  const { sum, count } = node;
  let [leftSum, left] = [0, 0];
  for (let bin = 0; bin < bins - 1; bin++) {
    const here = counts[from + bin];
    if (here === 0) continue;
    leftSum += sums[from + bin];
    left += here;
    const right = count - left;
    if (right === 0) break;
    const difference = leftSum / left - (sum - leftSum) / right;
    const gain = ((left * right) / count) * difference * difference;
    if (gain > node.gain) {
      node.gain = gain;
      node.feature = feature;
      node.bin = bin;
    }
  }
}

/** Moves every row from its place in a level to the next one's. */
function descend(
  { features, bins }: Tree,
  columns: readonly Uint8Array[],
  level: number,
  places: Uint8Array,
): void {
  const first = (1 << level) - 1;
  for (let i = 0; i < places.length; i++) {
    const node = first + places[i];
    const feature = features[node];
    places[i] = 2 * places[i] + (feature >= 0 && columns[feature][i] > bins[node] ? 1 : 0);
  }
}

/** Writes the leaf of every row, 0 to 7. */
export function findLeaves(tree: Tree, { columns }: BinnedFeatures, places: Uint8Array): void {
  places.fill(0);
  for (let level = 0; level < DEPTH; level++) descend(tree, columns, level, places);
}
