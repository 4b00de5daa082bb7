import { MOST_PICTURES, type CollectionPicture } from '../../../shared/contract/explain';
import type { Workbench } from '../../workbench/state/workbench';
import { collectionKey } from './keys';
import { explainSlice } from './state';

/** Pictures that are kept, so that a collection of any length fits into memory. */
const KEPT = 4096;

/** Indices that are on their way, per window. */
const asked = new WeakMap<Workbench, { readonly key: string; readonly indices: Set<number> }>();

/** Reads those of some pictures that are not there yet. Pictures of a collection that was left are dropped. */
export async function readPictures(workbench: Workbench, indices: readonly number[]): Promise<void> {
  const { collection, split, pictures } = explainSlice.get(workbench);
  if (!collection) return;
  const key = collectionKey(collection.choice, split);
  const underway = askedFor(workbench, key);
  const missing = indices
    .filter((index) => !pictures.has(index) && !underway.has(index))
    .slice(0, MOST_PICTURES);
  if (missing.length === 0) return;
  for (const index of missing) underway.add(index);
  const { result } = workbench.engine.startJob({
    kind: 'read-pictures',
    selection: { collection: collection.choice, split, indices: missing },
  });
  const end = await result;
  for (const index of missing) underway.delete(index);
  const now = explainSlice.get(workbench);
  if (!now.collection || collectionKey(now.collection.choice, now.split) !== key) return;
  if (end.ok) explainSlice.set(workbench, { pictures: merged(now.pictures, end.value.value.pictures) });
  else if (end.error.code !== 'cancelled') explainSlice.set(workbench, { problem: end.error });
}

function askedFor(workbench: Workbench, key: string): Set<number> {
  const known = asked.get(workbench);
  if (known?.key === key) return known.indices;
  const indices = new Set<number>();
  asked.set(workbench, { key, indices });
  return indices;
}

/** What was read last goes last, and what has been there for longest leaves first. */
function merged(
  before: ReadonlyMap<number, CollectionPicture>,
  read: readonly CollectionPicture[],
): ReadonlyMap<number, CollectionPicture> {
  const all = new Map(before);
  for (const picture of read) all.set(picture.index, picture);
  for (const index of all.keys()) {
    if (all.size <= KEPT) break;
    all.delete(index);
  }
  return all;
}
