import type { CommandGroup, CommandState } from '../../workbench/state/workbench';
import { dataReason } from './data';
import { checkDraft } from './draft';
import { exportCurvesCsv, exportCurvesPng } from './export';
import { makeDataset, makeReason } from './meshes';
import { resumeTraining, startTraining, stopTraining, togglePause } from './run';
import { openRunByDialog } from './runs';
import { beginSetup, chooseData } from './setup';
import { canResume, liveRun, selectedRun, trainSlice } from './state';

const busy = ({ ui }: CommandState): string | null => {
  const live = liveRun(trainSlice.in(ui));
  return live ? `${live.folder.name} is training` : null;
};

/** What stands against a word to the run that learns; `stopping` is said while it ends. */
const idle = ({ ui }: CommandState, stopping: string): string | null => {
  const live = liveRun(trainSlice.in(ui));
  if (!live) return 'No training is running';
  return live.status === 'stopping' ? stopping : null;
};

const noCurves = ({ ui }: CommandState): string | null =>
  trainSlice.in(ui).runs.some(({ compared, rows }) => compared && rows.length > 0)
    ? null
    : 'There are no curves to export';

export const TRAIN_COMMANDS: CommandGroup = {
  order: 100,
  commands: [
    { id: 'train.new', title: 'New training run', run: beginSetup },
    {
      id: 'train.choose-data',
      title: 'Choose training data...',
      run: (workbench) => void chooseData(workbench),
    },
    {
      id: 'train.make-data',
      title: 'Make a data set of the meshes...',
      reason: ({ ui }) => makeReason(trainSlice.in(ui).setup),
      run: (workbench) => void makeDataset(workbench),
    },
    {
      id: 'train.start',
      title: 'Start training',
      reason: (state) => {
        const { setup } = trainSlice.in(state.ui);
        const running = busy(state);
        if (running) return running;
        const unfit = dataReason(setup);
        if (unfit) return unfit;
        return checkDraft(setup.draft).config ? null : 'The configuration has errors';
      },
      run: (workbench) => void startTraining(workbench),
    },
    {
      id: 'train.pause',
      title: 'Pause or continue training',
      reason: (state) => idle(state, 'The run is stopping'),
      run: togglePause,
    },
    {
      id: 'train.stop',
      title: 'Stop training',
      reason: (state) => idle(state, 'The run is stopping already'),
      run: stopTraining,
    },
    {
      id: 'train.resume',
      title: 'Resume the stopped run',
      reason: (state) => {
        const run = selectedRun(trainSlice.in(state.ui));
        const running = busy(state);
        if (running) return running;
        if (!run) return 'Select a run first';
        return canResume(run) ? null : 'The selected run has nothing left to do';
      },
      run: (workbench) => void resumeTraining(workbench),
    },
    { id: 'train.open-run', title: 'Open run...', run: (workbench) => void openRunByDialog(workbench) },
    {
      id: 'train.export-png',
      title: 'Export curves as PNG...',
      reason: noCurves,
      run: (workbench) => void exportCurvesPng(workbench),
    },
    {
      id: 'train.export-csv',
      title: 'Export curves as CSV...',
      reason: noCurves,
      run: (workbench) => void exportCurvesCsv(workbench),
    },
  ],
};
