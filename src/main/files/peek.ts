import { opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result';

/** Some of what lies in a folder, without hidden files. */
export interface Peek {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Entries that were looked at. */
  readonly seen: number;
  /** Whether the look ended before everything was seen. */
  readonly more: boolean;
}

/**
 * Looks at no more than `most` entries of a folder; links count as what they lead to. Names are sorted. Problem: a
 * folder that cannot be listed.
 */
export async function peekFolder(folder: string, most: number): Promise<Result<Peek>> {
  const files: string[] = [];
  const folders: string[] = [];
  let seen = 0;
  let more = false;
  try {
    for await (const entry of await opendir(folder)) {
      if (seen === most) {
        more = true;
        break;
      }
      seen++;
      const { name } = entry;
      if (name.startsWith('.')) continue;
      const kind = entry.isSymbolicLink() ? await stat(join(folder, name)).catch(() => null) : entry;
      if (kind?.isDirectory()) folders.push(name);
      else if (kind?.isFile()) files.push(name);
    }
    return ok({ files: files.sort(), folders: folders.sort(), seen, more });
  } catch (error) {
    return fail({
      code: 'dataset-unreadable',
      message: `${basename(folder)} could not be listed: ${(error as Error).message}.`,
      hint: 'Check that it is a folder and that you may read it.',
    });
  }
}
