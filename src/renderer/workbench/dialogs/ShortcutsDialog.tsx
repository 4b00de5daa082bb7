import { shortcutLabel, shortcutsOf } from '../commands/keys';
import { useWorkbench } from '../state/hooks';
import { CloseButton, Dialog } from './Dialog';

const MOUSE = [
  ['Orbit', 'Left drag on nothing, or middle drag'],
  ['Pan', 'Right drag, or Shift+drag'],
  ['Zoom', 'Wheel'],
  ['Select a part, then its plane', 'Click, then click again'],
  ['Select several parts', 'Shift+click'],
  ['Move a plane', 'Drag its handle'],
] as const;

export function ShortcutsDialog() {
  const { bridge, commands } = useWorkbench();
  const mac = bridge.platform === 'darwin';
  const withKeys = commands.all.filter((command) => shortcutsOf(command).length > 0);
  return (
    <Dialog title="Keyboard shortcuts" wide actions={<CloseButton label="Close" />}>
      <dl className="shortcuts">
        {withKeys.map((command) => (
          <div key={command.id}>
            <dt>{command.title.replace(/\.\.\.$/, '')}</dt>
            <dd>
              {shortcutsOf(command).map((shortcut) => (
                <kbd key={shortcut}>{shortcutLabel(shortcut, mac)}</kbd>
              ))}
            </dd>
          </div>
        ))}
        {MOUSE.map(([title, gesture]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{gesture}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
