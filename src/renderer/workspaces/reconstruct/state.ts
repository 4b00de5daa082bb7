import type { InspectedImage, Reconstruction, RetrievedShape } from '../../../shared/contract/learning';
import type { ImageRequest, ModelChoice } from '../../../shared/contract/inputs';
import type { ConvexPart, ConvexShape } from '../../../shared/shape/types';
import { createSlice } from '../../workbench/state/slice';

/** A picture that was opened, with what the engine saw in it. */
export interface OpenedPicture {
  readonly request: ImageRequest;
  readonly name: string;
  readonly bytes: number;
  readonly inspected: InspectedImage;
}

/** What a network made of a picture. */
export interface ReconstructResult {
  readonly reconstruction: Reconstruction;
  readonly model: ModelChoice;
  readonly picture: OpenedPicture;
  readonly seed: number;
  /** Generation of the document that it was made beside, or that it replaced: it is accepted in no other one. */
  readonly generation: number;
  /** A refinement was asked for; without an observed error it was not possible, and the notes say why. */
  readonly asked: 'guess' | 'refinement';
  readonly seconds: number;
}

/** Shapes of the model's library like the reconstruction, nearest first. */
export interface SimilarShapes {
  /** Learned index and name of the part that was compared; null for the whole shape. */
  readonly part: { readonly index: number; readonly name: string } | null;
  readonly shapes: readonly RetrievedShape[];
}

export interface ReconstructState {
  readonly picture: OpenedPicture | null;
  /** A person is to draw a box around the object. */
  readonly drawing: boolean;
  /** The job that runs: looking at a picture, reconstructing, or searching. */
  readonly running: number | null;
  /** The job whose progress, result or error is shown. */
  readonly lastJob: number | null;
  /** What a running refinement shows. */
  readonly preview: ConvexShape | null;
  readonly result: ReconstructResult | null;
  /** Id of the selected part of the result. */
  readonly selected: string | null;
  readonly similar: SimilarShapes | null;
  /** A shape of the library that is shown in place of the reconstruction. */
  readonly shown: RetrievedShape | null;
}

export const INITIAL_RECONSTRUCT: ReconstructState = {
  picture: null,
  drawing: false,
  running: null,
  lastJob: null,
  preview: null,
  result: null,
  selected: null,
  similar: null,
  shown: null,
};

export const reconstructSlice = createSlice('reconstruct', INITIAL_RECONSTRUCT);

const NO_PARTS: readonly ConvexPart[] = [];

/** The parts that the workspace draws: a library shape, a running refinement, or the result. */
export function drawnParts({ shown, preview, result }: ReconstructState): readonly ConvexPart[] {
  return shown?.shape.parts ?? preview?.parts ?? result?.reconstruction.shape.parts ?? NO_PARTS;
}

/** The part of the result that a person selected. */
export function selectedPartOf({ result, selected }: ReconstructState): ConvexPart | null {
  return result?.reconstruction.shape.parts.find(({ id }) => id === selected) ?? null;
}
