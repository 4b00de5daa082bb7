import type { RunRow } from '../../../shared/contract/learning';
import type { TrainingConfig } from '../../../shared/contract/training';
import type { Problem } from '../../../shared/result';
import type { BackendName } from '../backends';

/** What a training worker is started with. */
export interface TrainingWorkerData {
  readonly config: TrainingConfig;
  readonly dataFolder: string;
  readonly runFolder: string;
  readonly resume: boolean;
  readonly backend: BackendName;
  readonly rank: number;
  readonly count: number;
  readonly exchange: SharedArrayBuffer;
  /** One word: a ControlWord. */
  readonly control: SharedArrayBuffer;
}

/** What the supervisor asks of the workers; the first worker reads it and tells the others. */
export const CONTROL = { run: 0, pause: 1, stop: 2 } as const;
export type ControlWord = (typeof CONTROL)[keyof typeof CONTROL];

export interface TrainingProgress {
  readonly step: number;
  readonly loss: number;
  readonly samplesPerSecond: number;
  readonly secondsLeft: number;
  readonly iou: number | null;
  readonly bestIou: number | null;
}

/** What workers tell; only the first one sends more than problems and its end. */
export type TrainingMessage =
  | { readonly type: 'rows'; readonly rows: readonly RunRow[] }
  | { readonly type: 'progress'; readonly progress: TrainingProgress }
  /** Logits of a held-out shape by the present weights. */
  | { readonly type: 'preview'; readonly logits: Float64Array }
  | { readonly type: 'paused'; readonly step: number }
  | {
      readonly type: 'end';
      readonly stopped: 'steps done' | 'early stop' | 'stopped';
      readonly samplesPerSecond: number;
    }
  | { readonly type: 'problem'; readonly problem: Problem };
