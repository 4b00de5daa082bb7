import type { CollectionChoice } from '../../../shared/contract/explain';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import type { Result } from '../../../shared/result';
import { builtinPictures, openPictures } from '../../files/pictures';
import type { Grants } from './grants';

const KEPT_COLLECTIONS = 4;

/** The last opened ones, for the life of the process, by name or paths. */
const kept = new Map<string, Promise<Result<PictureDataset>>>();

/**
 * A collection of pictures; the last ones stay open. Problems: a file that is no longer granted, or that cannot be
 * read.
 * @param anew reads what is on the disk now, for a person who opens it
 */
export async function openCollection(
  choice: CollectionChoice,
  { grants }: { readonly grants: Grants },
  anew = false,
): Promise<Result<PictureDataset>> {
  if ('builtin' in choice) return keep(choice.builtin, false, () => builtinPictures(choice.builtin));
  const paths: string[] = [];
  for (const token of choice.tokens) {
    const path = grants.resolve(token, 'read');
    if (!path.ok) return path;
    paths.push(path.value);
  }
  return keep(JSON.stringify(paths), anew, () => openPictures(paths));
}

async function keep(
  key: string,
  anew: boolean,
  open: () => Promise<Result<PictureDataset>>,
): Promise<Result<PictureDataset>> {
  const known = anew ? undefined : kept.get(key);
  const opening = known ?? open();
  kept.delete(key);
  kept.set(key, opening);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_COLLECTIONS) break;
    kept.delete(oldest);
  }
  let opened: Result<PictureDataset> | undefined;
  try {
    opened = await opening;
    return opened;
  } finally {
    if (!opened?.ok && kept.get(key) === opening) kept.delete(key);
  }
}
