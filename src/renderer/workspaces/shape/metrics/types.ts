import type { EvaluationSamples } from '../../../../shared/contract/jobs';
import type { Frame } from '../../../../shared/document/types';
import type { ConvexPart } from '../../../../shared/shape/types';

/** One part's measures; volume in cubic metres. */
export interface PartFigures {
  readonly volume: number;
  readonly vertices: number;
  readonly faces: number;
  /** Why the part has no body, in a sentence; null when it has one. */
  readonly problem: string | null;
}

/** The numbers that follow every edit. */
export interface LiveFigures {
  /** IoU of the explicit polytopes with the source; null without a source. */
  readonly iou: number | null;
  readonly parts: number;
  readonly planes: number;
  readonly vertices: number;
  /** Cubic metres, overlaps once; null while it is computed. */
  readonly unionVolume: number | null;
  /** Cubic metres. */
  readonly sumOfVolumes: number;
  readonly perPart: ReadonlyMap<string, PartFigures>;
}

/** What the window tells the worker. The newest shape replaces any that waits. */
export type MetricsRequest =
  | { readonly type: 'samples'; readonly samples: EvaluationSamples | null }
  | {
      readonly type: 'shape';
      readonly version: number;
      readonly parts: readonly ConvexPart[];
      readonly frame: Frame;
    };

export interface MetricsReply {
  /** Of the shape that was measured. */
  readonly version: number;
  readonly figures: LiveFigures;
}
