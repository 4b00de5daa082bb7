import type { Workspace } from '../../workbench/state/workbench';
import { TRAIN_COMMANDS } from './commands';
import { dropOnTraining } from './setup';
import { TrainWorkspace } from './TrainWorkspace';

declare module '../../workbench/state/ui' {
  interface WorkspaceNames {
    readonly train: true;
  }
}

/** Data, runs and models. */
export const TRAIN: Workspace = {
  name: 'train',
  tab: { name: 'train', title: 'Train', View: TrainWorkspace, mounted: 'while shown' },
  commands: [TRAIN_COMMANDS],
  drops: { takes: () => true, drop: dropOnTraining },
};
