import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, ipcMain, Menu, session, shell, type BrowserWindow } from 'electron';
import { settingsSchema } from '../../shared/contract/bridge';
import { EVENTS } from '../../shared/contract/channels';
import type { MenuEntry } from '../../shared/contract/menu';
import { registerScheme, serveFolder } from './app-protocol';
import { fileArgument } from './arguments';
import { bridgeCalls, grantPath } from './bridge-calls';
import { guardClose, type CloseGuard } from './close-guard';
import { choosePath } from './dialogs';
import { createEngineConnection } from './engine-connection';
import { createGrantStore, isWritableWhenOpened } from './grants';
import { registerCalls } from './ipc';
import { denyNavigation, denyPermissions } from './lockdown';
import { createLog } from './log';
import { createMainWindow, loadStartPage } from './main-window';
import { menuTemplate } from './menu';
import { logProcessEnds } from './process-ends';
import { createRecovery } from './recovery';
import { createRuns, runsSchema } from './runs';
import { createSamples } from './samples';
import { createStoredJson } from './stored-json';
import { windowStateSchema } from './window-state';

/** Starts the workbench. `bundle` is the folder of main's bundle, out/main. */
export function runApplication(bundle: string): void {
  // Tests bring their own data folder and answers to dialogs; an installed product takes neither from its environment.
  const testing = app.isPackaged ? {} : process.env;
  if (testing.HALFSPACE_USER_DATA) app.setPath('userData', testing.HALFSPACE_USER_DATA);

  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // The launcher passes this switch for root only, whose processes Chromium cannot sandbox; asking for both ends them.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Machines without a usable GPU draw in software; newer Chromium refuses that for WebGL unless asked.
  app.commandLine.appendSwitch('enable-unsafe-swiftshader');
  registerScheme();
  denyNavigation(app);

  const pending: string[] = [];
  let openFile = (path: string): void => void pending.push(path);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFile(path);
  });
  app.on('window-all-closed', () => app.quit());

  const named = fileArgument(process.argv, app.isPackaged, process.cwd());
  if (named) pending.push(named);

  void app.whenReady().then(async () => {
    const started = await openWorkbench(bundle, testing.HALFSPACE_TEST_DIALOG ?? null);
    openFile = started.openFile;
    for (const path of pending) started.openFile(path);
    app.on('second-instance', (_event, argv, workingFolder) => {
      if (started.window.isDestroyed()) return;
      if (started.window.isMinimized()) started.window.restore();
      started.window.focus();
      const file = fileArgument(argv, app.isPackaged, workingFolder);
      if (file) started.openFile(file);
    });
  });
}

async function openWorkbench(
  bundle: string,
  dialogQueue: string | null,
): Promise<{ readonly window: BrowserWindow; openFile(path: string): void }> {
  const userData = app.getPath('userData');
  const startedAt = Date.now();
  const log = createLog(join(userData, 'halfspace.log'));
  logProcessEnds(app, log);
  const grants = createGrantStore();
  const recovery = createRecovery(join(userData, 'recovery.halfspace'), startedAt);
  const settings = createStoredJson(
    join(userData, 'settings.json'),
    settingsSchema,
    () => settingsSchema.parse({}),
    log,
  );

  denyPermissions(session.defaultSession);
  serveFolder(session.defaultSession, join(bundle, '../renderer'));

  const window = await createMainWindow({
    preload: join(bundle, '../preload/index.cjs'),
    version: app.getVersion(),
    state: createStoredJson(
      join(userData, 'window.json'),
      windowStateSchema,
      () => ({ bounds: null, maximized: false }),
      log,
    ),
    log,
  });
  const send = (channel: string, ...args: unknown[]): void => {
    if (!window.isDestroyed()) window.webContents.send(channel, ...args);
  };
  const guard: CloseGuard = guardClose(window, () => send(EVENTS.menuCommand, 'file.save'));

  const engine = createEngineConnection({
    entry: join(bundle, 'engine.cjs'),
    grants: grants.all,
    onState: (state, reason) => send(EVENTS.engineState, state, reason),
    log,
  });

  const setMenu = (entries: readonly MenuEntry[]): void =>
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate(entries, (id) => send(EVENTS.menuCommand, id), process.platform, !app.isPackaged),
      ),
    );
  // Until the window says what it can do, the menus hold what the system offers.
  setMenu([]);

  registerCalls(
    ipcMain,
    bridgeCalls({
      grants,
      engine,
      samples: createSamples(join(app.getAppPath(), 'resources/samples')),
      recovery,
      runs: createRuns(
        join(userData, 'runs'),
        createStoredJson(join(userData, 'runs.json'), runsSchema, () => [], log),
      ),
      settings,
      choosePath: (request) => choosePath(window, request, dialogQueue),
      setUnsaved: guard.setUnsaved,
      setMenu,
      saveWasCancelled: guard.saveWasCancelled,
      reveal: (path) => shell.showItemInFolder(path),
    }),
  );

  app.on('will-quit', () => engine.stop());
  window.on('closed', () => {
    engine.stop();
    recovery.clearOwn();
  });

  await loadStartPage(window);
  return {
    window,
    openFile: (path) => {
      if (!existsSync(path)) {
        log.write('open', `${path} does not exist`);
        return;
      }
      void grantPath({ grants, engine }, { path, write: isWritableWhenOpened(path) }).then((grant) =>
        send(EVENTS.openFile, grant),
      );
    },
  };
}
