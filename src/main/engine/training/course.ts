import type { Result } from '../../../shared/result';
import type { LearnerState } from '../../learning/training/state';
import type { Preview } from './messages';
import type { Curve } from './curve';

/** What one step gave. */
export interface Learned {
  readonly loss: number;
  /** Of this worker. */
  readonly samples: number;
  /** Every figure of the step, by name. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface Validation {
  readonly figures: Readonly<Record<string, number>>;
  /** What weights are compared by, as VALIDATION has it; null where a stage is not to be compared. */
  readonly value: number | null;
}

/** One kind of network in training as the loop sees it: its data, its learner, how it is validated and kept. */
export interface Course {
  /** Steps done. */
  readonly step: number;
  /** Takes one step on this worker's share of its batch. */
  learn(): Promise<Result<Learned>>;
  /** Held-out figures of what would be kept now, the same on every worker. */
  validate(): Promise<Result<Validation>>;
  /** What a person sees of it now; null without anything to show. First worker only. */
  preview(): Preview | null;
  /** Writes what would be kept now as a model file, `curve` with the validations so far. */
  saveBest(path: string, curve: Curve): Promise<Result<number>>;
  state(): LearnerState;
  dispose(): void;
}
