import { join } from 'node:path';
import { isReadAs } from '../../../shared/formats/lookup';
import { ok, type Result } from '../../../shared/result';
import { peekFolder } from '../peek';
import { DATASET_FILE } from './shapes-format';

/** Folders within folders that are looked into: categories, and splits or shapes within them. */
const DEEPEST = 4;

export interface FoundMeshes {
  /** Places below the folder, joined by "/", in the order of their names. */
  readonly files: readonly string[];
  /** Whether the look ended before everything was seen. */
  readonly more: boolean;
}

/**
 * Looks for meshes in a folder and the folders within it, by their names, at `most` entries and no more. Hidden files
 * and data sets within it, which hold meshes of their own, are passed over. Problem: a folder that cannot be listed.
 */
export async function findMeshes(folder: string, most: number): Promise<Result<FoundMeshes>> {
  const found: string[] = [];
  let left = most;
  let waiting: string[] = [''];
  for (let depth = 0; depth <= DEEPEST && waiting.length > 0; depth++) {
    const next: string[] = [];
    for (const place of waiting) {
      const peeked = await peekFolder(join(folder, place), left);
      // What lies deeper may be unreadable; the folder itself may not.
      if (!peeked.ok && place === '') return peeked;
      if (!peeked.ok) continue;
      const { files, folders, seen, more } = peeked.value;
      left -= seen;
      if (place === '' || !files.includes(DATASET_FILE)) {
        const within = (name: string): string => (place === '' ? name : `${place}/${name}`);
        found.push(...files.filter((name) => isReadAs(name, 'mesh')).map(within));
        next.push(...folders.map(within));
      }
      if (more) return ok({ files: found.sort(), more });
    }
    waiting = next.sort();
  }
  return ok({ files: found.sort(), more: waiting.length > 0 });
}
