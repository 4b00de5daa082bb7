import type { Workbench } from '../../workbench/state/workbench';
import type { RunEntry, TrainState } from './state';

type Ui = Pick<Workbench, 'ui'>;

export function trainState({ ui }: Ui): TrainState {
  return ui.getState().train;
}

export function changeTrain({ ui }: Ui, change: (train: TrainState) => Partial<TrainState>): void {
  ui.setState(({ train }) => ({ train: { ...train, ...change(train) } }));
}

/** Changes one run by the token of its folder; nothing happens when it is no longer listed. */
export function changeRun(workbench: Ui, token: string, change: (run: RunEntry) => Partial<RunEntry>): void {
  changeTrain(workbench, ({ runs }) => ({
    runs: runs.map((run) => (run.folder.token === token ? { ...run, ...change(run) } : run)),
  }));
}

export function runOf(workbench: Ui, token: string): RunEntry | null {
  return trainState(workbench).runs.find(({ folder }) => folder.token === token) ?? null;
}
