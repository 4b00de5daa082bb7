import { fail, ok, type Result } from '../result';
import type { DocumentChange, EditName } from './change';
import { changed, differs, rebased, recorded, travelled, type Moment } from './history';
import { closed, type Mark, type OpenMarks } from './marks';
import { keepExisting, NOTHING_SELECTED, type Selection } from './selection';
import type { HalfspaceDocument } from './types';

/**
 * How a change enters the history.
 * - immediate: at once, as one entry.
 * - ephemeral: not by itself; it belongs to the open mark and lands when that is squashed. Drags use it.
 * - never: not at all; undo and redo leave it as it is. What is not a person's edit uses it.
 */
export type CaptureMode = 'immediate' | 'ephemeral' | 'never';

export interface DocumentState {
  readonly document: HalfspaceDocument;
  readonly selection: Selection;
  /** Titles of what undo and redo would do; null when there is nothing. */
  readonly undoTitle: string | null;
  readonly redoTitle: string | null;
  /** Whether a change is under way that undo would take back: an open mark, and another document than it stands for. */
  readonly changing: boolean;
  /** Whether the document differs from what was last saved. */
  readonly unsaved: boolean;
  /** Rises whenever another document replaces this one, even one with the same id: a file that is opened again. */
  readonly generation: number;
}

export interface DocumentStore {
  /** The same object until something changes. */
  state(): DocumentState;
  subscribe(listener: () => void): () => void;
  /**
   * Applies a change; on failure the document is untouched and the problem comes back. An ephemeral change without an
   * open mark is the problem 'no-open-mark': nothing could ever undo it.
   */
  apply(change: DocumentChange, mode: CaptureMode): Result<HalfspaceDocument>;
  /** Changes the selection only; never touches undo or redo. */
  select(selection: Selection): void;
  /** Opens a mark: pointer down. Marks nest. */
  mark(): Mark;
  /** Whether a mark is still open: undo and a new document close it from elsewhere. */
  isOpen(mark: Mark): boolean;
  /** Restores the document, selection and history of the mark: Esc. Marks opened after it are closed, too. */
  bail(mark: Mark): Result<HalfspaceDocument>;
  /** Makes everything since the mark one entry, or none when nothing visible changed: pointer up. */
  squash(mark: Mark, name: EditName): Result<HalfspaceDocument>;
  /** Undoes the newest entry that makes a visible change. An open mark is bailed instead. */
  undo(): void;
  redo(): void;
  /** Replaces everything: another document was opened. */
  reset(document: HalfspaceDocument, options?: { readonly saved?: boolean }): void;
  /** Says that this document is what a file holds now. */
  markSaved(document: HalfspaceDocument): void;
}

/**
 * The one owner of the document.
 *
 * @param now the clock for the journal
 */
export function createDocumentStore(
  initial: HalfspaceDocument,
  now: () => Date = () => new Date(),
): DocumentStore {
  let moment = momentOf(initial);
  let marks: OpenMarks = [];
  let saved: HalfspaceDocument | null = initial;
  let generation = 0;
  let nextMark = 1;
  let state: DocumentState | null = null;
  const listeners = new Set<() => void>();

  const tell = (): Result<HalfspaceDocument> => {
    state = null;
    for (const listener of listeners) listener();
    return ok(moment.document);
  };

  /** Ends a mark with what becomes of the moment it stands for. */
  const close = (mark: Mark, become: (then: Moment) => Moment): Result<HalfspaceDocument> => {
    const found = closed(marks, mark);
    if (!found.ok) return found;
    marks = found.value.rest;
    moment = become(found.value.moment);
    return tell();
  };

  const bail = (mark: Mark): Result<HalfspaceDocument> => close(mark, (then) => then);

  const travel = (direction: 'undo' | 'redo'): void => {
    if (marks.length > 0) {
      bail(marks[0].mark);
      return;
    }
    moment = travelled(moment, direction);
    tell();
  };

  return {
    state: () => {
      state ??= {
        document: moment.document,
        selection: moment.selection,
        undoTitle: moment.undo.at(-1)?.title ?? null,
        redoTitle: moment.redo.at(-1)?.title ?? null,
        changing: marks.length > 0 && marks[0].moment.document !== moment.document,
        unsaved: saved === null || differs(saved, moment.document),
        generation,
      };
      return state;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    apply: (change, mode) => {
      if (mode === 'ephemeral' && marks.length === 0) {
        return fail({
          code: 'no-open-mark',
          message: `"${change.title}" was left out: what it belongs to has ended.`,
          hint: 'Begin the change again.',
        });
      }
      const before = moment;
      const next = changed(before, change);
      if (!next.ok) return next;
      moment = mode === 'immediate' ? recorded(before, next.value, change, now()) : next.value;
      if (mode === 'never') {
        // Bailing restores what the person did, not what came from elsewhere meanwhile.
        marks = marks.map(({ mark, moment: then }) => ({
          mark,
          moment: rebased(then, before.document, moment.document),
        }));
      }
      return tell();
    },
    select: (selection) => {
      moment = { ...moment, selection: keepExisting(selection, moment.document) };
      tell();
    },
    mark: () => {
      const mark = nextMark++ as Mark;
      marks = [...marks, { mark, moment }];
      return mark;
    },
    isOpen: (mark) => marks.some((open) => open.mark === mark),
    bail,
    squash: (mark, name) => close(mark, (then) => recorded(then, moment, name, now())),
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    reset: (document, options) => {
      moment = momentOf(document);
      marks = [];
      saved = options?.saved === false ? null : document;
      generation++;
      tell();
    },
    markSaved: (document) => {
      saved = document;
      tell();
    },
  };
}

function momentOf(document: HalfspaceDocument): Moment {
  return { document, selection: NOTHING_SELECTED, undo: [], redo: [] };
}
