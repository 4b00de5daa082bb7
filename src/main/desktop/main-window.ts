import { BrowserWindow, dialog, screen } from 'electron';
import { VERSION_ARGUMENT } from '../../shared/contract/channels';
import type { Log } from './log';
import { START_PAGE } from './origin';
import { describeEnd } from './process-ends';
import type { StoredJson } from './stored-json';
import { DEFAULT_SIZE, usableBounds, type WindowState } from './window-state';

export interface MainWindowOptions {
  readonly preload: string;
  readonly version: string;
  readonly state: StoredJson<WindowState>;
  readonly log: Log;
}

/** Makes the window where it was last time; it shows itself when its first picture is ready. */
export async function createMainWindow(options: MainWindowOptions): Promise<BrowserWindow> {
  const stored = await options.state.read();
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...usableBounds(stored.bounds, screens),
    minWidth: 800,
    minHeight: 560,
    title: 'Halfspace',
    show: false,
    backgroundColor: '#17181a',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      additionalArguments: [`${VERSION_ARGUMENT}${options.version}`],
    },
  });
  if (stored.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('page-title-updated', (event) => event.preventDefault());
  rememberState(window, options);
  reportCrashes(window, options.log);
  return window;
}

export function loadStartPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(START_PAGE);
}

function rememberState(window: BrowserWindow, { state, log }: MainWindowOptions): void {
  window.on('close', () => {
    const bounds = window.getNormalBounds();
    state
      .write({ bounds, maximized: window.isMaximized() })
      .catch((error: unknown) => log.write('window', `its place could not be kept: ${String(error)}`));
  });
}

/** The document of a crashed page is in the recovery file; reloading takes it up again. */
function reportCrashes(window: BrowserWindow, log: Log): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    log.write('window', `the page ${describeEnd(details)}`);
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: 'The window has stopped working.',
        detail: `Reason: ${details.reason}. Reloading brings back the last automatically kept state.`,
        buttons: ['Reload', 'Close'],
        defaultId: 0,
        cancelId: 1,
      })
      .then(({ response }) => {
        if (window.isDestroyed()) return;
        if (response === 0) window.webContents.reload();
        else window.destroy();
      });
  });
  window.webContents.on('unresponsive', () => log.write('window', 'the page does not respond'));
  window.webContents.on('preload-error', (_event, path, error) =>
    log.write('window', `${path}: ${error.stack ?? error.message}`),
  );
}
