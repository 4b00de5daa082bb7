import type { Workbench } from '../../workbench/state/workbench';
import { trainSlice, type RunEntry } from './state';

type Ui = Pick<Workbench, 'ui'>;

/** Changes one run by the token of its folder; nothing happens when it is no longer listed. */
export function changeRun(workbench: Ui, token: string, change: (run: RunEntry) => Partial<RunEntry>): void {
  trainSlice.set(workbench, ({ runs }) => ({
    runs: runs.map((run) => (run.folder.token === token ? { ...run, ...change(run) } : run)),
  }));
}

export function runOf(workbench: Ui, token: string): RunEntry | null {
  return trainSlice.get(workbench).runs.find(({ folder }) => folder.token === token) ?? null;
}
