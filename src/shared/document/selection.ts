import type { HalfspaceDocument } from './types';

export interface Selection {
  /** In the order of selection; the last one leads. */
  readonly partIds: readonly string[];
  /** Index of the selected plane of the only selected part; null when none. */
  readonly plane: number | null;
}

export const NOTHING_SELECTED: Selection = { partIds: [], plane: null };

/** The selection less what the document no longer has; the same object when nothing is missing. */
export function keepExisting(selection: Selection, document: HalfspaceDocument): Selection {
  const parts = new Map(document.parts.map((part) => [part.id, part]));
  const partIds = selection.partIds.filter((id) => parts.has(id));
  const planes = partIds.length === 1 ? (parts.get(partIds[0])?.planes.length ?? 0) : 0;
  const plane = selection.plane !== null && selection.plane < planes ? selection.plane : null;
  if (partIds.length === selection.partIds.length && plane === selection.plane) return selection;
  return { partIds, plane };
}

/** What a click selects: the part alone, or, additively, the part toggled within the selection. */
export function selectPart(selection: Selection, partId: string, additive: boolean): Selection {
  if (!additive) return { partIds: [partId], plane: null };
  const without = selection.partIds.filter((id) => id !== partId);
  const partIds = without.length < selection.partIds.length ? without : [...without, partId];
  return { partIds, plane: null };
}

/**
 * All parts from the first selected one to `partId`, in the order of the list, first selected first: a Shift click in
 * a list.
 */
export function selectRange(selection: Selection, partId: string, ids: readonly string[]): Selection {
  const anchor = selection.partIds[0] ?? partId;
  const [from, to] = [ids.indexOf(anchor), ids.indexOf(partId)];
  if (from < 0 || to < 0) return { partIds: [partId], plane: null };
  const range = from <= to ? ids.slice(from, to + 1) : ids.slice(to, from + 1).reverse();
  return { partIds: range, plane: null };
}
