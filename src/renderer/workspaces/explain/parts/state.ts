import type { ExplainedParts } from '../../../../shared/contract/explain';
import { createSlice } from '../../../workbench/state/slice';
import type { ReconstructResult } from '../../reconstruct/state';

export type PartsTarget = 'all' | 'place' | 'planes';
export type BrushTool = 'rectangle' | 'paint';

/** What the maps were asked for. */
export interface PartsRequest {
  readonly result: ReconstructResult;
  readonly target: PartsTarget;
  /** Null takes the model's own. */
  readonly layer: string | null;
}

export interface PartsState {
  readonly explained: { readonly request: PartsRequest; readonly value: ExplainedParts } | null;
  /** The job that runs, and the last one, whose error may be shown. */
  readonly running: { readonly job: number; readonly request: PartsRequest } | null;
  readonly lastJob: number | null;
  readonly target: PartsTarget;
  readonly layer: string | null;
  /** 0 shows the picture alone, 1 the map alone. */
  readonly opacity: number;
  readonly tool: BrushTool;
  /** [pixels of what the network saw] 255 where a person brushed. */
  readonly brush: Uint8Array | null;
  /** The map of the selected part is painted on the parts. */
  readonly painted: boolean;
}

export const INITIAL_PARTS: PartsState = {
  explained: null,
  running: null,
  lastJob: null,
  target: 'all',
  layer: null,
  opacity: 0.5,
  tool: 'rectangle',
  brush: null,
  painted: true,
};

/** The attention of parts, kept like the reconstruction that it explains. */
export const partsSlice = createSlice('parts', INITIAL_PARTS);

export function isSameRequest(a: PartsRequest, b: PartsRequest): boolean {
  return a.result === b.result && a.target === b.target && a.layer === b.layer;
}
