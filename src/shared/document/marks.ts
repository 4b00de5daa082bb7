import { fail, ok, type Problem, type Result } from '../result';
import type { Moment } from './history';

/**
 * Stands for a moment to which the history can be bailed or squashed. It stays a handle after that: whatever is asked
 * of it then is answered with the problem 'mark-closed'.
 */
export type Mark = number & { readonly brand: 'mark' };

export interface OpenMark {
  readonly mark: Mark;
  readonly moment: Moment;
}

/** The marks that are open, the outermost first. */
export type OpenMarks = readonly OpenMark[];

/** Closes a mark with all that were opened after it: its moment, and the marks that stay open. */
export function closed(
  marks: OpenMarks,
  mark: Mark,
): Result<{ readonly moment: Moment; readonly rest: OpenMarks }> {
  const at = marks.findIndex((open) => open.mark === mark);
  if (at < 0) return fail(MARK_CLOSED);
  return ok({ moment: marks[at].moment, rest: marks.slice(0, at) });
}

const MARK_CLOSED: Problem = {
  code: 'mark-closed',
  message: 'This change has already ended: it was undone, finished, or another document was opened.',
  hint: 'Begin the change again.',
};
