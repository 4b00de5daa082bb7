import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { DocumentState } from '../../../shared/document/store';
import type { JobEntry } from '../jobs/list';
import type { Slice } from './slice';
import type { UiState } from './ui';
import type { Workbench } from './workbench';

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error('This component stands outside of the workbench.');
  return workbench;
}

/** The document, its selection and what can be undone; renders again at every change. */
export function useDocument(): DocumentState {
  const { document } = useWorkbench();
  return useSyncExternalStore(document.subscribe, document.state);
}

export function useUi<T>(select: (state: UiState) => T): T {
  return useStore(useWorkbench().ui, select);
}

/** A workspace's slice, or what `select` takes from it. */
export function useSlice<T extends object>(slice: Slice<T>): T;
export function useSlice<T extends object, R>(slice: Slice<T>, select: (state: T) => R): R;
export function useSlice<T extends object, R>(slice: Slice<T>, select?: (state: T) => R): T | R {
  return useUi((state) => (select ? select(slice.in(state)) : slice.in(state)));
}

export function useJobs(): readonly JobEntry[] {
  return useStore(useWorkbench().jobs.store);
}
