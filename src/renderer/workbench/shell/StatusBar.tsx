import { plural } from '../../ui/format';
import { devicesDialog } from '../dialogs/own';
import { useUi, useWorkbench } from '../state/hooks';

export function StatusBar() {
  const { workspaces } = useWorkbench();
  const items = workspaces.flatMap(({ name, status }) => (status ? [{ name, ...status }] : []));
  return (
    <footer className="status-bar" aria-label="Status">
      {items.map(({ name, Start }) => (
        <Start key={name} />
      ))}
      <Refusal />
      <span className="spacer" />
      {items.map(({ name, End }) => (
        <End key={name} />
      ))}
      <Device />
    </footer>
  );
}

/** Why a shortcut did nothing. The element stays, so that a screen reader says what comes into it. */
function Refusal() {
  const refusal = useUi((state) => state.refusal);
  return (
    <span className="status-item status-refusal" role="status" data-testid="status-refusal">
      {refusal}
    </span>
  );
}

function Device() {
  const workbench = useWorkbench();
  const engine = useUi((state) => state.engine);
  const devices = useUi((state) => state.devices);
  const words = { starting: 'Engine starts...', ready: 'Engine ready', stopped: 'Engine at rest' }[engine];
  return (
    <button
      type="button"
      className="status-item status-button"
      data-testid="status-engine"
      title="Compute devices..."
      onClick={() => devicesDialog.open(workbench, {})}
    >
      {devices && engine === 'ready' ? `${devices.active} · ${plural(devices.cores, 'core')}` : words}
    </button>
  );
}
