import { useUi, useWorkbench } from '../state/hooks';
import { DevicesDialog } from './DevicesDialog';
import { showsDialog, type DialogView } from './handle';
import { devicesDialog, paletteDialog, shortcutsDialog } from './own';
import { PaletteDialog } from './PaletteDialog';
import { ShortcutsDialog } from './ShortcutsDialog';

const OWN: readonly DialogView[] = [
  showsDialog(devicesDialog, DevicesDialog),
  showsDialog(paletteDialog, PaletteDialog),
  showsDialog(shortcutsDialog, ShortcutsDialog),
];

/** The one dialog that is open, if any. */
export function DialogHost() {
  const { workspaces } = useWorkbench();
  const dialog = useUi((state) => state.dialog);
  if (!dialog) return null;
  const views = [...OWN, ...workspaces.flatMap(({ dialogs }) => dialogs ?? [])];
  const found = views.find(({ key }) => key === dialog.key);
  if (!found) throw new Error(`No workspace shows the dialog ${String(dialog.key)}.`);
  return <found.View {...dialog.props} />;
}
