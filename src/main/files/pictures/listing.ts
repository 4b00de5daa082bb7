import { readdir } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/result';
import { tooMany } from '../read/problems';

const MOST_NAMES = 2_000_000;

/** What lies in a folder: names in an order that counts numbers as numbers, without hidden files. */
export interface Listing {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** Lists a folder; links count as what they lead to. Problems: a folder that cannot be listed, too many names. */
export async function listFolder(folder: string): Promise<Result<Listing>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    if (entries.length > MOST_NAMES) {
      return tooMany(folder, 'the folder', `it has ${entries.length} entries`, MOST_NAMES);
    }
    const shown = entries.filter(({ name }) => !name.startsWith('.'));
    const isFolder = await Promise.all(
      shown.map(async (entry) => {
        if (!entry.isSymbolicLink()) return entry.isDirectory();
        return readdir(`${folder}/${entry.name}`).then(
          () => true,
          () => false,
        );
      }),
    );
    const names = (wanted: boolean): string[] =>
      shown.flatMap(({ name }, i) => (isFolder[i] === wanted ? [name] : [])).sort(ORDER.compare);
    return ok({ folders: names(true), files: names(false) });
  } catch (error) {
    return fail({
      code: 'dataset-unreadable',
      message: `${folder} could not be listed: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Check that it is a folder and that you may read it.',
    });
  }
}

const ORDER = new Intl.Collator('en', { numeric: true });

/** A file's name without its last ending. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}
