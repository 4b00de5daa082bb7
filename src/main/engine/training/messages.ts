import type { RunRow } from '../../../shared/contract/learning';
import type { Picture } from '../../../shared/contract/inputs';
import type { TrainingConfig } from '../../../shared/recipes/training';
import type { BuiltinPictures } from '../../../shared/recipes/vae';
import type { Problem } from '../../../shared/result';

/** Where the samples are: files or folders, or pictures that ship. */
export type TrainingData = { readonly paths: readonly string[] } | { readonly builtin: BuiltinPictures };

/** What a training worker is started with. */
export interface TrainingWorkerData {
  readonly config: TrainingConfig;
  readonly data: TrainingData;
  readonly runFolder: string;
  readonly resume: boolean;
  readonly backend: string;
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
  /** The last validation, of the figure that decides. */
  readonly validated: number | null;
  readonly best: number | null;
}

/** What the present weights make of something held out: logits of a shape, or pictures over their reconstructions. */
export type Preview =
  | { readonly kind: 'shape'; readonly logits: Float64Array }
  | { readonly kind: 'pictures'; readonly picture: Picture };

/** What workers tell; only the first one sends more than problems and its end. */
export type TrainingMessage =
  | { readonly type: 'rows'; readonly rows: readonly RunRow[] }
  | { readonly type: 'progress'; readonly progress: TrainingProgress }
  | { readonly type: 'preview'; readonly preview: Preview }
  | { readonly type: 'paused'; readonly step: number }
  | {
      readonly type: 'end';
      readonly stopped: 'steps done' | 'early stop' | 'stopped';
      readonly samplesPerSecond: number;
    }
  | { readonly type: 'problem'; readonly problem: Problem };
