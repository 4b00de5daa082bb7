import { setDock } from '../actions/dock';
import { toggleTheme } from '../actions/settings';
import { devicesDialog, paletteDialog, shortcutsDialog } from '../dialogs/own';
import type { CommandGroup } from '../state/workbench';

/** The commands of the window itself. */
export const WORKBENCH_COMMANDS: readonly CommandGroup[] = [
  {
    order: 60,
    commands: [
      {
        id: 'view.dock',
        title: 'Show or hide jobs',
        menu: 'view',
        accelerator: 'CmdOrCtrl+J',
        run: (workbench) => setDock(workbench, !workbench.ui.getState().dockOpen),
      },
      { id: 'view.theme', title: 'Switch between dark and light', menu: 'view', run: toggleTheme },
    ],
  },
  {
    order: 120,
    commands: [
      {
        id: 'help.devices',
        title: 'Compute devices...',
        menu: 'help',
        run: (workbench) => devicesDialog.open(workbench, {}),
      },
      {
        id: 'help.palette',
        title: 'All commands...',
        menu: 'help',
        accelerator: 'CmdOrCtrl+K',
        run: (workbench) => paletteDialog.open(workbench, {}),
      },
      {
        id: 'help.shortcuts',
        title: 'Keyboard shortcuts',
        menu: 'help',
        keys: ['?'],
        run: (workbench) => shortcutsDialog.open(workbench, {}),
      },
    ],
  },
];
