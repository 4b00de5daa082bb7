import type { CommandGroup } from '../../workbench/state/workbench';
import { openModelByDialog } from './load';

export const MODEL_COMMANDS: CommandGroup = {
  order: 110,
  commands: [
    {
      id: 'model.open',
      title: 'Open model file...',
      run: (workbench) => void openModelByDialog(workbench),
    },
  ],
};
