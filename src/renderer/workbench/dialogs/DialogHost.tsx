import { useUi } from '../state/hooks';
import { CameraDialog } from '../../workspaces/shape/dialogs/CameraDialog';
import { DevicesDialog } from './DevicesDialog';
import { ExportDialog } from '../../workspaces/shape/dialogs/ExportDialog';
import { FlatDialog } from '../../workspaces/flat/FlatDialog';
import { MapsDialog } from '../../workspaces/explain/MapsDialog';
import { PaletteDialog } from './PaletteDialog';
import { RestoreDialog } from './RestoreDialog';
import { ShortcutsDialog } from './ShortcutsDialog';
import { UnsavedDialog } from './UnsavedDialog';

/** The one dialog that is open, if any. */
export function DialogHost() {
  const dialog = useUi((state) => state.dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'export':
      return <ExportDialog />;
    case 'flat':
      return <FlatDialog />;
    case 'maps':
      return <MapsDialog />;
    case 'palette':
      return <PaletteDialog />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'devices':
      return <DevicesDialog />;
    case 'restore':
      return <RestoreDialog />;
    case 'camera':
      return <CameraDialog grant={dialog.grant} />;
    case 'unsaved':
      return <UnsavedDialog proceed={dialog.proceed} />;
  }
}
