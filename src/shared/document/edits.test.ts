import { describe, expect, it } from 'vitest';
import { boxPart } from '../shape/box.fixture';
import { partPolytope } from '../shape/explicit';
import type { ConvexPart } from '../shape/types';
import { createDocument } from './build';
import { LIMITS } from './schema';
import {
  adoptShape,
  deleteParts,
  duplicateParts,
  isEditedSinceFit,
  nextIndex,
  renamePart,
  resetToAdopted,
  setLocked,
  setPlaneLocked,
  setPlaneOffset,
  setSmoothness,
  setVisible,
} from './edits';
import type { HalfspaceDocument } from './types';

function part(id: string, index: number): ConvexPart {
  return {
    id,
    name: id,
    index,
    translation: [0, 0, 0],
    planes: [{ normal: [1, 0, 0], offset: 0.1, locked: false }],
    smoothness: 100,
    visible: true,
    locked: false,
  };
}

const fitted: HalfspaceDocument = {
  ...createDocument('test', undefined, 'id'),
  parts: [part('a', 0), part('b', 4)],
};

function applied(edit: ReturnType<typeof renamePart>, document = fitted): HalfspaceDocument {
  const result = edit(document);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('edits', () => {
  it('keep a typed plane where it has a face: at the edge of the space when no other plane closes the side', () => {
    // A box whose plane towards -x is the only one on that side.
    const box = boxPart(0, [0.4, 0, 0], [0.1, 0.1, 0.1], { id: 'a' });
    const [{ planes }] = applied(setPlaneOffset('a', 0, 10), { ...fitted, parts: [box] }).parts;
    const body = partPolytope({ ...box, planes });
    expect(planes[0].offset).toBeLessThan(2);
    expect(body.ok && body.value.clippedByBox).toBe(false);
    expect(body.ok && body.value.faces.map(({ plane }) => plane).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('take an adopted shape with every plane inside the space, and share a shape that is', () => {
    const far = boxPart(0, [0, 0, 0], [10, 0.1, 0.1], { id: 'far' });
    const adopted = applied(adoptShape({ parts: [far], sharpness: 75 }, null));
    expect(adopted.parts[0].planes.every(({ offset }) => offset < 2)).toBe(true);
    expect(adopted.adoptedParts).toBe(adopted.parts);
    const parts = [part('near', 0)];
    expect(applied(adoptShape({ parts, sharpness: 75 }, null)).parts).toBe(parts);
  });

  it('share every part that they do not change', () => {
    const moved = applied(setPlaneOffset('a', 0, 0.2));
    expect(moved.parts[0].planes[0].offset).toBe(0.2);
    expect(moved.parts[1]).toBe(fitted.parts[1]);
    expect(fitted.parts[0].planes[0].offset).toBe(0.1);
  });

  it('return the same document when nothing changes', () => {
    expect(applied(setPlaneOffset('a', 0, 0.1))).toBe(fitted);
    expect(applied(setVisible(['a'], true))).toBe(fitted);
    expect(applied(setPlaneLocked('a', 0, false))).toBe(fitted);
    expect(applied(renamePart('a', ' a '))).toBe(fitted);
  });

  it('leave what is locked as it is, and say what to unlock', () => {
    const refusal = (edit: ReturnType<typeof renamePart>, document: HalfspaceDocument): string => {
      const result = edit(document);
      return result.ok ? 'done' : `${result.error.code} ${result.error.message}`;
    };
    const locked = applied(setLocked(['a'], true));
    for (const edit of [
      deleteParts(['a']),
      deleteParts(['b', 'a']),
      setPlaneOffset('a', 0, 0.2),
      setSmoothness(['b', 'a'], 50),
      renamePart('a', 'leg'),
    ]) {
      expect(refusal(edit, locked)).toBe('locked "a" is locked: unlock it first.');
    }
    const both = applied(setLocked(['a', 'b'], true));
    expect(refusal(deleteParts(['a', 'b']), both)).toContain('"a" and 1 other part are locked: unlock them');
    const plane = applied(setPlaneLocked('b', 0, true));
    expect(refusal(setPlaneOffset('b', 0, 0.2), plane)).toBe(
      'locked Plane 1 of "b" is locked: unlock it first.',
    );
    expect(refusal(deleteParts(['b']), plane)).toContain('held by a locked plane');
    expect(applied(renamePart('b', 'leg'), plane).parts[1].name).toBe('leg');
    // What is no edit of the part, and what makes another one.
    expect(applied(setVisible(['a'], false), locked).parts[0].visible).toBe(false);
    expect(applied(setLocked(['a'], false), locked).parts[0].locked).toBe(false);
    expect(applied(duplicateParts(['a']), locked).parts.map((each) => each.locked)).toEqual([
      true,
      false,
      false,
    ]);
    expect(applied(deleteParts(['b']), locked).parts.map(({ id }) => id)).toEqual(['a']);
  });

  it('go back to the fit, but for what is locked', () => {
    const adopted = applied(adoptShape({ parts: fitted.parts, sharpness: 75 }, null));
    const moved = applied(setPlaneOffset('b', 0, 0.3), applied(setPlaneOffset('a', 0, 0.2), adopted));
    const copied = applied(duplicateParts(['a']), moved);
    const locked = applied(setLocked(['a', 'a-copy'], true), copied);
    const reset = applied(resetToAdopted(), locked);
    expect(reset.parts.map(({ id, planes }) => [id, planes[0].offset])).toEqual([
      ['a', 0.2],
      ['b', 0.1],
      ['a-copy', 0.2],
    ]);
  });

  it('refuse unknown parts and planes, empty names and numbers out of range', () => {
    const codes = [
      setPlaneOffset('nobody', 0, 0.2),
      setPlaneOffset('a', 7, 0.2),
      setPlaneOffset('a', 0, Number.NaN),
      renamePart('a', '  '),
      setSmoothness(['a'], -1),
      deleteParts(['a', 'nobody']),
    ].map((edit) => {
      const result = edit(fitted);
      return result.ok ? 'ok' : result.error.code;
    });
    expect(codes).toEqual([
      'unknown-part',
      'unknown-plane',
      'bad-number',
      'empty-name',
      'bad-number',
      'unknown-part',
    ]);
  });

  it('duplicate with new ids, names and colours, right behind the original', () => {
    const once = applied(duplicateParts(['a']));
    const twice = applied(duplicateParts(['a']), once);
    expect(once.parts.map(({ id }) => id)).toEqual(['a', 'a-copy', 'b']);
    expect(twice.parts.map(({ name }) => name)).toEqual(['a', 'a copy 2', 'a copy', 'b']);
    expect(new Set(twice.parts.map(({ index }) => index)).size).toBe(4);
  });

  it('go back to what the last fit left, and know whether there is a way back', () => {
    const adopted = applied(adoptShape({ parts: [part('x', 0)], sharpness: 80 }, null));
    expect(isEditedSinceFit(adopted)).toBe(false);
    const edited = applied(setPlaneOffset('x', 0, 0.3), adopted);
    expect(isEditedSinceFit(edited)).toBe(true);
    expect(isEditedSinceFit(applied(setVisible(['x'], false), adopted))).toBe(false);
    expect(applied(resetToAdopted(), edited).parts).toBe(adopted.parts);
    expect(resetToAdopted()(fitted).ok).toBe(false);
  });
});

describe('the bounds of edits', () => {
  const codeOf = (edit: ReturnType<typeof renamePart>, document = fitted): string => {
    const result = edit(document);
    return result.ok ? 'ok' : result.error.code;
  };

  it('take a name of 200 characters after trimming, and none longer', () => {
    expect(codeOf(renamePart('a', ` ${'x'.repeat(LIMITS.nameLength)} `))).toBe('ok');
    expect(codeOf(renamePart('a', 'x'.repeat(LIMITS.nameLength + 1)))).toBe('name-too-long');
  });

  it('take smoothness from 10 to 1000, for all the parts named', () => {
    expect([9.9, 10, 1000, 1000.1, Number.NaN].map((value) => codeOf(setSmoothness(['a'], value)))).toEqual([
      'bad-number',
      'ok',
      'ok',
      'bad-number',
      'bad-number',
    ]);
    const both = applied(setSmoothness(['a', 'b'], 50));
    expect(both.parts.map(({ smoothness }) => smoothness)).toEqual([50, 50]);
    const one = applied(setSmoothness(['b'], 60), both);
    expect(one.parts.map(({ smoothness }) => smoothness)).toEqual([50, 60]);
    expect(applied(setSmoothness(['a', 'b'], 50), both)).toBe(both);
  });

  it('take copies up to 512 parts', () => {
    const many = (count: number): HalfspaceDocument => ({
      ...fitted,
      parts: Array.from({ length: count }, (_, i) => part(`p${i}`, i)),
    });
    expect(applied(duplicateParts(['p0', 'p1']), many(LIMITS.parts - 2)).parts).toHaveLength(LIMITS.parts);
    expect(codeOf(duplicateParts(['p0', 'p1']), many(LIMITS.parts - 1))).toBe('too-many-parts');
    expect(codeOf(duplicateParts(['p0', 'nobody']), many(3))).toBe('unknown-part');
  });

  it('number copies on from the highest colour, and name them on', () => {
    const twice = applied(duplicateParts(['a', 'b']), applied(duplicateParts(['a', 'b'])));
    expect(twice.parts.map(({ id, index }) => [id, index])).toEqual([
      ['a', 0],
      ['a-copy-2', 7],
      ['a-copy', 5],
      ['b', 4],
      ['b-copy-2', 8],
      ['b-copy', 6],
    ]);
    expect(applied(duplicateParts(['a']), twice).parts[1].id).toBe('a-copy-3');
    expect(nextIndex([])).toBe(0);
  });

  it('delete the parts named, and make no new document for none', () => {
    expect(applied(deleteParts(['a'])).parts).toEqual([fitted.parts[1]]);
    expect(applied(deleteParts([]))).toBe(fitted);
  });

  it('name the part and the plane that are not there', () => {
    const messageOf = (edit: ReturnType<typeof renamePart>): string => {
      const result = edit(fitted);
      return result.ok ? '' : result.error.message;
    };
    expect(messageOf(setPlaneLocked('a', 7, true))).toBe('The part "a" has no plane 8.');
    expect(messageOf(setPlaneOffset('a', 7, 0.2))).toBe('The part "a" has no plane 8.');
    expect(messageOf(setVisible(['a', 'who'], true))).toBe('The document has no part "who".');
  });

  it('change one plane of one part', () => {
    const planes = [0.1, 0.2, 0.3].map((offset, axis) => ({
      normal: [axis === 0 ? 1 : 0, axis === 1 ? 1 : 0, axis === 2 ? 1 : 0] as const,
      offset,
      locked: false,
    }));
    const document = { ...fitted, parts: [{ ...part('a', 0), planes }, part('b', 1)] };
    const locked = applied(setPlaneLocked('a', 1, true), document);
    expect(locked.parts[0].planes.map((plane) => plane.locked)).toEqual([false, true, false]);
    expect(locked.parts[0].planes[2]).toBe(planes[2]);
    expect(locked.parts[1]).toBe(document.parts[1]);
  });
});

describe('isEditedSinceFit', () => {
  const two = [part('a', 0), part('b', 1)];
  const document: HalfspaceDocument = { ...fitted, parts: two, adoptedParts: two };
  const edited = (parts: readonly ConvexPart[]): boolean => isEditedSinceFit({ ...document, parts });

  it('counts parts where nothing was adopted', () => {
    expect(isEditedSinceFit({ ...document, adoptedParts: null })).toBe(true);
    expect(isEditedSinceFit({ ...document, adoptedParts: null, parts: [] })).toBe(false);
  });

  it('compares by value what a file has read', () => {
    expect(edited(structuredClone(two))).toBe(false);
    expect(isEditedSinceFit({ ...document, parts: [], adoptedParts: [] })).toBe(false);
  });

  it('notices parts taken, added or changed, the last of them too', () => {
    const [a, b] = two;
    expect(edited([a])).toBe(true);
    expect(edited([a, b, part('c', 2)])).toBe(true);
    expect(edited([b, a])).toBe(true);
    const plane = b.planes[0];
    const changes: Partial<ConvexPart>[] = [
      { id: 'other' },
      { name: 'other' },
      { smoothness: 99 },
      { locked: true },
      { planes: [{ ...plane, offset: 0.2 }] },
      { planes: [plane, plane] },
      { translation: [0.1, 0, 0] },
      { translation: [0, 0, 0.1] },
    ];
    for (const change of changes) expect(edited([a, { ...b, ...change }]), JSON.stringify(change)).toBe(true);
    for (const change of [{ visible: false }, { index: 9 }])
      expect(edited([a, { ...b, ...change }])).toBe(false);
  });
});
