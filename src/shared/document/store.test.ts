import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../result';
import { boxPart } from '../shape/box.fixture';
import type { ConvexPart } from '../shape/types';
import { createDocument } from './build';
import {
  adoptShape,
  deleteParts,
  duplicateParts,
  renamePart,
  setPlaneOffset,
  setSmoothness,
  setVisible,
} from './edits';
import type { Edit } from './change';
import { createDocumentStore, type DocumentStore } from './store';
import type { HalfspaceDocument } from './types';

const SEED = 20260722;
const clock = (): Date => new Date(0);

function cube(id: string, index: number): ConvexPart {
  return boxPart(index, [index * 0.3, 0, 0], [0.1, 0.1, 0.1], { id });
}

function threeCubes(): HalfspaceDocument {
  return { ...createDocument('test', undefined, 'id'), parts: [cube('a', 0), cube('b', 1), cube('c', 2)] };
}

/** Another value for every field; one that the document gets later does not compile without. */
const OTHER: HalfspaceDocument = {
  id: 'another',
  name: 'Another',
  frame: { origin: [1, 2, 3], metresPerUnit: 2, upAxis: 'z' },
  sharpness: 200,
  parts: [cube('c', 2), cube('new', 5)],
  source: { name: 'a.obj', kind: 'mesh', sha256: '0'.repeat(64), byteLength: 4 },
  recipe: { method: 'fit', seed: 1, options: {}, modelHash: null, backend: 'wasm', createdAt: '' },
  adoptedParts: [cube('a', 0)],
  journal: [{ command: 'x', title: 'X', at: '' }],
};

const change = (edit: Edit) => ({ command: 'test', title: 'Test', edit });

/** An edit drawn at random for whatever parts the document has by then. */
const anyEdit = fc.record({
  kind: fc.nat(5),
  part: fc.nat(20),
  plane: fc.nat(5),
  value: fc.integer({ min: 1, max: 50 }),
});
type Drawn = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;

function editOf({ kind, part, plane, value }: Drawn): Edit {
  return (document) => {
    if (document.parts.length === 0) {
      return adoptShape({ parts: [cube(`new-${value}`, value)], sharpness: 75 }, null)(document);
    }
    const { id } = document.parts[part % document.parts.length];
    const edits = [
      setPlaneOffset(id, plane, value / 100),
      renamePart(id, `Name ${value}`),
      setVisible([id], value % 2 === 0),
      setSmoothness([id], value * 10),
      deleteParts([id]),
      duplicateParts([id]),
    ];
    return edits[kind](document);
  };
}

function undoAll(store: DocumentStore): void {
  while (store.state().undoTitle !== null) store.undo();
}

