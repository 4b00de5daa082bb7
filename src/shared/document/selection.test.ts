import { describe, expect, it } from 'vitest';
import { boxPart } from '../shape/box.fixture';
import { createDocument } from './build';
import { keepExisting, NOTHING_SELECTED, selectPart, selectRange, type Selection } from './selection';
import type { HalfspaceDocument } from './types';

const document: HalfspaceDocument = {
  ...createDocument('test', undefined, 'id'),
  parts: ['a', 'b', 'c'].map((id, index) => boxPart(index, [0, 0, 0], [0.1, 0.1, 0.1], { id })),
};

describe('selectPart', () => {
  it('selects a part alone, or toggles it behind the others', () => {
    const one = selectPart(NOTHING_SELECTED, 'a', false);
    expect(one).toEqual({ partIds: ['a'], plane: null });
    const two = selectPart(one, 'b', true);
    expect(two).toEqual({ partIds: ['a', 'b'], plane: null });
    expect(selectPart(two, 'a', true).partIds).toEqual(['b']);
    expect(selectPart(two, 'c', false).partIds).toEqual(['c']);
    expect(selectPart({ partIds: ['a'], plane: 2 }, 'a', false).plane).toBeNull();
  });
});

describe('selectRange', () => {
  const list = ['a', 'b', 'c', 'd'];
  const range = (selected: readonly string[], to: string): readonly string[] =>
    selectRange({ partIds: selected, plane: 1 }, to, list).partIds;

  it('reaches from the first selected row to the one clicked, both ways', () => {
    expect(range(['b'], 'd')).toEqual(['b', 'c', 'd']);
    expect(range(['c'], 'a')).toEqual(['c', 'b', 'a']);
    expect(range(['a', 'd'], 'c')).toEqual(['a', 'b', 'c']);
    expect(range(['b'], 'b')).toEqual(['b']);
    expect(selectRange({ partIds: ['a'], plane: 1 }, 'b', list).plane).toBeNull();
  });

  it('is the row clicked where nothing is selected, or the first selected one is not listed', () => {
    expect(range([], 'c')).toEqual(['c']);
    expect(range(['gone'], 'c')).toEqual(['c']);
    expect(range(['a'], 'new')).toEqual(['new']);
  });
});

describe('keepExisting', () => {
  const kept = (partIds: readonly string[], plane: number | null): Selection =>
    keepExisting({ partIds, plane }, document);

  it('is the same selection when nothing is missing', () => {
    for (const selection of [
      NOTHING_SELECTED,
      { partIds: ['b'], plane: 5 },
      { partIds: ['c', 'a'], plane: null },
    ]) {
      expect(keepExisting(selection, document)).toBe(selection);
    }
  });

  it('leaves out parts that are gone, and a plane with its part', () => {
    expect(kept(['a', 'gone', 'c'], null)).toEqual({ partIds: ['a', 'c'], plane: null });
    expect(kept(['gone'], 0)).toEqual({ partIds: [], plane: null });
    expect(kept(['b'], 6)).toEqual({ partIds: ['b'], plane: null });
    expect(kept(['a', 'b'], 0)).toEqual({ partIds: ['a', 'b'], plane: null });
  });
});
