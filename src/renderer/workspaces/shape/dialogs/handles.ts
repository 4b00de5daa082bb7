import type { FileGrant } from '../../../../shared/contract/bridge';
import { createDialog } from '../../../workbench/dialogs/handle';

export const exportDialog = createDialog('export');
export const restoreDialog = createDialog('restore');
/** Asks for the camera of a depth image. */
export const cameraDialog = createDialog<{ readonly grant: FileGrant }>('camera');
/** Asks what becomes of unsaved work; `proceed` replaces it. */
export const unsavedDialog = createDialog<{ readonly proceed: () => void }>('unsaved');
