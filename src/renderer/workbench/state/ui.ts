import { createStore, type StoreApi } from 'zustand/vanilla';
import { settingsSchema, type EngineState, type Settings } from '../../../shared/contract/bridge';
import type { DevicesReport } from '../../../shared/contract/jobs';
import type { Theme } from '../../../shared/shape/colour';
/**
 * The workspaces with a tab, as keys. Each adds its own name where it is registered, so that nobody shows one that there
 * is not, and no list of them stands here.
 */
// oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface -- filled by the workspaces
export interface WorkspaceNames {}
export type WorkspaceName = keyof WorkspaceNames;

/** The dialog that is open, and what it was opened with; see createDialog. */
export interface OpenDialog {
  readonly key: symbol;
  readonly props: object;
}

/** Everything the window shows that is not the document: never saved in a project, never undone. */
export interface UiState {
  readonly workspace: WorkspaceName;
  readonly settings: Settings;
  /** The theme in use, after asking the system. */
  readonly theme: Theme;
  readonly dialog: OpenDialog | null;
  readonly dockOpen: boolean;
  /** A person collapsed the jobs: nothing but a person opens them again. */
  readonly dockCollapsed: boolean;
  /** Why the last shortcut did nothing; null after the next press of a key or a button. */
  readonly refusal: string | null;
  readonly engine: EngineState;
  readonly devices: DevicesReport | null;
  readonly log: readonly LogLine[];
  /** What workspaces keep, each under a key that only its slice knows; see createSlice. */
  readonly slices: Readonly<Record<symbol, unknown>>;
}

export interface LogLine {
  readonly at: string;
  readonly text: string;
}

export type UiStore = StoreApi<UiState>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
const LOG_LINES = 500;

export function createUiStore(workspace: WorkspaceName): UiStore {
  return createStore<UiState>(() => ({
    workspace,
    settings: DEFAULT_SETTINGS,
    theme: 'dark',
    dialog: null,
    dockOpen: false,
    dockCollapsed: false,
    refusal: null,
    engine: 'stopped',
    devices: null,
    log: [],
    slices: {},
  }));
}

export function writeLog(ui: UiStore, text: string, now: Date = new Date()): void {
  const line = { at: now.toLocaleTimeString(undefined, { hour12: false }), text };
  ui.setState((state) => ({ log: [...state.log, line].slice(-LOG_LINES) }));
}
