import { fieldNames, type FieldsOf, type Identified } from './records';

interface Change<T> {
  readonly before: T;
  readonly after: T;
}

type FieldDiff =
  | ({ readonly compared: 'whole' } & Change<unknown>)
  | {
      readonly compared: 'by id';
      /** By id; null on the side where the member does not exist. */
      readonly members: ReadonlyMap<string, Change<Identified | null>>;
      /** The ids in order; null when the order on both sides is the same. */
      readonly order: Change<readonly string[]> | null;
    };

/**
 * What distinguishes two records, by field, invertible. It holds references to what changed and nothing else, so it can
 * be applied to a record that has changed elsewhere in the meantime.
 */
export type Diff<R> = ReadonlyMap<keyof R & string, FieldDiff>;

/** The diff from one record to another, found by each field's own comparison over all fields that are declared. */
export function compareRecords<R>(fields: FieldsOf<R>, before: R, after: R): Diff<R> {
  const diff = new Map<keyof R & string, FieldDiff>();
  for (const name of fieldNames(fields)) {
    const { compared, same } = fields[name];
    if (same(before[name], after[name])) continue;
    if (compared === 'whole') {
      diff.set(name, { compared, before: before[name], after: after[name] });
      continue;
    }
    const members = compareMembers(membersOf(before[name]), membersOf(after[name]));
    if (members) diff.set(name, members);
  }
  return diff;
}

export function invertDiff<R>(diff: Diff<R>): Diff<R> {
  return new Map(
    [...diff].map(([name, change]) => [
      name,
      change.compared === 'whole'
        ? { ...change, ...invert(change) }
        : {
            ...change,
            members: new Map([...change.members].map(([id, member]) => [id, invert(member)])),
            order: change.order && invert(change.order),
          },
    ]),
  );
}

/**
 * The record with a diff's `after` side. A change to a member that has been removed since is left out; a member that
 * the diff's order does not know keeps its place behind the one it follows now.
 */
export function applyDiff<R>(record: R, diff: Diff<R>): R {
  const changed = [...diff].map(([name, change]) => [
    name,
    change.compared === 'whole' ? change.after : applyToMembers(membersOf(record[name]), change),
  ]);
  return { ...record, ...Object.fromEntries(changed) };
}

/** Whether a person would see a difference: what the history writes by itself is none. */
export function isEdit<R>(fields: FieldsOf<R>, diff: Diff<R>): boolean {
  return [...diff.keys()].some((name) => fields[name].writtenBy === 'edits');
}

/** The part of a diff in which values differ, too: a member set back to what it already is, is another object. */
export function differingByValue<R>(diff: Diff<R>): Diff<R> {
  return new Map(
    [...diff].filter(([, change]) =>
      change.compared === 'whole'
        ? !sameValue(change)
        : change.order !== null || [...change.members.values()].some((member) => !sameValue(member)),
    ),
  );
}

type MembersDiff = Extract<FieldDiff, { compared: 'by id' }>;

/** Null when the same members stand in the same order. */
function compareMembers(before: readonly Identified[], after: readonly Identified[]): MembersDiff | null {
  const members = new Map<string, Change<Identified | null>>();
  const afterById = new Map(after.map((member) => [member.id, member]));
  for (const member of before) {
    const other = afterById.get(member.id) ?? null;
    if (other !== member) members.set(member.id, { before: member, after: other });
    afterById.delete(member.id);
  }
  for (const member of afterById.values()) members.set(member.id, { before: null, after: member });
  const [idsBefore, idsAfter] = [before, after].map((list) => list.map(({ id }) => id));
  const sameOrder = idsBefore.length === idsAfter.length && idsBefore.every((id, i) => id === idsAfter[i]);
  if (members.size === 0 && sameOrder) return null;
  return {
    compared: 'by id',
    members,
    order: sameOrder ? null : { before: idsBefore, after: idsAfter },
  };
}

function applyToMembers(list: readonly Identified[], { members, order }: MembersDiff): readonly Identified[] {
  const byId = new Map(list.map((member) => [member.id, member]));
  for (const [id, { before, after }] of members) {
    if (after === null) byId.delete(id);
    else if (before === null || byId.has(id)) byId.set(id, after);
  }
  const present = [...byId.keys()];
  return (order ? mergeOrder(present, order.after) : present).map((id) => byId.get(id)!);
}

/** `present` in the order of `wanted`; ids that `wanted` lacks stay behind their predecessor. */
function mergeOrder(present: readonly string[], wanted: readonly string[]): readonly string[] {
  const existing = new Set(present);
  const known = new Set(wanted);
  const merged = wanted.filter((id) => existing.has(id));
  present.forEach((id, position) => {
    if (known.has(id)) return;
    const predecessor = position === 0 ? -1 : merged.indexOf(present[position - 1]);
    merged.splice(predecessor + 1, 0, id);
  });
  return merged;
}

/** Fields that are compared by id hold lists of members: `collection` declares no others. */
function membersOf(value: unknown): readonly Identified[] {
  return value as readonly Identified[];
}

function invert<T>({ before, after }: Change<T>): Change<T> {
  return { before: after, after: before };
}

function sameValue({ before, after }: Change<unknown>): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
