import { fail, ok, type Result } from '../result';
import type { DocumentChange, EditName } from './change';
import { applyDiff, compareRecords, differingByValue, invertDiff, isEdit, type Diff } from './diff';
import { DOCUMENT_FIELDS } from './fields';
import { fieldNames } from './records';
import { LIMITS } from './schema';
import { keepExisting, type Selection } from './selection';
import type { HalfspaceDocument } from './types';

interface Entry extends EditName {
  readonly diff: Diff<HalfspaceDocument>;
  readonly selectionBefore: Selection;
  readonly selectionAfter: Selection;
}

/** Everything that undo brings back: the document, what is selected in it, and the entries on both sides. */
export interface Moment {
  readonly document: HalfspaceDocument;
  readonly selection: Selection;
  readonly undo: readonly Entry[];
  readonly redo: readonly Entry[];
}

/** A hundred kilobytes at most per entry, far less with shared parts. */
const MAXIMUM_ENTRIES = 500;

/** The moment after a change that no entry holds yet. */
export function changed(moment: Moment, { edit, select }: DocumentChange): Result<Moment> {
  const edited = edit(moment.document);
  if (!edited.ok) return edited;
  const document = edited.value;
  const forbidden = fieldNames(DOCUMENT_FIELDS).find(
    (name) => DOCUMENT_FIELDS[name].writtenBy === 'history' && document[name] !== moment.document[name],
  );
  if (forbidden !== undefined) {
    return fail({
      code: 'kept-by-history',
      message: `The document's ${forbidden} is kept by its history; no edit may change it.`,
    });
  }
  return ok({ ...moment, document, selection: keepExisting(select ?? moment.selection, document) });
}

/** Makes everything since `before` one entry; a step that nobody can see leaves document and redo as they were. */
export function recorded(before: Moment, now: Moment, name: EditName, at: Date): Moment {
  if (!differs(before.document, now.document)) {
    return { ...before, selection: keepExisting(now.selection, before.document) };
  }
  const document = journalled(before.document, now.document, name, at);
  const entry = {
    ...wordsOf(name),
    diff: compareRecords(DOCUMENT_FIELDS, before.document, document),
    selectionBefore: before.selection,
    selectionAfter: now.selection,
  };
  return {
    document,
    selection: now.selection,
    undo: [...before.undo, entry].slice(-MAXIMUM_ENTRIES),
    redo: [],
  };
}

/** The newest entry that makes a visible change undone or made again; entries that have become invisible are passed. */
export function travelled(moment: Moment, direction: 'undo' | 'redo'): Moment {
  const entry = moment[direction].at(-1);
  if (!entry) return moment;
  const diff = direction === 'undo' ? invertDiff(entry.diff) : entry.diff;
  const document = applyDiff(moment.document, diff);
  const left = moment[direction].slice(0, -1);
  const next: Moment = {
    document,
    selection: keepExisting(direction === 'undo' ? entry.selectionBefore : entry.selectionAfter, document),
    ...(direction === 'undo'
      ? { undo: left, redo: [...moment.redo, entry] }
      : { undo: [...moment.undo, entry], redo: left }),
  };
  const visible = differingByValue(compareRecords(DOCUMENT_FIELDS, moment.document, document));
  return isEdit(DOCUMENT_FIELDS, visible) ? next : travelled(next, direction);
}

/** The moment with what changed between two documents elsewhere, so that undo leaves that as it is. */
export function rebased(moment: Moment, before: HalfspaceDocument, after: HalfspaceDocument): Moment {
  const diff = compareRecords(DOCUMENT_FIELDS, before, after);
  return { ...moment, document: applyDiff(moment.document, diff) };
}

/** Whether a person would see a difference between two documents. */
export function differs(a: HalfspaceDocument, b: HalfspaceDocument): boolean {
  return isEdit(DOCUMENT_FIELDS, compareRecords(DOCUMENT_FIELDS, a, b));
}

/** `after` with the journal of `before` and one record more, the oldest dropped at the bound that the file has. */
export function journalled(
  before: HalfspaceDocument,
  after: HalfspaceDocument,
  name: EditName,
  at: Date,
): HalfspaceDocument {
  const record = { ...wordsOf(name), at: at.toISOString() };
  return { ...after, journal: [...before.journal, record].slice(-LIMITS.journal) };
}

function wordsOf({ command, title }: EditName): EditName {
  return { command, title };
}
