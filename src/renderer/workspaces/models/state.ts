import type { VaeEntry } from '../../../shared/contract/explain';
import type { ModelEntry } from '../../../shared/contract/learning';
import type { ModelChoice, ModelInput } from '../../../shared/contract/inputs';
import type { Problem } from '../../../shared/result';
import { createSlice } from '../../workbench/state/slice';

/** A model that can be chosen, with how to name it to the engine. */
export interface ModelItem {
  readonly choice: ModelChoice;
  readonly entry: ModelEntry;
}

/** A VAE that can be chosen, with how to name it to the engine. */
export interface VaeItem {
  readonly choice: ModelChoice;
  readonly entry: VaeEntry;
}

export interface ActiveModel {
  /** How to name it to the engine. */
  readonly choice: ModelChoice;
  readonly title: string;
}

export interface ModelsState {
  readonly status: 'unknown' | 'loading' | 'ready';
  readonly items: readonly ModelItem[];
  readonly vaes: readonly VaeItem[];
  readonly notes: readonly string[];
  readonly problem: Problem | null;
  /** Index into `items`, and after them into `vaes`. */
  readonly selected: number;
  /** The model that reconstructs from each kind of picture; null until one is known. */
  readonly active: Readonly<Record<ModelInput, ActiveModel | null>>;
  /** Train shows the models in place of its runs. */
  readonly shown: boolean;
}

export const modelsSlice = createSlice<ModelsState>('models', {
  status: 'unknown',
  items: [],
  vaes: [],
  notes: [],
  problem: null,
  selected: 0,
  active: { depth: null, rgb: null },
  shown: false,
});

export function isSameModel(a: ModelChoice, b: ModelChoice): boolean {
  return 'name' in a ? 'name' in b && a.name === b.name : 'token' in b && a.token === b.token;
}
