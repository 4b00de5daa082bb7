import { describe, expect, it } from 'vitest';
import type { ConvexPart } from '../shape/types';
import { createDocument } from './build';
import {
  adoptShape,
  allowedOffset,
  deleteParts,
  duplicateParts,
  isEditedSinceFit,
  renamePart,
  resetToAdopted,
  setLocked,
  setPlaneLocked,
  setPlaneOffset,
  setSmoothness,
  setVisible,
} from './edits';
import { NOTHING_SELECTED, selectPart, selectRange } from './selection';
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

describe('the range of a plane', () => {
  const normals = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
    [Math.SQRT1_2, Math.SQRT1_2, 0],
  ] as const;
  const cube: ConvexPart = {
    ...part('cube', 0),
    planes: normals.map((normal) => ({ normal, offset: 0.1, locked: false })),
  };

  it('ends where the plane would leave nothing of the part, and says so', () => {
    const { offset, stopped } = allowedOffset(cube, 6, -5);
    expect(stopped).toBe('would be empty');
    expect(offset).toBeGreaterThan(-0.1 * Math.SQRT2);
    expect(offset).toBeLessThan(-0.1 * Math.SQRT2 + 0.01);
  });

  it('ends where the plane would cut nothing', () => {
    expect(allowedOffset(cube, 6, 5).stopped).toBe('cuts nothing');
    expect(allowedOffset(cube, 6, 5).offset).toBeCloseTo(0.1 * Math.SQRT2);
    expect(allowedOffset(cube, 6, 0.05)).toEqual({ offset: 0.05, stopped: null });
  });

  it('is open on a side that no other plane closes', () => {
    expect(allowedOffset(cube, 0, 0.4).offset).toBeLessThan(0.3);
    const open = { ...cube, planes: cube.planes.slice(0, 2) };
    expect(allowedOffset(open, 0, 7)).toEqual({ offset: 7, stopped: null });
  });
});

describe('selection', () => {
  it('toggles with Shift, and takes ranges from the first selected row', () => {
    const one = selectPart(NOTHING_SELECTED, 'a', false);
    const two = selectPart(one, 'b', true);
    expect(two.partIds).toEqual(['a', 'b']);
    expect(selectPart(two, 'a', true).partIds).toEqual(['b']);
    expect(selectRange(selectPart(NOTHING_SELECTED, 'c', false), 'a', ['a', 'b', 'c', 'd']).partIds).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});
