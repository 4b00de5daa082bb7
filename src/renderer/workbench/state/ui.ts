import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  settingsSchema,
  type EngineState,
  type FileGrant,
  type SampleEntry,
  type Settings,
} from '../../../shared/contract/bridge';
import type { DevicesReport, FitResult, OpenedSource, SourceRequest } from '../../../shared/contract/jobs';
import type { Mark } from '../../../shared/document/store';
import type { Theme } from '../../../shared/shape/colour';
import type { ConvexShape } from '../../../shared/shape/types';
import type { LiveFigures } from '../../workspaces/shape/metrics/client';
import { INITIAL_EXPLAIN, type ExplainState } from '../../workspaces/explain/state';
import { INITIAL_FLAT, type FlatState } from '../../workspaces/flat/state';
import { INITIAL_LATENT, type LatentState } from '../../workspaces/latent/state';
import {
  INITIAL_RECONSTRUCT,
  type DocumentPicture,
  type ReconstructState,
} from '../../workspaces/reconstruct/state';
import { INITIAL_TRAIN, type TrainState } from '../../workspaces/train/state';
import type { PickTarget } from '../../viewport/types';

export type WorkspaceName = 'shape' | 'reconstruct' | 'latent' | 'explain' | 'train';

/** The source behind the document, and how to name it to the engine. */
export interface CurrentSource {
  readonly request: SourceRequest;
  readonly opened: OpenedSource;
  /** The token is a project's, whose file holds the source and what was said about it. */
  readonly embedded: boolean;
}

/** A fit that waits for a person to adopt it, because the document has edits that it would replace. */
export interface Proposal {
  readonly result: FitResult;
  readonly seconds: number;
  readonly options: FitSettings;
}

/** What a fit asks for; see FitOptions. */
export interface FitSettings {
  readonly parts: number;
  readonly planes: number;
  readonly steps: number;
  readonly seed: number;
}

/** A plane that is being moved. */
export interface PlaneDrag {
  readonly mark: Mark;
  readonly partId: string;
  readonly plane: number;
  /** Learning units. */
  readonly offset: number;
}

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
  readonly engine: EngineState;
  readonly devices: DevicesReport | null;
  readonly samples: readonly SampleEntry[];

  readonly source: CurrentSource | null;
  /** The picture that the document's parts were reconstructed from. */
  readonly picture: DocumentPicture | null;
  /** Where "Save" writes; null until a project was opened or saved. */
  readonly project: FileGrant | null;
  /** The shape that a running fit shows; nothing is edited meanwhile. */
  readonly preview: ConvexShape | null;
  readonly fitJob: number | null;
  readonly proposal: Proposal | null;
  readonly fit: FitSettings;

  readonly hover: PickTarget | null;
  readonly isolated: ReadonlySet<string> | null;
  readonly explode: number;
  readonly ghostOpacity: number;
  readonly showGrid: boolean;
  readonly showEdges: boolean;
  readonly drag: PlaneDrag | null;
  readonly renaming: string | null;
  readonly frameRate: number | null;

  readonly figures: LiveFigures | null;
  /** kg / m^3, for the mass shown and exported. */
  readonly density: number;
  readonly log: readonly LogLine[];
  readonly reconstruct: ReconstructState;
  readonly latent: LatentState;
  readonly explain: ExplainState;
  readonly train: TrainState;
  readonly flat: FlatState;
}

export interface LogLine {
  readonly at: string;
  readonly text: string;
}

export type UiStore = StoreApi<UiState>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
export const GHOST_OPACITY = 0.25;
const LOG_LINES = 500;

export function createUiStore(): UiStore {
  return createStore<UiState>(() => ({
    workspace: 'shape',
    settings: DEFAULT_SETTINGS,
    theme: 'dark',
    dialog: null,
    dockOpen: false,
    engine: 'stopped',
    devices: null,
    samples: [],
    source: null,
    picture: null,
    project: null,
    preview: null,
    fitJob: null,
    proposal: null,
    fit: { parts: 24, planes: 16, steps: 1000, seed: 1 },
    hover: null,
    isolated: null,
    explode: 0,
    ghostOpacity: GHOST_OPACITY,
    showGrid: true,
    showEdges: true,
    drag: null,
    renaming: null,
    frameRate: null,
    figures: null,
    density: 1000,
    log: [],
    reconstruct: INITIAL_RECONSTRUCT,
    latent: INITIAL_LATENT,
    explain: INITIAL_EXPLAIN,
    train: INITIAL_TRAIN,
    flat: INITIAL_FLAT,
  }));
}

export function writeLog(ui: UiStore, text: string, now: Date = new Date()): void {
  const line = { at: now.toLocaleTimeString(undefined, { hour12: false }), text };
  ui.setState((state) => ({ log: [...state.log, line].slice(-LOG_LINES) }));
}
