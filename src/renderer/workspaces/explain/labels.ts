import type { OpenedCollection, PictureLabels } from '../../../shared/contract/explain';
import type { Split } from '../../../shared/dataset/types';
import type { ExplainState, PictureFilter } from './state';

/** The pictures of a split that pass a filter: a whole range, or the indices that are left of it. */
export interface Shown {
  readonly count: number;
  /** Null where every picture is shown. */
  readonly indices: Int32Array | null;
}

const NOTHING: Shown = { count: 0, indices: null };

/** What the grid shows. Without labels there is nothing to filter by. */
export function shownPictures({
  collection,
  split,
  filter,
}: Pick<ExplainState, 'collection' | 'split' | 'filter'>): Shown {
  if (!collection) return NOTHING;
  const labels = collection.opened.labels[split];
  const count = collection.opened.counts[split];
  if (!labels || (filter.class === null && filter.kind === 'all')) return { count, indices: null };
  const indices = filtered(labels, filter);
  return { count: indices.length, indices };
}

export function filtered({ classes, anomalous }: PictureLabels, filter: PictureFilter): Int32Array {
  const wanted = filter.kind === 'anomalous' ? 1 : 0;
  const indices: number[] = [];
  for (let i = 0; i < classes.length; i++) {
    if (filter.class !== null && classes[i] !== filter.class) continue;
    if (filter.kind !== 'all' && anomalous[i] !== wanted) continue;
    indices.push(i);
  }
  return Int32Array.from(indices);
}

/** Index in the split of a place in the grid. */
export function indexAt({ indices }: Shown, place: number): number {
  return indices ? indices[place] : place;
}

/** Place in the grid of an index in the split; -1 where the filter hides it. */
export function placeOf({ indices, count }: Shown, index: number): number {
  if (indices) return indices.indexOf(index);
  return index < count ? index : -1;
}

/** At most `most` of the shown pictures, spread evenly from the first on. */
export function spread(shown: Shown, most: number): readonly number[] {
  const count = Math.min(most, shown.count);
  return Array.from({ length: count }, (_, i) => indexAt(shown, Math.floor((i * shown.count) / count)));
}

/** Whether a split says of any picture that it does not belong. */
export function knowsAnomalies(opened: OpenedCollection, split: Split): boolean {
  return opened.labels[split]?.anomalous.some((value) => value === 1) ?? false;
}

export function className(
  { classes }: Pick<OpenedCollection, 'classes'>,
  index: number | null,
): string | null {
  return index === null || index < 0 ? null : (classes[index] ?? null);
}

/** The first split that has pictures to look at, the held-out ones before those that were learned from. */
export function firstSplit({ counts }: Pick<OpenedCollection, 'counts'>): Split {
  return (['test', 'validation', 'train'] as const).find((split) => counts[split] > 0) ?? 'test';
}

/** Pictures that stand for the whole split. */
export function samplePictures(state: ExplainState, most: number): readonly number[] {
  return spread(shownPictures({ ...state, filter: { class: null, kind: 'all' } }), most);
}
