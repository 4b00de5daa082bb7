import type { Result } from '../result';
import type { Selection } from './selection';
import type { HalfspaceDocument } from './types';

/** A pure step from one document to the next, or the reason why it cannot be made. */
export type Edit = (document: HalfspaceDocument) => Result<HalfspaceDocument>;

/** What a person did, in words: `command` is stable, `title` is shown ("Undo move plane"). */
export interface EditName {
  readonly command: string;
  readonly title: string;
}

export interface DocumentChange extends EditName {
  readonly edit: Edit;
  /** The selection afterwards; what remains of the present one when absent. */
  readonly select?: Selection;
}
