import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ModelChoice, ModelInput } from '../../../shared/contract/learning';

export interface ActiveModel {
  /** How to name it to the engine. */
  readonly choice: ModelChoice;
  readonly title: string;
}

/** The model that reconstructs from each kind of picture; null until one is known. */
export const activeModel = createStore<Readonly<Record<ModelInput, ActiveModel | null>>>(() => ({
  depth: null,
  rgb: null,
}));

export function setActiveModel(input: ModelInput, model: ActiveModel): void {
  activeModel.setState({ [input]: model });
}

export function useActiveModel(input: ModelInput): ActiveModel | null {
  return useStore(activeModel, (state) => state[input]);
}

export function isSameModel(a: ModelChoice, b: ModelChoice): boolean {
  return 'name' in a ? 'name' in b && a.name === b.name : 'token' in b && a.token === b.token;
}
