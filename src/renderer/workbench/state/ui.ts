import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  settingsSchema,
  type EngineState,
  type FileGrant,
  type Settings,
} from '../../../shared/contract/bridge';
import type { DevicesReport } from '../../../shared/contract/jobs';
import type { Theme } from '../../../shared/shape/colour';
export type WorkspaceName = 'shape' | 'reconstruct' | 'latent' | 'explain' | 'train';

export type Dialog =
  | { readonly kind: 'export' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'flat' }
  | { readonly kind: 'maps' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'devices' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'camera'; readonly grant: FileGrant }
  | { readonly kind: 'unsaved'; readonly proceed: () => void };

/** Everything the window shows that is not the document: never saved in a project, never undone. */
export interface UiState {
  readonly workspace: WorkspaceName;
  readonly settings: Settings;
  /** The theme in use, after asking the system. */
  readonly theme: Theme;
  readonly dialog: Dialog | null;
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

export function createUiStore(): UiStore {
  return createStore<UiState>(() => ({
    workspace: 'shape',
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
