import type { CommandGroup } from '../../../workbench/state/workbench';
import { openByDialog } from '../../../workbench/actions/open-file';
import { newDocument } from '../actions/open';
import { save, saveAs } from '../actions/save';
import { exportDialog } from '../dialogs/handles';
import { fitting, noParts } from './reasons';

export const FILE_COMMANDS: CommandGroup = {
  order: 10,
  commands: [
    {
      id: 'file.new',
      title: 'New',
      menu: 'file',
      accelerator: 'CmdOrCtrl+N',
      run: newDocument,
    },
    {
      id: 'file.open',
      title: 'Open...',
      menu: 'file',
      accelerator: 'CmdOrCtrl+O',
      run: (workbench) => void openByDialog(workbench),
    },
    {
      id: 'file.save',
      title: 'Save',
      menu: 'file',
      accelerator: 'CmdOrCtrl+S',
      run: (workbench) => void save(workbench),
    },
    {
      id: 'file.save-as',
      title: 'Save as...',
      menu: 'file',
      accelerator: 'CmdOrCtrl+Shift+S',
      run: (workbench) => void saveAs(workbench),
    },
    {
      id: 'file.export',
      title: 'Export...',
      menu: 'file',
      accelerator: 'CmdOrCtrl+E',
      reason: (state) => noParts(state) ?? fitting(state),
      run: (workbench) => exportDialog.open(workbench, {}),
    },
  ],
};
