import type { Result } from '../../../shared/result';
import type { LearnerState } from '../../learning/training/state';
import type { Preview } from './messages';
import type { Curve } from './curve';

/** What one step took. */
export interface Learned {
  /** Of this worker. */
  readonly samples: number;
}

/** Figures of a step by name; `total` is what it minimised. */
export type Figures = Readonly<Record<string, number>> & { readonly total: number };

export interface Validation {
  readonly figures: Readonly<Record<string, number>>;
  /** What weights are compared by, the network's `validation`; null where a stage is not to be compared. */
  readonly value: number | null;
}

/** One kind of network in training as the loop sees it: its data, its learner, how it is validated and kept. */
export interface Course {
  /** Steps done. */
  readonly step: number;
  /** Takes one step on this worker's share of its batch. */
  learn(): Promise<Result<Learned>>;
  /**
   * The figures of the last step, means over the workers, each of which must ask; null before the first. They are read
   * from the backend only now, which waits for it.
   */
  figures(): Promise<Figures | null>;
  /** Held-out figures of what would be kept now, the same on every worker. */
  validate(): Promise<Result<Validation>>;
  /** What a person sees of it now; null without anything to show. First worker only. */
  preview(): Promise<Preview | null>;
  /** Writes what would be kept now as a model file, `curve` with the validations so far. */
  saveBest(path: string, curve: Curve): Promise<Result<number>>;
  state(): Promise<LearnerState>;
  dispose(): void;
}
