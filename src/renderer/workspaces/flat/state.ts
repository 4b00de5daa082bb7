import type { FileGrant } from '../../../shared/contract/bridge';
import {
  flatOptionsSchema,
  type FlatOptions,
  type FlatPreview,
  type FlatResult,
} from '../../../shared/contract/flat';
import type { RunRow } from '../../../shared/contract/learning';
import { sampleMaskPicture } from '../../../shared/flat/pictures';
import type { FlatMask } from '../../../shared/flat/types';
import type { Problem } from '../../../shared/result';
import { createSlice } from '../../workbench/state/slice';

export type FlatView = 'polygons' | 'field' | 'part';
export type FlatTool = 'pen' | 'eraser';

/** The file behind a mask, and how it is read. */
export interface MaskPicture {
  readonly grant: FileGrant;
  readonly threshold: number;
  readonly invert: boolean;
}

/** Masks and polygons of the plane: what the dialog shows. */
export interface FlatState {
  readonly mask: FlatMask;
  /** What files made of it are called. */
  readonly name: string;
  /** Null for a mask that was drawn. */
  readonly picture: MaskPicture | null;
  readonly tool: FlatTool;
  /** Diameter of pen and eraser, pixels of the mask. */
  readonly brush: number;
  readonly options: FlatOptions;
  readonly view: FlatView;
  /** Which part is shown alone with its lines. */
  readonly part: number;
  /** The job that runs. */
  readonly job: number | null;
  /** What is drawn over the mask: the running fit's newest, or the result's. */
  readonly shown: FlatPreview | null;
  readonly result: { readonly value: FlatResult; readonly seconds: number } | null;
  /** The loss curve. */
  readonly rows: readonly RunRow[];
  readonly problem: Problem | null;
}

export const INITIAL_FLAT: FlatState = {
  mask: sampleMaskPicture('star'),
  name: 'star',
  picture: null,
  tool: 'pen',
  brush: 18,
  options: flatOptionsSchema.parse({}),
  view: 'polygons',
  part: 0,
  job: null,
  shown: null,
  result: null,
  rows: [],
  problem: null,
};

export const flatSlice = createSlice('flat', INITIAL_FLAT);
