import { Command } from 'cmdk';
import { useEffect, useRef } from 'react';
import { shortcutLabel, shortcutsOf } from '../commands/keys';
import { runCommand } from '../commands/run';
import { useCommand } from '../commands/use-command';
import { openModal } from './Dialog';
import { closeDialog } from './handle';
import { useWorkbench } from '../state/hooks';

/** Every command by name, with its shortcut, or with the reason why it cannot run. */
export function PaletteDialog() {
  const workbench = useWorkbench();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => openModal(ref.current), []);
  const close = (): void => closeDialog(workbench);
  const run = (id: string): void => {
    close();
    // The command must meet the window without the dialog: it may open one of its own, or need the focus.
    requestAnimationFrame(() => runCommand(workbench, id));
  };
  return (
    <dialog
      ref={ref}
      className="dialog palette"
      aria-label="All commands"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === ref.current && close()}
    >
      <Command label="All commands" loop>
        <Command.Input placeholder="Type a command" data-focus />
        <Command.List>
          <Command.Empty>No command has this name.</Command.Empty>
          {workbench.commands.all
            .filter(({ id }) => id !== 'help.palette')
            .map(({ id }) => (
              <PaletteItem key={id} id={id} onRun={() => run(id)} />
            ))}
        </Command.List>
      </Command>
    </dialog>
  );
}

function PaletteItem({ id, onRun }: { readonly id: string; readonly onRun: () => void }) {
  const { bridge } = useWorkbench();
  const { command, title, reason } = useCommand(id);
  return (
    <Command.Item value={title} keywords={[id]} disabled={reason !== null} onSelect={onRun} data-command={id}>
      <span>{title}</span>
      {reason ? (
        <span className="muted">{reason}</span>
      ) : (
        <span className="keys">
          {shortcutsOf(command).map((shortcut) => (
            <kbd key={shortcut}>{shortcutLabel(shortcut, bridge.platform === 'darwin')}</kbd>
          ))}
        </span>
      )}
    </Command.Item>
  );
}
