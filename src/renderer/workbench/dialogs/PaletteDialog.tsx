import { Command } from 'cmdk';
import { useEffect, useRef } from 'react';
import { COMMANDS, type CommandId } from '../../../shared/document/commands';
import { shortcutLabel, shortcutsOf } from '../commands/keys';
import { reasonAgainst } from '../commands/reasons';
import { commandTitle, runCommand } from '../commands/run';
import { openModal } from './Dialog';
import { useDocument, useUi, useWorkbench } from '../state/hooks';

/** Every command by name, with its shortcut, or with the reason why it cannot run. */
export function PaletteDialog() {
  const workbench = useWorkbench();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => openModal(ref.current), []);
  const close = (): void => workbench.ui.setState({ dialog: null });
  const run = (id: CommandId): void => {
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
          {COMMANDS.filter(({ id }) => id !== 'help.palette').map(({ id }) => (
            <PaletteItem key={id} id={id} onRun={() => run(id)} />
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}

function PaletteItem({ id, onRun }: { readonly id: CommandId; readonly onRun: () => void }) {
  const { bridge } = useWorkbench();
  const document = useDocument();
  const reason = useUi((state) => reasonAgainst(id, document, state));
  const command = COMMANDS.find((candidate) => candidate.id === id);
  const title = commandTitle(id, document.undoTitle, document.redoTitle);
  return (
    <Command.Item value={title} keywords={[id]} disabled={reason !== null} onSelect={onRun} data-command={id}>
      <span>{title}</span>
      {reason ? (
        <span className="muted">{reason}</span>
      ) : (
        <span className="keys">
          {(command ? shortcutsOf(command) : []).map((shortcut) => (
            <kbd key={shortcut}>{shortcutLabel(shortcut, bridge.platform === 'darwin')}</kbd>
          ))}
        </span>
      )}
    </Command.Item>
  );
}
