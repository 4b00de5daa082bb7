import { unzipSync, type UnzipFileInfo } from 'fflate';
import { ok, ProblemError, type Result } from '../../../shared/result';
import { READ_LIMITS } from './limits';
import { badFile, leavesFolder, quoted, tooMany, truncated, type Failure } from './problems';

/** Deflate cannot make more than this of one byte; a larger claim is a lie about memory. */
const MAXIMUM_RATIO = 1032;

/**
 * Unpacks the wanted entries of a zip archive into memory. The directory is checked before anything is inflated:
 * number of entries, names that stay in their folder, sizes. Nothing is written anywhere.
 * @param wanted decides by name
 */
export function readZip(
  bytes: Uint8Array,
  file: string,
  wanted: (name: string) => boolean,
): Result<ReadonlyMap<string, Uint8Array>> {
  const count = countEntries(bytes, file);
  if (!count.ok) return count;
  if (count.value > READ_LIMITS.archiveEntries) {
    return tooMany(file, 'the zip directory', `it lists ${count.value} entries`, READ_LIMITS.archiveEntries);
  }
  let total = 0;
  const filter = (entry: UnzipFileInfo): boolean => {
    const failure = checkEntry(entry, file);
    if (failure) throw new ProblemError(failure.error);
    if (!wanted(entry.name)) return false;
    total += entry.originalSize;
    if (total > READ_LIMITS.entryBytes) {
      throw new ProblemError(
        tooMany(
          file,
          `entry ${quoted(entry.name)}`,
          `the archive unpacks to ${total} bytes`,
          READ_LIMITS.entryBytes,
        ).error,
      );
    }
    return true;
  };
  try {
    return ok(new Map(Object.entries(unzipSync(bytes, { filter }))));
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, error: error.problem };
    return badFile(
      'file-damaged',
      file,
      'the zip archive',
      `an entry cannot be unpacked (${(error as Error).message})`,
      'The file looks damaged: copy or download it again.',
    );
  }
}

function checkEntry({ name, size, originalSize, compression }: UnzipFileInfo, file: string): Failure | null {
  const place = `entry ${quoted(name)}`;
  if (/^[/\\]|^[a-zA-Z]:|\\/.test(name) || name.split('/').includes('..')) {
    return leavesFolder(file, name);
  }
  if (originalSize > READ_LIMITS.entryBytes) {
    return tooMany(file, place, `it unpacks to ${originalSize} bytes`, READ_LIMITS.entryBytes);
  }
  if (originalSize > size * MAXIMUM_RATIO + 64) {
    return badFile(
      'archive-unsafe',
      file,
      place,
      `${size} packed bytes cannot unpack to ${originalSize}`,
      'The archive is damaged or was made to exhaust memory.',
    );
  }
  return compression === 0 || compression === 8
    ? null
    : badFile(
        'file-unsupported',
        file,
        place,
        `stored and deflated entries are read, found method ${compression}`,
        'Save it with numpy.savez or numpy.savez_compressed.',
      );
}

/** The number of entries that the end record announces. */
function countEntries(bytes: Uint8Array, file: string): Result<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The end record is followed by a comment of at most 65,535 bytes.
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const count = view.getUint16(at + 10, true);
    const zip64 = at >= 20 && view.getUint32(at - 20, true) === 0x07064b50;
    if (!zip64) return ok(count);
    const recordAt = Number(view.getBigUint64(at - 12, true));
    if (recordAt + 40 > bytes.length) break;
    return ok(Number(view.getBigUint64(recordAt + 32, true)));
  }
  return truncated(file, `byte ${bytes.length}`, 'the zip archive ends before its directory');
}
