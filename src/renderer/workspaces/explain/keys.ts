import type { AttentionOptions, CollectionChoice } from '../../../shared/contract/explain';
import type { ModelChoice } from '../../../shared/contract/inputs';
import type { Split } from '../../../shared/dataset/types';

/** Names a split of a collection: what was computed for another one is not shown for this one. */
export function collectionKey(choice: CollectionChoice, split: Split): string {
  return JSON.stringify([choice, split]);
}

export function explainedKey(
  choice: CollectionChoice,
  split: Split,
  model: ModelChoice,
  options: AttentionOptions,
  indices: readonly number[],
): string {
  return JSON.stringify([choice, split, model, options, indices]);
}
