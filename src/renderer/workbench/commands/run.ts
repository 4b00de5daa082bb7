import type { CommandState, Workbench } from '../state/workbench';

/** Why a command cannot run now; null when it can. */
export function reasonAgainst({ commands, document, ui }: Workbench, id: string): string | null {
  const state: CommandState = { document: document.state(), ui: ui.getState() };
  return commands.find(id).reason?.(state) ?? null;
}

/** Runs a command when it can run. True when it did. */
export function runCommand(workbench: Workbench, id: string): boolean {
  if (reasonAgainst(workbench, id) !== null) return false;
  workbench.commands.find(id).run(workbench);
  return true;
}

/** Runs a command that main names; while text is edited, undo and redo are the text's. */
export function runMenuCommand(workbench: Workbench, id: string): void {
  if (!workbench.commands.has(id)) return;
  const { inText } = workbench.commands.find(id);
  if (inText && isTextField(document.activeElement)) document.execCommand(inText);
  else runCommand(workbench, id);
}

export function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'button'].includes(element.type);
  return (
    element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable)
  );
}
