import type { FileGrant, SampleEntry } from '../../../shared/contract/bridge';
import type { FitResult, OpenedSource, SourceRequest } from '../../../shared/contract/jobs';
import type { EditName } from '../../../shared/document/change';
import type { Mark } from '../../../shared/document/marks';
import type { ConvexShape } from '../../../shared/shape/types';
import type { PickTarget } from '../../viewport/types';
import { createSlice } from '../../workbench/state/slice';
import type { LiveFigures } from './metrics/types';

/** The source behind the document, and how to name it to the engine. */
export interface CurrentSource {
  readonly request: SourceRequest;
  readonly opened: OpenedSource;
  /** The token is a project's, whose file holds the source and what was said about it. */
  readonly embedded: boolean;
}

/** The picture behind the document, and how to name it to the engine. */
export interface DocumentPicture {
  readonly request: Pick<SourceRequest, 'token' | 'cameraToken'>;
  /** The token is a project's, whose file holds the picture. */
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

/** An edit that a tool of the viewport holds until it is let go. */
export interface HeldEdit extends EditName {
  readonly mark: Mark;
}

/** What the window shows of the document and knows about it: never saved in a project, never undone. */
export interface ShapeState {
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
  /** Names of the viewport's extra layers that are shown. */
  readonly extras: ReadonlySet<string>;
  readonly drag: HeldEdit | null;
  readonly renaming: string | null;
  readonly frameRate: number | null;

  readonly figures: LiveFigures | null;
  /** kg / m^3, for the mass shown and exported. */
  readonly density: number;
}

export const GHOST_OPACITY = 0.25;

export const shapeSlice = createSlice<ShapeState>('shape', {
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
  extras: new Set(),
  drag: null,
  renaming: null,
  frameRate: null,
  figures: null,
  density: 1000,
});
