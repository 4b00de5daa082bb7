import { openFile } from '../actions/open-file';
import { readDevices } from '../actions/devices';
import { loadSettings } from '../actions/settings';
import { listenToKeyboard } from '../commands/keyboard';
import { menuEntries } from '../commands/list';
import { runMenuCommand } from '../commands/run';
import type { Workbench } from '../state/workbench';

/** Connects the stores with main, the engine and the keyboard. Resolves when the first picture can be drawn. */
export async function startWindow(workbench: Workbench): Promise<void> {
  const { bridge, ui, workspaces } = workbench;
  listenToKeyboard(workbench);
  bridge.onMenuCommand((id) => runMenuCommand(workbench, id));
  void bridge.setMenu(menuEntries(workbench.commands));
  bridge.onEngineState((state) => {
    ui.setState({ engine: state });
    if (state === 'ready' && !ui.getState().devices) void readDevices(workbench);
  });
  await loadSettings(workbench);
  ui.subscribe((state, before) => {
    if (state.theme !== before.theme) applyTheme(state.theme);
  });
  applyTheme(ui.getState().theme);
  tellUnsaved(workbench);
  await Promise.all(workspaces.map((workspace) => workspace.start?.(workbench)));

  let opened = false;
  bridge.onOpenFile((grant) => {
    opened = true;
    openFile(workbench, grant);
  });
  if (!opened) for (const workspace of workspaces) void workspace.begin?.(workbench);
}

/** Tells main at every change whether closing would lose work. */
function tellUnsaved({ bridge, document: store }: Workbench): void {
  let told = '';
  const tell = (): void => {
    const { document, unsaved } = store.state();
    const next = JSON.stringify([document.name, unsaved]);
    if (next === told) return;
    told = next;
    void bridge.setUnsaved({ unsaved, title: document.name });
  };
  store.subscribe(tell);
  tell();
}

function applyTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
}
