import type { Workbench } from '../state/workbench';
import { commandForKey } from './keys';
import { isTextField, runCommand } from './run';

/** Shortcuts that also work while text is edited: they cannot be part of it. */
const EVERYWHERE = new Set([
  'help.palette',
  'file.save',
  'file.save-as',
  'file.open',
  'file.new',
  'file.export',
]);

function isSlider(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === 'range';
}

/** Handles every shortcut of the window. Returns how to stop. */
export function listenToKeyboard(workbench: Workbench): () => void {
  const mac = workbench.bridge.platform === 'darwin';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const id = commandForKey(event, mac);
    if (!id) return;
    const target = event.target instanceof Element ? event.target : null;
    if (isTextField(target) && !EVERYWHERE.has(id)) return;
    // A slider goes to its ends by these.
    if (isSlider(target) && (event.key === 'Home' || event.key === 'End')) return;
    // A dialog keeps its keys: Esc closes it, letters search in it.
    if (workbench.ui.getState().dialog) return;
    event.preventDefault();
    runCommand(workbench, id);
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
