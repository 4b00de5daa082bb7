import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { DocumentState } from '../../../shared/document/store';
import type { JobEntry } from '../jobs/list';
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

export function useJobs(): readonly JobEntry[] {
  return useStore(useWorkbench().jobs.store);
}
