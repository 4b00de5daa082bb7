import { LIMITS } from './schema';
import type { Result } from '../result';
import { applyDelta, compareDocuments, invertDelta, isVisible, type Delta } from './delta';
import { keepExisting, NOTHING_SELECTED, type Selection } from './selection';
import type { EditRecord, HalfspaceDocument } from './types';

/** A pure step from one document to the next, or the reason why it cannot be made. */
export type Edit = (document: HalfspaceDocument) => Result<HalfspaceDocument>;

/**
 * How a change enters the history.
 * - immediate: at once, as one entry.
 * - ephemeral: not by itself; it belongs to the open mark and lands when that is squashed. Drags use it.
 * - never: not at all; undo and redo leave it as it is. What is not a person's edit uses it.
 */
export type CaptureMode = 'immediate' | 'ephemeral' | 'never';

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

/** Stands for a point to which the history can be bailed or squashed. */
export type Mark = number & { readonly brand: 'mark' };

export interface DocumentState {
  readonly document: HalfspaceDocument;
  readonly selection: Selection;
  /** Titles of what undo and redo would do; null when there is nothing. */
  readonly undoTitle: string | null;
  readonly redoTitle: string | null;
  /** Whether the document differs from what was last saved. */
  readonly unsaved: boolean;
}

export interface DocumentStore {
  /** The same object until something changes. */
  state(): DocumentState;
  subscribe(listener: () => void): () => void;
  /** Applies a change; on failure the document is untouched and the problem comes back. */
  apply(change: DocumentChange, mode: CaptureMode): Result<HalfspaceDocument>;
  /** Changes the selection only; never touches undo or redo. */
  select(selection: Selection): void;
  /** Opens a mark: pointer down. Marks nest. */
  mark(): Mark;
  /** Restores the document, selection and history of the mark: Esc. Marks opened after it are gone. */
  bail(mark: Mark): void;
  /** Makes everything since the mark one entry, or none when nothing visible changed: pointer up. */
  squash(mark: Mark, name: EditName): void;
  /** Undoes the newest entry that makes a visible change. An open mark is bailed instead. */
  undo(): void;
  redo(): void;
  /** Replaces everything: another document was opened. */
  reset(document: HalfspaceDocument, options?: { readonly saved?: boolean }): void;
  /** Says that this document is what a file holds now. */
  markSaved(document: HalfspaceDocument): void;
}

interface Entry extends EditName {
  readonly delta: Delta;
  readonly selectionBefore: Selection;
  readonly selectionAfter: Selection;
}

interface History {
  readonly undo: readonly Entry[];
  readonly redo: readonly Entry[];
}

interface OpenMark {
  readonly id: Mark;
  readonly document: HalfspaceDocument;
  readonly selection: Selection;
  readonly history: History;
}

const NO_HISTORY: History = { undo: [], redo: [] };
/** A hundred kilobytes at most per entry, far less with shared parts. */
const MAXIMUM_ENTRIES = 500;

/**
 * The one owner of the document.
 *
 * @param now the clock for the journal
 */
export function createDocumentStore(
  initial: HalfspaceDocument,
  now: () => Date = () => new Date(),
): DocumentStore {
  let document = initial;
  let selection = NOTHING_SELECTED;
  let history = NO_HISTORY;
  let marks: readonly OpenMark[] = [];
  let saved: HalfspaceDocument | null = initial;
  let nextMark = 1;
  let state: DocumentState | null = null;
  const listeners = new Set<() => void>();

  const changed = (): void => {
    state = null;
    for (const listener of listeners) listener();
  };

  /** Makes everything since `before` one entry; a step that nobody can see leaves redo alone. */
  const record = (
    before: HalfspaceDocument,
    selectionBefore: Selection,
    base: History,
    name: EditName,
  ): void => {
    if (!isVisible(compareDocuments(before, document))) {
      document = before;
      history = base;
      return;
    }
    const at = now().toISOString();
    document = { ...document, journal: extend(before.journal, { ...pick(name), at }) };
    const entry = {
      ...pick(name),
      delta: compareDocuments(before, document),
      selectionBefore,
      selectionAfter: selection,
    };
    history = { undo: [...base.undo, entry].slice(-MAXIMUM_ENTRIES), redo: [] };
  };

  const travel = (direction: 'undo' | 'redo'): void => {
    if (marks.length > 0) {
      bail(marks[0].id);
      return;
    }
    for (;;) {
      const from = history[direction];
      const entry = from.at(-1);
      if (!entry) break;
      const delta = direction === 'undo' ? invertDelta(entry.delta) : entry.delta;
      const next = applyDelta(document, delta);
      const visible = isVisible(compareDocuments(document, next)) && !sameContent(document, next);
      document = next;
      history =
        direction === 'undo'
          ? { undo: from.slice(0, -1), redo: [...history.redo, entry] }
          : { undo: [...history.undo, entry], redo: from.slice(0, -1) };
      selection = keepExisting(direction === 'undo' ? entry.selectionBefore : entry.selectionAfter, document);
      if (visible) break;
    }
    changed();
  };

  const bail = (mark: Mark): void => {
    const open = marks.find((candidate) => candidate.id === mark);
    if (!open) return;
    ({ document, selection, history } = open);
    marks = marks.slice(0, marks.indexOf(open));
    changed();
  };

  return {
    state: () => {
      state ??= {
        document,
        selection,
        undoTitle: history.undo.at(-1)?.title ?? null,
        redoTitle: history.redo.at(-1)?.title ?? null,
        unsaved: saved === null || isVisible(compareDocuments(saved, document)),
      };
      return state;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    apply: (change, mode) => {
      if (mode === 'ephemeral' && marks.length === 0) {
        throw new Error(`The ephemeral change "${change.command}" needs an open mark.`);
      }
      const edited = change.edit(document);
      if (!edited.ok) return edited;
      const before = document;
      const selectionBefore = selection;
      document = edited.value;
      selection = keepExisting(change.select ?? selection, document);
      if (mode === 'immediate') record(before, selectionBefore, history, change);
      if (mode === 'never') {
        const delta = compareDocuments(before, document);
        // Bailing restores what the person did, not what came from elsewhere meanwhile.
        marks = marks.map((mark) => ({ ...mark, document: applyDelta(mark.document, delta) }));
      }
      changed();
      return { ok: true, value: document };
    },
    select: (next) => {
      selection = keepExisting(next, document);
      changed();
    },
    mark: () => {
      const id = nextMark++ as Mark;
      marks = [...marks, { id, document, selection, history }];
      return id;
    },
    bail,
    squash: (mark, name) => {
      const open = marks.find((candidate) => candidate.id === mark);
      if (!open) return;
      marks = marks.slice(0, marks.indexOf(open));
      record(open.document, open.selection, open.history, name);
      changed();
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    reset: (next, options) => {
      document = next;
      selection = NOTHING_SELECTED;
      history = NO_HISTORY;
      marks = [];
      saved = options?.saved === false ? null : next;
      changed();
    },
    markSaved: (written) => {
      saved = written;
      changed();
    },
  };
}

function pick({ command, title }: EditName): EditName {
  return { command, title };
}

/** The journal with one record more, the oldest dropped at the bound that the project file has. */
function extend(journal: readonly EditRecord[], record: EditRecord): readonly EditRecord[] {
  return [...journal, record].slice(-LIMITS.journal);
}

/** Equal by value though not by identity: a part that was set back to what it already is. */
function sameContent(a: HalfspaceDocument, b: HalfspaceDocument): boolean {
  return JSON.stringify({ ...a, journal: null }) === JSON.stringify({ ...b, journal: null });
}
