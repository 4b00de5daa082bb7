import type { Settings } from '../../../shared/contract/bridge';
import type { Workbench } from '../state/workbench';
import { attempt, reportProblem } from './jobs';

/** Asks the engine what it can compute on, and what it does compute on. */
export async function readDevices(workbench: Workbench): Promise<void> {
  const end = await workbench.engine.startJob({ kind: 'devices' }).result;
  if (end.ok) workbench.ui.setState({ devices: end.value.value });
  else if (end.error.code !== 'engine-stopped') reportProblem(workbench, 'Compute devices', end.error);
}

/** Forces a backend, or lets the engine choose again. The engine learns it when it is connected anew. */
export async function chooseBackend(workbench: Workbench, backend: Settings['backend']): Promise<void> {
  const { ui, bridge, engine } = workbench;
  const settings = { ...ui.getState().settings, backend };
  ui.setState({ settings });
  await attempt(workbench, 'Compute devices', () => bridge.writeSettings(settings));
  engine.disconnect('Another backend was chosen.');
  await readDevices(workbench);
}
