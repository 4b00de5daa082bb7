import type { LucideIcon } from 'lucide-react';
import { shortcutLabel, shortcutsOf } from '../commands/keys';
import { runCommand } from '../commands/run';
import { useCommand } from '../commands/use-command';
import { useWorkbench } from '../state/hooks';

export interface CommandButtonProps {
  readonly id: string;
  readonly icon?: LucideIcon;
  /** Shows the icon alone; the title stays as name and tooltip. */
  readonly iconOnly?: boolean;
  readonly primary?: boolean;
  /** Words other than the command's own. */
  readonly label?: string;
  readonly pressed?: boolean;
}

/** A button of a command: its title, shortcut and reason when it cannot run all come from the list of commands. */
export function CommandButton({ id, icon: Icon, iconOnly, primary, label, pressed }: CommandButtonProps) {
  const workbench = useWorkbench();
  const { command, title: ownTitle, reason } = useCommand(id);
  const title = label ?? ownTitle;
  const [shortcut] = shortcutsOf(command);
  const keys = shortcut ? ` (${shortcutLabel(shortcut, workbench.bridge.platform === 'darwin')})` : '';
  const style = primary ? 'button primary' : iconOnly ? 'button icon' : 'button';
  return (
    <button
      type="button"
      className={style}
      data-command={id}
      aria-label={iconOnly ? title : undefined}
      aria-pressed={pressed}
      aria-disabled={reason !== null}
      title={reason ? `${title}: ${reason}` : `${title}${keys}`}
      onClick={() => runCommand(workbench, id)}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {!iconOnly && <span>{title}</span>}
    </button>
  );
}
