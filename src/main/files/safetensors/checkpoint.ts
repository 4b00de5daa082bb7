import { open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Result } from '../../../shared/result';
import { writeFileAtomic } from '../atomic';
import { badFile, tooMany } from '../read/problems';
import { readSafetensors } from './read';
import type { SafetensorsContent } from './types';
import { encodeSafetensors } from './write';

/** Weights of 30 million parameters with two moments of the optimiser take 0.37 GB. */
const MAXIMUM_BYTES = 2 ** 31 - 1;

/**
 * Writes a checkpoint beside the last one, flushes it to the disk and renames it over: a process that is killed at
 * any moment leaves the old one or the new one readable. What earlier kills left behind is removed.
 * Only one writer may use a path at a time.
 * @returns the number of bytes written
 */
export async function writeCheckpoint(path: string, content: SafetensorsContent): Promise<Result<number>> {
  const bytes = encodeSafetensors(content);
  if (!bytes.ok) return bytes;
  await removeLeftovers(path);
  return writeFileAtomic(path, bytes.value);
}

/** Temporary files of writes that did not end. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  // The folder may not exist yet; writing makes it.
  const names = await readdir(folder).catch((): string[] => []);
  const mine = names.filter((name) => name.startsWith(`.${basename(path)}.`) && name.endsWith('.part'));
  await Promise.all(mine.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}

/** Reads a safetensors file from the disk, its size checked first. */
export async function readCheckpoint(path: string): Promise<Result<SafetensorsContent>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > MAXIMUM_BYTES) return tooMany(path, 'the file', `it has ${size} bytes`, MAXIMUM_BYTES);
    return readSafetensors(await file.readFile(), path);
  } catch (error) {
    return badFile(
      'file-unreadable',
      path,
      'the file',
      `it could not be read (${error instanceof Error ? error.message : String(error)})`,
      'Check that it exists and that you may read it.',
    );
  } finally {
    await file?.close();
  }
}
