import { showsDialog } from '../../workbench/dialogs/handle';
import type { Workspace } from '../../workbench/state/workbench';
import { beginSession, startAutosave } from './actions/recovery';
import { EDIT_COMMANDS } from './commands/edit';
import { FILE_COMMANDS } from './commands/file';
import { PART_COMMANDS } from './commands/part';
import { VIEW_COMMANDS } from './commands/view';
import { CameraDialog } from './dialogs/CameraDialog';
import { ExportDialog } from './dialogs/ExportDialog';
import { cameraDialog, exportDialog, restoreDialog, unsavedDialog } from './dialogs/handles';
import { RestoreDialog } from './dialogs/RestoreDialog';
import { UnsavedDialog } from './dialogs/UnsavedDialog';
import { SHAPE_ESCAPES } from './escape';
import { connectMetrics } from './figures';
import { SHAPE_FILES } from './files';
import { FrameRate, ShapeStatus } from './panels/Status';
import { ShapeWorkspace } from './ShapeWorkspace';
import { shapeSlice } from './state';

declare module '../../workbench/state/ui' {
  interface WorkspaceNames {
    readonly shape: true;
  }
}

/** Edit, check, fit and export the document. */
export const SHAPE: Workspace = {
  name: 'shape',
  tab: { name: 'shape', title: 'Shape', View: ShapeWorkspace, mounted: 'always' },
  commands: [FILE_COMMANDS, EDIT_COMMANDS, PART_COMMANDS, VIEW_COMMANDS],
  dialogs: [
    showsDialog(exportDialog, ExportDialog),
    showsDialog(cameraDialog, CameraDialog),
    showsDialog(unsavedDialog, UnsavedDialog),
    showsDialog(restoreDialog, RestoreDialog),
  ],
  status: { Start: ShapeStatus, End: FrameRate },
  files: SHAPE_FILES,
  escapes: SHAPE_ESCAPES,
  start: async (workbench) => {
    connectMetrics(workbench);
    startAutosave(workbench);
    shapeSlice.set(workbench, { samples: await workbench.bridge.listSamples().catch(() => []) });
  },
  begin: beginSession,
};
