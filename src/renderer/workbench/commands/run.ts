import { COMMANDS, isCommandId, type CommandId } from '../../../shared/document/commands';
import {
  deleteSelected,
  duplicateSelected,
  resetToFit,
  selectAll,
  selectNone,
  selectedParts,
  showParts,
  toggleLock,
  togglePlaneLock,
} from '../../workspaces/shape/actions/edit';
import { startFit } from '../../workspaces/shape/actions/fit';
import { newDocument, openByDialog } from '../../workspaces/shape/actions/open';
import { save, saveAs } from '../../workspaces/shape/actions/save';
import { setDock } from '../actions/dock';
import { toggleTheme } from '../actions/settings';
import { toggleExplode, toggleGhost, toggleIsolate } from '../../workspaces/shape/actions/view';
import type { Workbench } from '../state/workbench';
import { EXPLAIN_ACTIONS } from '../../workspaces/explain/commands';
import { LATENT_ACTIONS } from '../../workspaces/latent/commands';
import { RECONSTRUCT_ACTIONS } from '../../workspaces/reconstruct/commands';
import { TRAIN_ACTIONS } from '../../workspaces/train/commands';
import { reasonAgainst } from './reasons';
import { shapeSlice } from '../../workspaces/shape/state';

/** What each command does. A record by id, so that a command without an action does not compile. */
const ACTIONS: Readonly<Record<CommandId, (workbench: Workbench) => void>> = {
  'file.new': newDocument,
  'file.open': (workbench) => void openByDialog(workbench),
  'file.save': (workbench) => void save(workbench),
  'file.save-as': (workbench) => void saveAs(workbench),
  'file.export': ({ ui }) => ui.setState({ dialog: { kind: 'export' } }),
  'edit.undo': ({ document, ui }) => {
    shapeSlice.set({ ui }, { drag: null });
    document.undo();
  },
  'edit.redo': ({ document }) => document.redo(),
  'edit.select-all': selectAll,
  'edit.select-none': selectNone,
  'edit.duplicate': duplicateSelected,
  'edit.delete': deleteSelected,
  'edit.reset': resetToFit,
  'part.fit': (workbench) => void startFit(workbench),
  'part.rename': ({ document, ui }) =>
    shapeSlice.set({ ui }, { renaming: document.state().selection.partIds[0] }),
  'part.lock': toggleLock,
  'part.lock-plane': togglePlaneLock,
  'part.hide': (workbench) =>
    showParts(
      workbench,
      selectedParts(workbench).map((part) => part.id),
      false,
    ),
  'part.show-all': (workbench) =>
    showParts(
      workbench,
      workbench.document.state().document.parts.map((part) => part.id),
      true,
    ),
  'flat.open': ({ ui }) => ui.setState({ dialog: { kind: 'flat' } }),
  'view.frame': ({ viewport }) => viewport?.frameSelection(),
  'view.isolate': toggleIsolate,
  'view.explode': toggleExplode,
  'view.front': ({ viewport }) => viewport?.view('front'),
  'view.right': ({ viewport }) => viewport?.view('right'),
  'view.top': ({ viewport }) => viewport?.view('top'),
  'view.home': ({ viewport }) => viewport?.view('home'),
  'view.ghost': toggleGhost,
  'view.grid': ({ ui }) => shapeSlice.set({ ui }, ({ showGrid }) => ({ showGrid: !showGrid })),
  'view.edges': ({ ui }) => shapeSlice.set({ ui }, ({ showEdges }) => ({ showEdges: !showEdges })),
  'view.dock': (workbench) => setDock(workbench, !workbench.ui.getState().dockOpen),
  'view.theme': toggleTheme,
  ...RECONSTRUCT_ACTIONS,
  ...LATENT_ACTIONS,
  ...EXPLAIN_ACTIONS,
  ...TRAIN_ACTIONS,
  'help.devices': ({ ui }) => ui.setState({ dialog: { kind: 'devices' } }),
  'help.palette': ({ ui }) => ui.setState({ dialog: { kind: 'palette' } }),
  'help.shortcuts': ({ ui }) => ui.setState({ dialog: { kind: 'shortcuts' } }),
};

/** Runs a command when it can run. True when it did. */
export function runCommand(workbench: Workbench, id: CommandId): boolean {
  if (reasonAgainst(id, workbench.document.state(), workbench.ui.getState()) !== null) return false;
  ACTIONS[id](workbench);
  return true;
}

/** Runs a command that the native menu names; while text is edited, undo and redo are the text's. */
export function runMenuCommand(workbench: Workbench, id: string): void {
  if (!isCommandId(id)) return;
  const editing = isTextField(document.activeElement);
  if (editing && (id === 'edit.undo' || id === 'edit.redo')) {
    document.execCommand(id === 'edit.undo' ? 'undo' : 'redo');
    return;
  }
  runCommand(workbench, id);
}

export function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'button'].includes(element.type);
  return (
    element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable)
  );
}

/** The title of a command, with what undo and redo would do. */
export function commandTitle(id: CommandId, undoTitle: string | null, redoTitle: string | null): string {
  if (id === 'edit.undo' && undoTitle) return `Undo ${lowerFirst(undoTitle)}`;
  if (id === 'edit.redo' && redoTitle) return `Redo ${lowerFirst(redoTitle)}`;
  return COMMANDS.find((command) => command.id === id)?.title ?? id;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
