import type { UiState, UiStore } from './ui';

/**
 * What one workspace keeps in the window's store. The handle is the only way to it: whoever reads a workspace's state
 * imports that workspace, and the linter sees it.
 */
export interface Slice<T extends object> {
  /** The slice within one state of the store, for selectors and subscribers that compare two. */
  in(state: UiState): T;
  get(holder: { readonly ui: UiStore }): T;
  set(holder: { readonly ui: UiStore }, changes: Partial<T> | ((slice: T) => Partial<T>)): void;
}

/** A slice that holds `initial` in every window until something is set. */
export function createSlice<T extends object>(name: string, initial: T): Slice<T> {
  const key = Symbol(name);
  const read = (state: UiState): T => (state.slices[key] as T | undefined) ?? initial;
  return {
    in: read,
    get: ({ ui }) => read(ui.getState()),
    set: ({ ui }, changes) =>
      ui.setState((state) => {
        const before = read(state);
        const next = typeof changes === 'function' ? changes(before) : changes;
        return { slices: { ...state.slices, [key]: { ...before, ...next } } };
      }),
  };
}
