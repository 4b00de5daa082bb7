import type { Settings } from '../../../shared/contract/bridge';
import type { Theme } from '../../../shared/shape/colour';
import { DEFAULT_SETTINGS } from '../state/ui';
import type { Workbench } from '../state/workbench';
import { attempt } from './jobs';

const RECENT_FILES = 10;
const WRITE_DELAY_MS = 400;

/** Reads the settings and follows the system's theme from then on. */
export async function loadSettings(workbench: Workbench): Promise<void> {
  const settings =
    (await attempt(workbench, 'Read settings', () => workbench.bridge.readSettings())) ?? DEFAULT_SETTINGS;
  const query = window.matchMedia('(prefers-color-scheme: light)');
  const resolve = (): void => {
    const { theme } = workbench.ui.getState().settings;
    workbench.ui.setState({ theme: resolveTheme(theme, query.matches) });
  };
  workbench.ui.setState({ settings });
  resolve();
  query.addEventListener('change', resolve);
  workbench.ui.subscribe((state, before) => {
    if (state.settings.theme !== before.settings.theme) resolve();
  });
}

let pendingWrite: ReturnType<typeof setTimeout> | undefined;

/** Changes settings at once and writes them a moment later: a panel drag changes them at every move. */
export function changeSettings(workbench: Workbench, changes: Partial<Settings>): void {
  workbench.ui.setState((state) => ({ settings: { ...state.settings, ...changes } }));
  clearTimeout(pendingWrite);
  pendingWrite = setTimeout(() => {
    const { settings } = workbench.ui.getState();
    void attempt(workbench, 'Write settings', () => workbench.bridge.writeSettings(settings));
  }, WRITE_DELAY_MS);
}

export function rememberLayout(workbench: Workbench, sizes: Readonly<Record<string, number>>): void {
  const { layout } = workbench.ui.getState().settings;
  changeSettings(workbench, { layout: { ...layout, ...sizes } });
}

/** Names only: where a file lies is the system's business, and a list of paths is a list of secrets. */
export async function rememberFile(workbench: Workbench, name: string): Promise<void> {
  const { recentFiles } = workbench.ui.getState().settings;
  const others = recentFiles.filter((file) => file.name !== name);
  changeSettings(workbench, {
    recentFiles: [{ name, at: new Date().toISOString() }, ...others].slice(0, RECENT_FILES),
  });
}

export function toggleTheme(workbench: Workbench): void {
  const { theme } = workbench.ui.getState();
  changeSettings(workbench, { theme: theme === 'dark' ? 'light' : 'dark' });
}

function resolveTheme(theme: Settings['theme'], systemIsLight: boolean): Theme {
  if (theme !== 'system') return theme;
  return systemIsLight ? 'light' : 'dark';
}
