import type { CommandId } from '../../../shared/document/commands';
import { checkDraft } from './draft';
import { canResume, liveRun, selectedRun, type TrainState } from './state';

export type TrainCommandId = Extract<CommandId, `train.${string}` | `model.${string}`>;

/** Why a command of training cannot run now; null when it can. */
export function reasonAgainstTraining(id: TrainCommandId, train: TrainState): string | null {
  const live = liveRun(train);
  const busy = live ? `${live.folder.name} is training` : null;
  const idle = live ? null : 'No training is running';
  switch (id) {
    case 'train.new':
    case 'train.choose-data':
    case 'train.open-run':
    case 'model.open':
      return null;
    case 'train.start':
      if (busy) return busy;
      if (!train.setup.data) return 'Choose the data first';
      return checkDraft(train.setup.draft).config ? null : 'The configuration has errors';
    case 'train.pause':
      return idle ?? (live?.status === 'stopping' ? 'The run is stopping' : null);
    case 'train.stop':
      return idle ?? (live?.status === 'stopping' ? 'The run is stopping already' : null);
    case 'train.resume': {
      const run = selectedRun(train);
      if (busy) return busy;
      if (!run) return 'Select a run first';
      return canResume(run) ? null : 'The selected run has nothing left to do';
    }
    case 'train.export-png':
    case 'train.export-csv':
      return train.runs.some(({ compared, rows }) => compared && rows.length > 0)
        ? null
        : 'There are no curves to export';
  }
}
