import type { Weights } from '../network/weights';
import type { AdamState } from './adam';

/** What a checkpoint keeps of a run, besides its configuration. */
export interface LearnerState {
  readonly step: number;
  readonly weights: Weights;
  /** Moving average of the weights; null when the configuration has none. */
  readonly average: Weights | null;
  readonly adam: AdamState;
  /** A second network that is trained against the first, with an optimiser of its own. */
  readonly discriminator?: { readonly weights: Weights; readonly adam: AdamState };
}
