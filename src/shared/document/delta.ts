import type { ConvexPart } from '../shape/types';
import type { HalfspaceDocument } from './types';

/** Fields that a delta carries whole. Parts are compared one by one instead; the id never changes. */
const FIELDS = [
  'name',
  'frame',
  'sharpness',
  'source',
  'recipe',
  'adoptedParts',
  'journal',
] as const satisfies readonly (keyof HalfspaceDocument)[];

type Field = (typeof FIELDS)[number];

interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/**
 * What distinguishes two documents, invertible. It holds references to what changed and nothing else, so it can be
 * applied to a document that has changed elsewhere in the meantime.
 */
export interface Delta {
  readonly fields: readonly (Change<HalfspaceDocument[Field]> & { readonly field: Field })[];
  /** By part id; null on the side where the part does not exist. */
  readonly parts: ReadonlyMap<string, Change<ConvexPart | null>>;
  /** Part ids in order; null when the order of the parts on both sides is the same. */
  readonly order: Change<readonly string[]> | null;
}

/** The delta from one document to another, found by identity: unchanged parts share their objects. */
export function compareDocuments(before: HalfspaceDocument, after: HalfspaceDocument): Delta {
  const fields = FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
  const parts = new Map<string, Change<ConvexPart | null>>();
  if (before.parts === after.parts) return { fields, parts, order: null };
  const afterById = new Map(after.parts.map((part) => [part.id, part]));
  for (const part of before.parts) {
    const other = afterById.get(part.id) ?? null;
    if (other !== part) parts.set(part.id, { before: part, after: other });
    afterById.delete(part.id);
  }
  for (const part of afterById.values()) parts.set(part.id, { before: null, after: part });
  const idsBefore = before.parts.map((part) => part.id);
  const idsAfter = after.parts.map((part) => part.id);
  const sameOrder = idsBefore.length === idsAfter.length && idsBefore.every((id, i) => id === idsAfter[i]);
  return { fields, parts, order: sameOrder ? null : { before: idsBefore, after: idsAfter } };
}

export function invertDelta(delta: Delta): Delta {
  return {
    fields: delta.fields.map((change) => ({ field: change.field, ...invert(change) })),
    parts: new Map([...delta.parts].map(([id, change]) => [id, invert(change)])),
    order: delta.order && invert(delta.order),
  };
}

/**
 * The document with a delta's `after` side. A change to a part that has been removed since is left out; a part that
 * the delta's order does not know keeps its place behind the part it follows now.
 */
export function applyDelta(document: HalfspaceDocument, delta: Delta): HalfspaceDocument {
  const fields = Object.fromEntries(delta.fields.map(({ field, after }) => [field, after]));
  const changed = { ...document, ...fields };
  if (delta.parts.size === 0 && !delta.order) return changed;
  const byId = new Map(document.parts.map((part) => [part.id, part]));
  for (const [id, { before, after }] of delta.parts) {
    if (after === null) byId.delete(id);
    else if (before === null || byId.has(id)) byId.set(id, after);
  }
  const present = [...byId.keys()];
  const order = delta.order ? mergeOrder(present, delta.order.after) : present;
  return { ...changed, parts: order.flatMap((id) => byId.get(id) ?? []) };
}

/** Whether a person would see a difference: the journal alone is none. */
export function isVisible(delta: Delta): boolean {
  return (
    delta.parts.size > 0 || delta.order !== null || delta.fields.some(({ field }) => field !== 'journal')
  );
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

function invert<T>({ before, after }: Change<T>): Change<T> {
  return { before: after, after: before };
}
