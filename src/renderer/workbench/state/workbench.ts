import type { ComponentType } from 'react';
import type { FileGrant, HalfspaceBridge } from '../../../shared/contract/bridge';
import type { RetrievedShape } from '../../../shared/contract/learning';
import type { MenuName } from '../../../shared/contract/menu';
import type { DocumentState, DocumentStore } from '../../../shared/document/store';
import type { Viewport } from '../../viewport/types';
import type { DialogView } from '../dialogs/handle';
import type { EngineClient } from '../jobs/client';
import type { JobList } from '../jobs/list';
import type { Turns } from './turns';
import type { UiState, UiStore, WorkspaceName } from './ui';

/** Everything that actions work on. One per window. */
export interface Workbench {
  readonly bridge: HalfspaceBridge;
  readonly engine: EngineClient;
  readonly jobs: JobList;
  readonly document: DocumentStore;
  readonly ui: UiStore;
  /** In the order of their tabs; a later one may build on earlier ones. */
  readonly workspaces: readonly Workspace[];
  readonly commands: CommandList;
  /** The viewport that commands of the view are meant for, while one is shown. */
  viewport: Viewport | null;
  /** Where the canvas lies in the window. */
  viewportBox: () => DOMRect;
  /** Tells an answer that comes late from one that is still wanted. */
  readonly turns: Turns;
}

/** What decides whether a command can run, and what it is called just now. */
export interface CommandState {
  readonly document: DocumentState;
  readonly ui: UiState;
}

/** One thing that a person can do by menu, palette, shortcut or button: all four come from this record alone. */
export interface Command {
  readonly id: string;
  /** Sentence case; ends with an ellipsis when more input follows. */
  readonly title: string;
  /** The title just now, where it says what would be done: "Undo move plane". */
  titleIn?(state: CommandState): string;
  /** The native menu that shows it; absent for commands that only palette, shortcuts and buttons reach. */
  readonly menu?: MenuName;
  /** Shortcut in Electron's accelerator syntax, always with a modifier, so that it may stand in a native menu. */
  readonly accelerator?: string;
  /**
   * Further shortcuts in the same syntax that only the window handles: single letters would take the keys away from
   * text fields if the native menu had them.
   */
  readonly keys?: readonly string[];
  /** What it means instead while text is edited, chosen from the native menu. */
  readonly inText?: 'undo' | 'redo';
  /** Why it cannot run now, in words that a person can act on; null when it can. Absent for what always can. */
  reason?(state: CommandState): string | null;
  run(workbench: Workbench): void;
}

/** Commands that belong together, in their order. */
export interface CommandGroup {
  /** Where they stand in menus, palette and lists: groups by rising order. */
  readonly order: number;
  readonly commands: readonly Command[];
}

export interface CommandList {
  /** In menu order. */
  readonly all: readonly Command[];
  has(id: string): boolean;
  /** Throws for an id that no command has: a mistake of ours. */
  find(id: string): Command;
}

/** Something that Esc ends: whether there is any, and how it ends. */
export interface EscapeStep {
  /** One thing ends at a time, by rising order: what was begun last first, what costs most to do again last. */
  readonly order: number;
  present(workbench: Workbench): boolean;
  end(workbench: Workbench): void;
}

/** A file that was dropped, with the right to read it. */
export interface DroppedFile {
  readonly file: File;
  readonly grant: FileGrant;
}

/** A way to look at the document, and everything that belongs to it. The window knows nothing else about it. */
export interface Workspace {
  readonly name: string;
  /** Its tab; absent for what other workspaces and dialogs are made of. */
  readonly tab?: {
    readonly name: WorkspaceName;
    readonly title: string;
    readonly View: ComponentType;
    /** From the start, from the first visit on (both keep cameras and fields), or only while it is shown. */
    readonly mounted: 'always' | 'once visited' | 'while shown';
  };
  readonly commands: readonly CommandGroup[];
  readonly dialogs?: readonly DialogView[];
  /** What the status bar says about it, at its beginning and at its end. */
  readonly status?: { readonly Start: ComponentType; readonly End: ComponentType };
  /** Files that it opens. The last workspace that takes a file gets it. */
  readonly files?: {
    /** What "Open..." offers for it, without dots. */
    readonly extensions: readonly string[];
    takes(workbench: Workbench, name: string): boolean;
    open(workbench: Workbench, grant: FileGrant): void;
  };
  /** What a drop means while its tab is in front, where that is not to open the first file. */
  readonly drops?: {
    takes(workbench: Workbench, files: readonly Pick<File, 'name'>[]): boolean;
    drop(workbench: Workbench, files: readonly DroppedFile[]): Promise<void>;
  };
  /** What it does with a shape of a model's library, wherever such shapes are listed. */
  readonly libraryShapes?: {
    readonly title: string;
    /** For those who cannot see which shape the button stands beside. */
    label(name: string): string;
    take(workbench: Workbench, shape: RetrievedShape): void;
  };
  /** What Esc ends. */
  readonly escapes?: readonly EscapeStep[];
  /** Connects it with the stores, before the first picture is drawn. */
  start?(workbench: Workbench): Promise<void> | void;
  /** Shows something to begin with, when the window was opened without a file. */
  begin?(workbench: Workbench): Promise<void> | void;
}
