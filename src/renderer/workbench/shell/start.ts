import { openGrant } from '../../workspaces/shape/actions/open';
import { followDocumentSource } from '../../workspaces/reconstruct/actions/reconstruct-source';
import { beginSession, startAutosave } from '../../workspaces/shape/actions/recovery';
import { readDevices } from '../actions/devices';
import { loadSettings } from '../actions/settings';
import { listenToKeyboard } from '../commands/keyboard';
import { runMenuCommand } from '../commands/run';
import { followExplain } from '../../workspaces/explain/follow';
import { followPath } from '../../workspaces/latent/follow';
import type { Workbench } from '../state/workbench';
import { connectMetrics } from '../../workspaces/shape/figures';
import { shapeSlice } from '../../workspaces/shape/state';

/** Connects the stores with main, the engine and the keyboard. Resolves when the first picture can be drawn. */
export async function startWindow(workbench: Workbench): Promise<void> {
  const { bridge, ui, document: store } = workbench;
  listenToKeyboard(workbench);
  bridge.onEngineState((state) => {
    ui.setState({ engine: state });
    if (state === 'ready' && !ui.getState().devices) void readDevices(workbench);
  });
  await loadSettings(workbench);
  ui.subscribe((state, before) => {
    if (state.theme !== before.theme) applyTheme(state.theme);
  });
  applyTheme(ui.getState().theme);

  connectMetrics(workbench);
  followDocumentSource(workbench);
  followPath(workbench);
  followExplain(workbench);
  startAutosave(workbench);
  bridge.onMenuCommand((id) => runMenuCommand(workbench, id));

  let told = '';
  const tellUnsaved = (): void => {
    const { document, unsaved } = store.state();
    const next = JSON.stringify([document.name, unsaved]);
    if (next === told) return;
    told = next;
    void bridge.setUnsaved({ unsaved, title: document.name });
  };
  store.subscribe(tellUnsaved);
  tellUnsaved();

  shapeSlice.set({ ui }, { samples: await bridge.listSamples().catch(() => []) });
  let opened = false;
  bridge.onOpenFile((grant) => {
    opened = true;
    openGrant(workbench, grant);
  });
  if (!opened) void beginSession(workbench);
}

function applyTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
}
