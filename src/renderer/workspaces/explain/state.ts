import type {
  AnomalyOptions,
  AnomalyPage,
  AnomalyReport,
  AttentionOptions,
  CollectionChoice,
  CollectionPicture,
  DisentanglementReport,
  ExplainedPictures,
  Maps,
  OpenedCollection,
} from '../../../shared/contract/explain';
import type { ModelChoice, Picture } from '../../../shared/contract/inputs';
import type { Split } from '../../../shared/dataset/types';
import type { ColourMapName } from '../../../shared/pictures/colour-maps';
import type { MapScale, MapSign } from '../../../shared/pictures/overlay';
import type { Problem } from '../../../shared/result';
import { createSlice } from '../../workbench/state/slice';

export type ExplainView = 'attention' | 'between' | 'space' | 'anomaly' | 'factors' | 'parts';

export interface OpenCollection {
  readonly choice: CollectionChoice;
  readonly opened: OpenedCollection;
}

export interface PictureFilter {
  /** Index of a class; null shows every one. */
  readonly class: number | null;
  readonly kind: 'all' | 'normal' | 'anomalous';
}

/** How maps are shown; what they are is in the attention options. */
export interface MapLook {
  readonly sign: MapSign;
  readonly colourMap: ColourMapName;
  /** 0 shows the picture alone, 1 the map alone. */
  readonly opacity: number;
  /** What shares one range: the pictures that are shown, a sample of the collection, or nothing. */
  readonly range: 'shown' | 'collection' | 'each';
}

/** Maps of the chosen pictures, and what they were asked for. */
export interface Explained {
  readonly key: string;
  readonly indices: readonly number[];
  readonly model: ModelChoice;
  readonly result: ExplainedPictures;
}

/** The scales over a sample of the collection: of single latents' maps, and of their mean. */
export interface CollectionRange {
  readonly key: string;
  readonly pictures: number;
  readonly latent: Readonly<Record<MapSign, MapScale>>;
  readonly mean: Readonly<Record<MapSign, MapScale>>;
}

/** Pictures along single latents. */
export interface Strips {
  readonly key: string;
  readonly pictures: ReadonlyMap<number, readonly Picture[]>;
}

export interface DecodedFrame {
  readonly picture: Picture;
  readonly maps: Maps | null;
}

export interface BetweenState {
  /** 0 at the first of two pictures, 1 at the second. */
  readonly place: number;
  readonly frames: number;
  /** The picture at the place, and what it was asked for. */
  readonly frame: { readonly key: string; readonly frame: DecodedFrame } | null;
  readonly strip: { readonly key: string; readonly frames: readonly DecodedFrame[] } | null;
}

/** Codes of a sample of pictures. */
export interface LaidOut {
  readonly key: string;
  readonly indices: readonly number[];
  readonly latent: number;
  /** [indices.length, latent] */
  readonly mu: Float32Array;
  readonly pictures: readonly CollectionPicture[];
}

export interface SpaceState {
  readonly laidOut: LaidOut | null;
  /** Two latents, or the two directions of most variance when null. */
  readonly axes: readonly [number, number] | null;
  /** How many pictures, spread evenly. */
  readonly count: number;
}

export type AnomalyMethod = 'attention' | 'reconstruction error';

export interface AnomalyState {
  readonly options: AnomalyOptions;
  readonly report: { readonly key: string; readonly report: AnomalyReport } | null;
  /** Whose map and threshold are shown. */
  readonly method: AnomalyMethod;
  /** In units of the method's score; the best for the masks where null. */
  readonly thresholds: Readonly<Record<AnomalyMethod, number | null>>;
  readonly page: number;
  readonly shown: {
    readonly key: string;
    readonly indices: readonly number[];
    readonly page: AnomalyPage;
  } | null;
}

export interface FactorsState {
  /** 1 is the published number of samples. */
  readonly share: number;
  readonly report: { readonly key: string; readonly report: DisentanglementReport } | null;
}

export interface ExplainState {
  readonly view: ExplainView;
  readonly collection: OpenCollection | null;
  readonly split: Split;
  readonly filter: PictureFilter;
  /** By index in the split, as far as they were read and are still kept. */
  readonly pictures: ReadonlyMap<number, CollectionPicture>;
  /** Indices in the split: the first is explained at length, the others stand beside it. */
  readonly chosen: readonly number[];
  /** The model that a person chose; the one that fits the collection when null. */
  readonly model: ModelChoice | null;
  readonly options: AttentionOptions;
  readonly look: MapLook;
  readonly explained: Explained | null;
  /** Whether maps of the chosen pictures are on their way. */
  readonly explaining: boolean;
  readonly problem: Problem | null;
  readonly collectionRange: CollectionRange | null;
  /** Index of the latent whose map is shown large; the mean of all when null. */
  readonly latent: number | null;
  /** The latent under the pointer, shown in its place. */
  readonly hovered: number | null;
  readonly everyLatent: boolean;
  readonly strips: Strips | null;
  /** A code that was changed by hand; the picture's own when null. */
  readonly code: readonly number[] | null;
  readonly decoded: Picture | null;
  /** Decoded pictures per second while a slider moves. */
  readonly rate: number | null;
  readonly between: BetweenState;
  readonly space: SpaceState;
  readonly anomaly: AnomalyState;
  readonly factors: FactorsState;
  /** The job that runs: opening, laying out, scoring, measuring, exporting. */
  readonly running: number | null;
  /** The job whose progress, result or error is shown. */
  readonly lastJob: number | null;
}

export const INITIAL_EXPLAIN: ExplainState = {
  view: 'attention',
  collection: null,
  split: 'test',
  filter: { class: null, kind: 'all' },
  pictures: new Map(),
  chosen: [],
  model: null,
  options: { layer: '', variant: 'paper', activation: 'post', latent: 'mu', seed: 1 },
  look: { sign: 'relu', colourMap: 'viridis', opacity: 0.6, range: 'shown' },
  explained: null,
  explaining: false,
  problem: null,
  collectionRange: null,
  latent: null,
  hovered: null,
  everyLatent: false,
  strips: null,
  code: null,
  decoded: null,
  rate: null,
  between: { place: 0.5, frames: 9, frame: null, strip: null },
  space: { laidOut: null, axes: null, count: 512 },
  anomaly: {
    options: {
      layer: '',
      score: 'sumMu',
      sign: 'abs',
      normalStatistics: 'trainMean',
      activation: 'pre',
      seed: 1,
    },
    report: null,
    method: 'attention',
    thresholds: { attention: null, 'reconstruction error': null },
    page: 0,
    shown: null,
  },
  factors: { share: 0.1, report: null },
  running: null,
  lastJob: null,
};

export const explainSlice = createSlice('explain', INITIAL_EXPLAIN);

/** Pictures that may be explained side by side. */
export const MOST_CHOSEN = 6;
/** Latents that are shown before a person asks for every one. */
export const STRONGEST = 10;
/** Values of a latent along its strip, in standard deviations of the prior. */
export const STRIP_VALUES = [-3, -2, -1, 0, 1, 2, 3] as const;
export const ANOMALY_PAGE = 8;
