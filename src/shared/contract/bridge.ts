import { z } from 'zod';
import type { MenuEntry } from './menu';

/** A file a person chose, dropped, or that ships with the product. */
export interface FileGrant {
  readonly token: string;
  readonly name: string;
  readonly bytes: number;
}

export const dialogSchema = z.object({
  purpose: z.enum([
    'open',
    'save-project',
    'export-file',
    'export-folder',
    'camera',
    'model',
    'data-folder',
    'new-data-folder',
    'run-folder',
    'open-run',
  ]),
  /** Suggested file name, without a folder. */
  suggestedName: z.string().max(200).optional(),
  /** Extensions without the dot; main adds the readable names. */
  extensions: z
    .array(z.string().regex(/^[a-z0-9.]{1,12}$/))
    .max(20)
    .optional(),
});
export type DialogRequest = z.infer<typeof dialogSchema>;

export const settingsSchema = z.object({
  theme: z.enum(['system', 'dark', 'light']).default('dark'),
  /** "auto" or a backend's name. The engine has the list and says so when it does not know one. */
  backend: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .default('auto'),
  /** Panel sizes in percent, by panel id. */
  layout: z.record(z.string().max(40), z.number().min(0).max(100)).default({}),
  recentFiles: z
    .array(z.object({ name: z.string().max(1000), at: z.string() }))
    .max(20)
    .default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A training run that is remembered between starts. */
export interface RunGrant {
  /** Its folder, which may be written. */
  readonly folder: FileGrant;
  /** The data set it learns from, when it was started here and is still there. */
  readonly data: FileGrant | null;
}

/** What the window may write itself, bytes: pictures and tables of what it shows. */
export const MAXIMUM_WRITTEN_BYTES = 64 * 1024 * 1024;

export type EngineState = 'starting' | 'ready' | 'stopped';

/** `window.halfspace`: the typed bridge, nothing else. Every call is checked by main (sender, zod). */
export interface HalfspaceBridge {
  readonly versions: { readonly app: string; readonly electron: string; readonly chrome: string };
  readonly platform: string;
  /** Shows the system dialog. Null when the person cancels. */
  chooseFile(request: DialogRequest): Promise<FileGrant | null>;
  /** A grant for a dropped file; only real File objects of a drop have a path behind them. */
  grantDrop(file: File): Promise<FileGrant | null>;
  /** The samples of resources/, by name. */
  listSamples(): Promise<readonly SampleEntry[]>;
  grantSample(name: string): Promise<FileGrant | null>;
  readSettings(): Promise<Settings>;
  writeSettings(settings: Settings): Promise<void>;
  /** A fixed file in the user's data folder where unsaved work is kept between starts. */
  grantRecovery(): Promise<FileGrant>;
  /** Whether the recovery file exists from a start that did not end well. */
  hasRecovery(): Promise<boolean>;
  clearRecovery(): Promise<void>;
  /** Shows a written file or folder in the system's file manager. */
  revealGrant(token: string): Promise<void>;
  /** Writes to a place that a person chose for writing, whole or not at all. */
  writeGrant(token: string, bytes: Uint8Array): Promise<void>;
  /** The training runs of this and earlier starts, newest first. */
  listRuns(): Promise<readonly RunGrant[]>;
  /** A new folder for a training run, in the user's data folder. */
  createRun(name: string): Promise<FileGrant>;
  /** Lists a run at later starts; `data` is the token of its data set. */
  rememberRun(folder: string, data: string | null): Promise<void>;
  /** The best model of a run, a file in its folder; null before the first validation. */
  grantBestModel(folder: string): Promise<FileGrant | null>;
  /** Takes a run off the list. Its folder stays, but for one of ours that is empty. */
  forgetRun(folder: string): Promise<void>;
  /** Tells main whether closing would lose work, so that it can ask. */
  setUnsaved(state: { readonly unsaved: boolean; readonly title: string }): Promise<void>;
  /** Fills the native menus with the window's commands, each menu in this order. */
  setMenu(entries: readonly MenuEntry[]): Promise<void>;
  /** Asks for a port to the engine (starts it when it is not running); the port arrives by window message 'halfspace-engine-port'. */
  connectEngine(): Promise<void>;
  onEngineState(listener: (state: EngineState, reason: string | null) => void): () => void;
  /** A command chosen in the native menu, by the id that `setMenu` gave it, or one that main itself needs. */
  onMenuCommand(listener: (commandId: string) => void): () => void;
  /** A file opened from outside (command line, file association). */
  onOpenFile(listener: (grant: FileGrant) => void): () => void;
}

export interface SampleEntry {
  readonly name: string;
  readonly title: string;
  readonly kind: 'mesh' | 'depth' | 'picture' | 'project';
}
