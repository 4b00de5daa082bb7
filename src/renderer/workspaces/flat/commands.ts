import { createDialog } from '../../workbench/dialogs/handle';
import type { CommandGroup } from '../../workbench/state/workbench';

export const flatDialog = createDialog('flat');

export const FLAT_COMMANDS: CommandGroup = {
  order: 40,
  commands: [
    {
      id: 'flat.open',
      title: 'Fit a mask in 2D...',
      menu: 'part',
      run: (workbench) => flatDialog.open(workbench, {}),
    },
  ],
};
