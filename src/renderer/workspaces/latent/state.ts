import type { RetrievedShape } from '../../../shared/contract/learning';
import type { ModelChoice } from '../../../shared/contract/inputs';
import type { Frame } from '../../../shared/document/types';
import type { Problem } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';
import { createSlice } from '../../workbench/state/slice';

/** A shape that the path goes through, kept as the network's code for it. */
export interface Station {
  readonly id: number;
  readonly title: string;
  readonly latent: readonly number[];
  readonly shape: ConvexShape;
}

/** The one model that all stations of a path come from: codes of two models have nothing in common. */
export interface PathModel {
  readonly choice: ModelChoice;
  readonly name: string;
  readonly sha256: string;
}

export interface LatentState {
  readonly model: PathModel | null;
  readonly stations: readonly Station[];
  /** Of the first station: scale and up axis of what is drawn. */
  readonly frame: Frame | null;
  /** Place on the path, 0 at the first station to 1 at the last. */
  readonly place: number;
  /** Frames over the whole path, for the arrow keys and the strip. */
  readonly frames: number;
  readonly playing: boolean;
  /** The shape last decoded. */
  readonly shape: ConvexShape | null;
  /** Decoded shapes per second while it moves, null at rest. */
  readonly rate: number | null;
  /** Why decoding failed last. */
  readonly problem: Problem | null;
  /** Shapes of the model's library near the shown one. */
  readonly library: readonly RetrievedShape[] | null;
  /** The job that runs for the path. */
  readonly running: number | null;
  /** The job whose progress, result or error is shown. */
  readonly lastJob: number | null;
}

export const INITIAL_LATENT: LatentState = {
  model: null,
  stations: [],
  frame: null,
  place: 0,
  frames: 9,
  playing: false,
  shape: null,
  rate: null,
  problem: null,
  library: null,
  running: null,
  lastJob: null,
};

export const latentSlice = createSlice('latent', INITIAL_LATENT);

/** Stations that a path may have, as the engine's request bounds it. */
export const MOST_STATIONS = 16;
export const MOST_FRAMES = 600;
