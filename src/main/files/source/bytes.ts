import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { ok, type Result } from '../../../shared/result';
import type { ReadBeside } from '../read/gltf';
import { READ_LIMITS } from '../read/limits';
import { badFile, quoted, tooMany } from '../read/problems';

/** The bytes of a file, once its size is known to be bearable. */
export async function readBytes(
  path: string,
  limit: number = READ_LIMITS.fileBytes,
): Promise<Result<Uint8Array>> {
  const file = basename(path);
  try {
    const information = await stat(path);
    if (!information.isFile()) return unreadable(file, 'it is not a file');
    if (information.size > limit) return tooMany(file, 'the file', `it has ${information.size} bytes`, limit);
    return ok(await readFile(path));
  } catch (error) {
    return unreadable(
      file,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : String(error),
    );
  }
}

function unreadable(file: string, reason: string): Result<never> {
  return badFile(
    'file-unreadable',
    file,
    'the file',
    `it could not be read: ${reason}`,
    'Check that it is still there and that you may read it.',
  );
}

/** Reads files below the folder of `path`; a link that leads out of it is refused. */
export function besideOf(path: string): ReadBeside {
  return async (relative) => {
    const folder = dirname(path);
    const target = join(folder, relative);
    try {
      const [root, real] = await Promise.all([realpath(folder), realpath(target)]);
      if (!real.startsWith(root + sep)) {
        return badFile(
          'archive-unsafe',
          basename(path),
          quoted(relative),
          "it leads out of the file's own folder",
          'Put the file beside it.',
        );
      }
    } catch {
      return badFile(
        'file-unreadable',
        basename(path),
        quoted(relative),
        'the file needs it and it is not there',
        'Keep the buffers beside the .gltf, or export it as GLB.',
      );
    }
    return readBytes(target);
  };
}
