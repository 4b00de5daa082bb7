import { opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isReadAs } from '../../../shared/formats/lookup';
import { fail, ok, type Result } from '../../../shared/result';
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
 * and data sets, which hold meshes of their own, are passed over. Problem: a folder that cannot be listed.
 */
export async function findMeshes(folder: string, most: number): Promise<Result<FoundMeshes>> {
  const files: string[] = [];
  let left = most;
  let waiting: string[] = [''];
  for (let depth = 0; depth <= DEEPEST && waiting.length > 0; depth++) {
    const next: string[] = [];
    for (const place of waiting) {
      const listed = await listPlace(folder, place, left);
      // What lies deeper may be unreadable; the folder itself may not.
      if (!listed.ok && place === '') return listed;
      if (!listed.ok) continue;
      left -= listed.value.seen;
      files.push(...listed.value.files);
      next.push(...listed.value.folders);
      if (left <= 0) return ok({ files: files.sort(), more: true });
    }
    waiting = next.sort();
  }
  return ok({ files: files.sort(), more: waiting.length > 0 });
}

interface Place {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly seen: number;
}

async function listPlace(folder: string, place: string, most: number): Promise<Result<Place>> {
  const files: string[] = [];
  const folders: string[] = [];
  let seen = 0;
  try {
    for await (const entry of await opendir(join(folder, place))) {
      if (++seen > most) break;
      if (entry.name.startsWith('.')) continue;
      if (entry.name === DATASET_FILE && place !== '') return ok({ files: [], folders: [], seen });
      const path = place === '' ? entry.name : `${place}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await stat(join(folder, path)).catch(() => null) : entry;
      if (kind?.isDirectory()) folders.push(path);
      else if (kind?.isFile() && isReadAs(entry.name, 'mesh')) files.push(path);
    }
    return ok({ files, folders, seen });
  } catch (error) {
    return fail({
      code: 'dataset-unreadable',
      message: `${basename(folder)} could not be listed: ${(error as Error).message}.`,
      hint: 'Check that it is a folder and that you may read it.',
    });
  }
}
