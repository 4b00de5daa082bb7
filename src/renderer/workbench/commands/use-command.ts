import { useDocument, useUi, useWorkbench } from '../state/hooks';
import type { Command } from '../state/workbench';

export interface ShownCommand {
  readonly command: Command;
  readonly title: string;
  readonly reason: string | null;
}

/** A command as it stands now; renders again when its title or its reason changes. */
export function useCommand(id: string): ShownCommand {
  const command = useWorkbench().commands.find(id);
  const document = useDocument();
  const reason = useUi((ui) => command.reason?.({ document, ui }) ?? null);
  const title = useUi((ui) => command.titleIn?.({ document, ui }) ?? command.title);
  return { command, title, reason };
}
