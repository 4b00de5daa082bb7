import type { Settings } from '../../../shared/contract/bridge';
import { chooseBackend, readDevices } from '../actions/devices';
import { plural } from '../../ui/format';
import { useJobs, useUi, useWorkbench } from '../state/hooks';
import { CloseButton, Dialog } from './Dialog';

/** What fits run on, what else there is and why not, and a way to force one. */
export function DevicesDialog() {
  const workbench = useWorkbench();
  const devices = useUi((state) => state.devices);
  const forced = useUi((state) => state.settings.backend);
  const busy = useJobs().some((job) => job.state === 'running');
  const choose = (backend: Settings['backend']): void => void chooseBackend(workbench, backend);
  return (
    <Dialog title="Compute devices" actions={<CloseButton label="Close" />}>
      {devices ? (
        <p>
          Fits run on <strong>{devices.active}</strong>, on {plural(devices.cores, 'core')} of this computer.
        </p>
      ) : (
        <p>
          The engine has not run yet.
          <button type="button" className="link" onClick={() => void readDevices(workbench)}>
            Start it and look
          </button>
        </p>
      )}
      <fieldset className="choices" disabled={busy}>
        <legend>{busy ? 'Backend (wait for the running job to change it)' : 'Backend'}</legend>
        <label>
          <input type="radio" name="backend" checked={forced === 'auto'} onChange={() => choose('auto')} />
          <span>
            auto <span className="muted">The fastest that works</span>
          </span>
        </label>
        {devices?.backends.map((entry) => (
          <label key={entry.name}>
            <input
              type="radio"
              name="backend"
              disabled={!entry.available}
              checked={forced === entry.name}
              onChange={() => choose(entry.name)}
            />
            <span>
              {entry.name} <span className="muted">{entry.reason}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