describe('document store', () => {
  it(`returns to the first document by undo and to the last by redo, seed ${SEED}`, () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 25 }), (drawn) => {
        const first = threeCubes();
        const store = createDocumentStore(first, clock);
        for (const each of drawn) store.apply(change(editOf(each)), 'immediate');
        const last = store.state().document;
        undoAll(store);
        expect(store.state().document).toEqual(first);
        while (store.state().redoTitle !== null) store.redo();
        expect(store.state().document).toEqual(last);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it(`goes any number of steps back and forth and is where it was, seed ${SEED}`, () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { minLength: 5, maxLength: 15 }), fc.nat(10), (drawn, steps) => {
        const store = createDocumentStore(threeCubes(), clock);
        for (const each of drawn) store.apply(change(editOf(each)), 'immediate');
        const last = store.state().document;
        let undone = 0;
        for (; undone < steps && store.state().undoTitle !== null; undone++) store.undo();
        for (; undone > 0; undone--) store.redo();
        expect(store.state().document).toEqual(last);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it(`bail restores what was there at the mark, whatever happened since, seed ${SEED}`, () => {
    const step = fc.tuple(anyEdit, fc.constantFrom('immediate' as const, 'ephemeral' as const));
    fc.assert(
      fc.property(
        fc.array(anyEdit, { maxLength: 4 }),
        fc.array(step, { maxLength: 12 }),
        (earlier, since) => {
          const store = createDocumentStore(threeCubes(), clock);
          for (const each of earlier) store.apply(change(editOf(each)), 'immediate');
          store.undo();
          const before = store.state();
          const mark = store.mark();
          for (const [each, mode] of since) store.apply(change(editOf(each)), mode);
          store.bail(mark);
          expect(store.state()).toEqual(before);
          expect(store.state().document).toBe(before.document);
        },
      ),
      { seed: SEED, numRuns: 100 },
    );
  });

  it(`squash makes one entry of any number of ephemeral changes, seed ${SEED}`, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 30 }), (offsets) => {
        const store = createDocumentStore(threeCubes(), clock);
        store.apply(change(renamePart('b', 'Earlier')), 'immediate');
        const before = store.state().document;
        const mark = store.mark();
        for (const offset of offsets) store.apply(change(setPlaneOffset('a', 0, offset + 0.5)), 'ephemeral');
        store.squash(mark, { command: 'plane.move', title: 'Move plane' });
        expect(store.state().undoTitle).toBe('Move plane');
        expect(store.state().document.journal.at(-1)?.command).toBe('plane.move');
        store.undo();
        expect(store.state().document).toEqual(before);
        expect(store.state().undoTitle).toBe('Test');
      }),
      { seed: SEED, numRuns: 50 },
    );
  });

  it('keeps redo when a drag ends where it began', () => {
    const store = createDocumentStore(threeCubes(), clock);
    store.apply(change(renamePart('a', 'New')), 'immediate');
    store.undo();
    const mark = store.mark();
    store.apply(change(setPlaneOffset('a', 0, 0.2)), 'ephemeral');
    store.apply(change(setPlaneOffset('a', 0, 0.1)), 'ephemeral');
    store.bail(mark);
    expect(store.state().redoTitle).toBe('Test');
  });

  it('keeps redo when only the selection changes, and clears it at a new edit', () => {
    const store = createDocumentStore(threeCubes(), clock);
    store.apply(change(renamePart('a', 'New')), 'immediate');
    store.undo();
    store.select({ partIds: ['b'], plane: 2 });
    expect(store.state().redoTitle).toBe('Test');
    store.apply(change(renamePart('b', 'Other')), 'immediate');
    expect(store.state().redoTitle).toBeNull();
  });

  it('never undoes a change of mode never, and skips an entry that it has made invisible', () => {
    const store = createDocumentStore(threeCubes(), clock);
    store.apply(change(renamePart('a', 'One')), 'immediate');
    store.apply(change(renamePart('b', 'Two')), 'immediate');
    store.apply(change(deleteParts(['b'])), 'never');
    store.undo();
    expect(store.state().document.parts.map((part) => part.name)).toEqual(['Part 1', 'Part 3']);
    expect(store.state().undoTitle).toBeNull();
  });

  it('keeps a change of mode never when an open mark is bailed', () => {
    const store = createDocumentStore(threeCubes(), clock);
    const mark = store.mark();
    store.apply(change(setPlaneOffset('a', 0, 0.4)), 'ephemeral');
    store.apply(change(renamePart('b', 'From elsewhere')), 'never');
    store.bail(mark);
    expect(store.state().document.parts[1].name).toBe('From elsewhere');
    expect(store.state().document.parts[0].planes[0].offset).toBe(0.1);
  });

  it('bails an open drag at undo instead of undoing what was before', () => {
    const store = createDocumentStore(threeCubes(), clock);
    store.apply(change(renamePart('a', 'Kept')), 'immediate');
    store.mark();
    store.apply(change(setPlaneOffset('a', 0, 0.4)), 'ephemeral');
    store.undo();
    expect(store.state().document.parts[0].name).toBe('Kept');
    expect(store.state().document.parts[0].planes[0].offset).toBe(0.1);
  });

  it('says that a change is under way from its first step to its end, undo among them', () => {
    const store = createDocumentStore(threeCubes(), clock);
    const mark = store.mark();
    expect(store.state().changing).toBe(false);
    store.apply(change(setPlaneOffset('a', 0, 0.4)), 'ephemeral');
    expect(store.state()).toMatchObject({ changing: true, undoTitle: null });
    store.undo();
    expect(store.state().changing).toBe(false);
    expect(store.squash(mark, { command: 'test', title: 'Test' }).ok).toBe(false);
    const next = store.mark();
    store.apply(change(setPlaneOffset('a', 0, 0.3)), 'ephemeral');
    store.squash(next, { command: 'test', title: 'Test' });
    expect(store.state()).toMatchObject({ changing: false, undoTitle: 'Test' });
  });

  it('refuses an ephemeral change without a mark: it could never be undone', () => {
    const store = createDocumentStore(threeCubes(), clock);
    const before = store.state();
    expect(store.apply(change(renamePart('a', 'x')), 'ephemeral')).toMatchObject({
      ok: false,
      error: { code: 'no-open-mark' },
    });
    expect(store.state()).toBe(before);
  });

  it.each([
    ['undo', (store: DocumentStore) => store.undo()],
    ['a new document', (store: DocumentStore) => store.reset(threeCubes())],
    ['the end of the mark around it', null],
  ])('answers everything that is asked of a mark after %s with a value, and changes nothing', (_, end) => {
    const store = createDocumentStore(threeCubes(), clock);
    const outer = store.mark();
    const mark = store.mark();
    store.apply(change(setPlaneOffset('a', 0, 0.4)), 'ephemeral');
    if (end) end(store);
    else store.bail(outer);
    expect(store.isOpen(mark)).toBe(false);
    const before = store.state();
    const gone = { ok: false, error: { code: 'mark-closed' } };
    expect(store.squash(mark, { command: 'plane.move', title: 'Move plane' })).toMatchObject(gone);
    expect(store.bail(mark)).toMatchObject(gone);
    expect(store.apply(change(setPlaneOffset('a', 0, 0.4)), 'ephemeral').ok).toBe(false);
    expect(store.state()).toBe(before);
  });

  it.each(Object.keys(OTHER) as (keyof HalfspaceDocument)[])(
    'takes a change of the field "%s" as one entry that undo takes back and redo makes again',
    (field) => {
      const first = threeCubes();
      const store = createDocumentStore(first, clock);
      const edit = change((document) => ok({ ...document, [field]: OTHER[field] }));
      const applied = store.apply(edit, 'immediate');
      if (field === 'journal') {
        expect(applied).toMatchObject({ ok: false, error: { code: 'kept-by-history' } });
        expect(store.state().document).toBe(first);
        return;
      }
      expect(store.state()).toMatchObject({ undoTitle: 'Test', unsaved: true });
      const last = store.state().document;
      expect(last[field]).toEqual(OTHER[field]);
      store.undo();
      expect(store.state().document).toEqual(first);
      store.redo();
      expect(store.state().document).toEqual(last);
    },
  );

  it('leaves the document alone when an edit fails', () => {
    const store = createDocumentStore(threeCubes(), clock);
    const before = store.state();
    const result = store.apply(
      change(() => fail({ code: 'no', message: 'No.' })),
      'immediate',
    );
    expect(result.ok).toBe(false);
    expect(store.state()).toBe(before);
  });

  it('adopts a fit as one entry that undo takes back whole', () => {
    const first = threeCubes();
    const store = createDocumentStore(first, clock);
    store.apply(change(adoptShape({ parts: [cube('x', 0)], sharpness: 200 }, null)), 'immediate');
    expect(store.state().document.adoptedParts).toHaveLength(1);
    store.undo();
    expect(store.state().document).toEqual(first);
  });

  it('restores the selection with the edit and drops what no longer exists', () => {
    const store = createDocumentStore(threeCubes(), clock);
    store.select({ partIds: ['a', 'b'], plane: null });
    store.apply(change(deleteParts(['a'])), 'immediate');
    expect(store.state().selection.partIds).toEqual(['b']);
    store.undo();
    expect(store.state().selection.partIds).toEqual(['a', 'b']);
  });

  it('knows whether there is unsaved work, and that undo back to the saved state is none', () => {
    const store = createDocumentStore(threeCubes(), clock);
    expect(store.state().unsaved).toBe(false);
    store.apply(change(renamePart('a', 'New')), 'immediate');
    expect(store.state().unsaved).toBe(true);
    store.undo();
    expect(store.state().unsaved).toBe(false);
    store.redo();
    store.markSaved(store.state().document);
    expect(store.state().unsaved).toBe(false);
    store.undo();
    expect(store.state().unsaved).toBe(true);
  });

  it('says whether a mark is open', () => {
    const store = createDocumentStore(threeCubes(), clock);
    const [outer, inner] = [store.mark(), store.mark()];
    expect([store.isOpen(outer), store.isOpen(inner)]).toEqual([true, true]);
    store.bail(inner);
    expect([store.isOpen(outer), store.isOpen(inner)]).toEqual([true, false]);
  });

  it('begins anew with another document, saved unless it is said otherwise', () => {
    const store = createDocumentStore(threeCubes(), clock);
    expect(store.state()).toMatchObject({ generation: 0, unsaved: false });
    store.apply(change(renamePart('a', 'New')), 'immediate');
    const other = threeCubes();
    store.reset(other);
    expect(store.state()).toEqual({
      document: other,
      selection: { partIds: [], plane: null },
      undoTitle: null,
      redoTitle: null,
      changing: false,
      unsaved: false,
      generation: 1,
    });
    store.reset(other, { saved: false });
    expect(store.state()).toMatchObject({ generation: 2, unsaved: true });
    store.reset(other, { saved: true });
    expect(store.state()).toMatchObject({ generation: 3, unsaved: false });
    store.reset(other, {});
    expect(store.state()).toMatchObject({ generation: 4, unsaved: false });
  });

  it('brings back the selection after an edit when it is made again, and has nothing to do again after a new one', () => {
    const store = createDocumentStore(threeCubes(), clock);
    store.select({ partIds: ['a'], plane: null });
    store.apply({ ...change(renamePart('a', 'New')), select: { partIds: ['b'], plane: 1 } }, 'immediate');
    store.undo();
    store.select({ partIds: ['c'], plane: null });
    store.redo();
    expect(store.state().selection).toEqual({ partIds: ['b'], plane: 1 });
    const before = store.state();
    store.redo();
    expect(store.state()).toEqual(before);
  });

  it('keeps the last 500 entries', () => {
    const store = createDocumentStore(threeCubes(), clock);
    for (let step = 0; step < 503; step++) store.apply(change(renamePart('a', `Name ${step}`)), 'immediate');
    undoAll(store);
    expect(store.state().document.parts[0].name).toBe('Name 2');
  });

  it('writes down when, by the clock of the machine unless another is given', () => {
    const store = createDocumentStore(threeCubes());
    const before = Date.now();
    store.apply(change(renamePart('a', 'New')), 'immediate');
    const [{ at }] = store.state().document.journal;
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
  });

  it('keeps the newest 10,000 lines of the journal', () => {
    const lines = Array.from({ length: 10_000 }, (_, line) => ({ command: `${line}`, title: '', at: '' }));
    const store = createDocumentStore({ ...threeCubes(), journal: lines }, clock);
    store.apply(change(renamePart('a', 'New')), 'immediate');
    const { journal } = store.state().document;
    expect(journal).toHaveLength(10_000);
    expect([journal[0].command, journal.at(-1)?.command]).toEqual(['1', 'test']);
  });

  it('tells listeners about every change and nobody after they left', () => {
    const store = createDocumentStore(threeCubes(), clock);
    let calls = 0;
    const leave = store.subscribe(() => calls++);
    store.apply(
      change((document) => ok(document)),
      'immediate',
    );
    store.select({ partIds: ['a'], plane: null });
    leave();
    store.undo();
    expect(calls).toBe(2);
  });
});
