import type { Workbench } from '../state/workbench';
import { escape } from './escape';
import { commandForKey, type KeyPress } from './keys';
import { isTextField, reasonAgainst, runCommand } from './run';

/** Keys that edit text together with Ctrl or Command, all of them with Shift, too. */
const EDITS_TEXT = /^([acvxyz]|arrow.*|home|end|backspace|delete|insert)$/i;

/** Whether a shortcut works while a field has the focus: with Ctrl or Command, and no part of editing the text. */
export function worksInField({ key, ctrlKey, metaKey }: KeyPress, mac: boolean): boolean {
  return (mac ? metaKey : ctrlKey) && !EDITS_TEXT.test(key);
}

function isSlider(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === 'range';
}

/** Says in the status bar why a shortcut did nothing. */
function refuse(workbench: Workbench, id: string): void {
  workbench.ui.setState({ refusal: reasonAgainst(workbench, id) });
}

/** Handles every shortcut of the window. Returns how to stop. */
export function listenToKeyboard(workbench: Workbench): () => void {
  const mac = workbench.bridge.platform === 'darwin';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const command = commandForKey(workbench.commands, event, mac);
    if (!command) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const inField = isTextField(target);
    if (inField && !worksInField(event, mac)) return;
    // A slider goes to its ends by these.
    if (isSlider(target) && (event.key === 'Home' || event.key === 'End')) return;
    // A dialog keeps its keys: Esc closes it, letters search in it.
    if (workbench.ui.getState().dialog) return;
    event.preventDefault();
    if (event.key === 'Escape') escape(workbench);
    else {
      // Leaving the field takes its value over: the command works with what was typed.
      if (inField) target?.blur();
      if (!runCommand(workbench, command.id)) refuse(workbench, command.id);
    }
  };
  // What was refused is old news once a person does something else.
  const forget = (): void => {
    if (workbench.ui.getState().refusal !== null) workbench.ui.setState({ refusal: null });
  };
  window.addEventListener('keydown', forget, true);
  window.addEventListener('pointerdown', forget, true);
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', forget, true);
    window.removeEventListener('pointerdown', forget, true);
    window.removeEventListener('keydown', onKeyDown);
  };
}
