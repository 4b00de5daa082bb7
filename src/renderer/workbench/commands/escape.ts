import type { EscapeStep, Workbench } from '../state/workbench';

/** The browser closes a dialog; nothing behind it ends meanwhile. */
const DIALOG: EscapeStep = {
  order: 20,
  present: ({ ui }) => ui.getState().dialog !== null,
  end: () => undefined,
};

/** Ends the first thing that Esc can end. */
export function escape(workbench: Workbench): void {
  const steps = [DIALOG, ...workbench.workspaces.flatMap(({ escapes }) => escapes ?? [])];
  steps
    .sort((a, b) => a.order - b.order)
    .find(({ present }) => present(workbench))
    ?.end(workbench);
}
