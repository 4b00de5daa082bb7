import { showsDialog } from '../../workbench/dialogs/handle';
import type { Workspace } from '../../workbench/state/workbench';
import { FLAT_COMMANDS, flatDialog } from './commands';
import { FlatDialog } from './FlatDialog';

/** Masks and polygons of the plane, in a dialog. */
export const FLAT: Workspace = {
  name: 'flat',
  commands: [FLAT_COMMANDS],
  dialogs: [showsDialog(flatDialog, FlatDialog)],
};
