import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applyDiff, compareRecords, differingByValue, invertDiff, isEdit } from './diff';
import {
  collection,
  createRecord,
  fileVersion,
  FROM_THE_START,
  recordSchema,
  whole,
  type RecordOf,
} from './records';

/** A record as the document may be one day: two collections, a field of its own equality, one that came later. */
const FIELDS = {
  title: whole({ schema: z.string(), initial: () => '', ...FROM_THE_START }),
  parts: collection({
    member: z.object({ id: z.string(), size: z.number() }),
    most: 3,
    initial: () => [],
    ...FROM_THE_START,
  }),
  cameras: collection({
    member: z.object({ id: z.string(), focal: z.number() }),
    most: 8,
    initial: () => [],
    missing: () => [],
    version: (cameras) => (cameras.length > 0 ? 3 : 1),
  }),
  tolerance: whole({
    schema: z.number(),
    initial: () => 1,
    missing: () => 0,
    version: () => 1,
    same: (a, b) => Math.abs(a - b) < 1e-9,
  }),
  log: whole({ schema: z.string(), initial: () => '', writtenBy: 'history', ...FROM_THE_START }),
};
type Plan = RecordOf<typeof FIELDS>;

const part = (id: string, size = 1) => ({ id, size });
const camera = (id: string, focal = 50) => ({ id, focal });
const plan = (given: Partial<Plan> = {}): Plan => createRecord<Plan>(FIELDS, given);
const diffOf = (before: Plan, after: Plan) => compareRecords<Plan>(FIELDS, before, after);

describe('a diff of records', () => {
  it('takes every declared field there and back', () => {
    const before = plan({ parts: [part('a'), part('b')] });
    const after: Plan = {
      title: 'new',
      parts: [part('b', 2), part('c')],
      cameras: [camera('x')],
      tolerance: 2,
      log: 'written',
    };
    const diff = diffOf(before, after);
    expect([...diff.keys()]).toEqual(Object.keys(FIELDS));
    expect(applyDiff(before, diff)).toEqual(after);
    expect(applyDiff(after, invertDiff(diff))).toEqual(before);
  });

  it('holds only what changed, so two changes of different members are undone apart', () => {
    const start = plan({ parts: [part('a'), part('b')], cameras: [camera('x')] });
    const first = { ...start, parts: [part('a', 5), start.parts[1]] };
    const second = { ...first, parts: [first.parts[0], part('b', 7)], cameras: [camera('x', 35)] };
    const withoutFirst = applyDiff(second, invertDiff(diffOf(start, first)));
    expect(withoutFirst).toEqual({ ...second, parts: [part('a'), part('b', 7)] });
    expect(withoutFirst.cameras).toBe(second.cameras);
  });

  it('keeps the order of members, and the place of one that came from elsewhere', () => {
    const start = plan({ parts: [part('a'), part('b'), part('c')] });
    const turned = { ...start, parts: start.parts.toReversed() };
    const back = invertDiff(diffOf(start, turned));
    expect(applyDiff(turned, back)).toEqual(start);
    const [c, b, a] = turned.parts;
    const grown = { ...turned, parts: [c, part('new'), b, a] };
    expect(applyDiff(grown, back).parts.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'new']);
    const first = { ...turned, parts: [part('new'), c, b, a] };
    expect(applyDiff(first, back).parts.map(({ id }) => id)).toEqual(['new', 'a', 'b', 'c']);
    const shrunk = { ...turned, parts: [c, a] };
    expect(applyDiff(shrunk, back).parts.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('is empty for the same members in a new list, and for values that a field calls the same', () => {
    const start = plan({ parts: [part('a')], tolerance: 1 });
    expect(diffOf(start, { ...start, parts: [...start.parts], tolerance: 1 + 1e-12 }).size).toBe(0);
  });

  it('leaves out a change to a member that has been removed since, and puts back what it removed itself', () => {
    const start = plan({ parts: [part('a'), part('b')] });
    const grown = { ...start, parts: [start.parts[0], part('b', 7)] };
    const without = { ...grown, parts: [grown.parts[0]] };
    expect(applyDiff(without, invertDiff(diffOf(start, grown)))).toEqual(without);
    expect(applyDiff(without, invertDiff(diffOf(grown, without)))).toEqual(grown);
  });

  it('differs by value where one member does, or the order', () => {
    const start = plan({ parts: [part('a'), part('b')] });
    const names = (after: Plan): string[] => [...differingByValue(diffOf(start, after)).keys()];
    expect(names({ ...start, parts: [part('a'), part('b')] })).toEqual([]);
    expect(names({ ...start, parts: [part('a'), part('b', 2)] })).toEqual(['parts']);
    expect(names({ ...start, parts: [part('a', 2), part('b')] })).toEqual(['parts']);
    expect(names({ ...start, parts: start.parts.toReversed() })).toEqual(['parts']);
    expect(names({ ...start, tolerance: 2 })).toEqual(['tolerance']);
  });

  it('is no edit when only the history wrote, and differs by value only where values do', () => {
    const start = plan({ parts: [part('a')] });
    expect(isEdit<Plan>(FIELDS, diffOf(start, { ...start, log: 'x' }))).toBe(false);
    expect(isEdit<Plan>(FIELDS, diffOf(start, { ...start, title: 'x' }))).toBe(true);
    const copied = diffOf(start, { ...start, parts: [part('a')], title: 'x' });
    expect([...copied.keys()]).toEqual(['title', 'parts']);
    expect([...differingByValue(copied).keys()]).toEqual(['title']);
  });
});

describe('a declared record', () => {
  const schema = recordSchema<Plan>(FIELDS);
  const old = { title: 't', parts: [part('a')], log: '' };

  it('gives an older file what it lacks, and refuses one without what every file has', () => {
    expect(schema.parse(old)).toEqual({ ...old, cameras: [], tolerance: 0 });
    const without = schema.safeParse({ ...old, title: undefined });
    expect(without.error?.issues[0].path).toEqual(['title']);
  });

  it('starts with every field', () => {
    expect(plan({ title: 't' })).toEqual({ title: 't', parts: [], cameras: [], tolerance: 1, log: '' });
  });

  it('needs the version of the newest field that holds something', () => {
    expect(fileVersion<Plan>(FIELDS, plan())).toBe(1);
    expect(fileVersion<Plan>(FIELDS, plan({ cameras: [camera('x')] }))).toBe(3);
  });

  it('refuses a member that is there twice by its place: changes could not tell them apart', () => {
    const twice = schema.safeParse({ ...old, parts: [part('a'), part('b'), part('a')] });
    expect(twice.error?.issues[0]).toMatchObject({ path: ['parts', 2, 'id'], message: '"a" is there twice' });
    expect(schema.safeParse({ ...old, parts: 'abcd'.split('').map((id) => part(id)) }).success).toBe(false);
  });
});
