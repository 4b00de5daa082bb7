import { basename } from 'node:path';
import type { Factor, PictureDataset } from '../../../shared/dataset/pictures';
import { DSPRITES_FACTORS } from '../../synthetic/pictures/dsprites';
import { fail, ok, ProblemError, type Result } from '../../../shared/result';
import { READ_LIMITS } from '../read/limits';
import { readNpy, readNpyHeader, type NpyHeader } from '../read/npy';
import { badFile, quoted, tooMany, truncated } from '../read/problems';
import { openZip, readEntry, type StreamedEntry } from '../read/zip-stream';
import { createBitStore, type BitStore } from './bit-store';
import { outOfRange } from './problems';
import { splitIndices } from './splits';

const MOST_PICTURES = 5_000_000;
const MOST_SIDE = 256;
const HINT =
  'Use dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz, or write one with "halfspace dataset dsprites".';

/**
 * Opens dSprites (Matthey et al. 2017): an .npz with imgs, uint8 [N, S, S] of 0 and 1, and latents_classes [N, 6] or
 * [N, 5], the values' indices with or without the one colour. The pictures are unpacked piece by piece and kept as
 * bits, some 60 MB for all 737,280 instead of 3 GB. A tenth each is for validation and testing, the same every time.
 */
export async function openDspritesNpz(path: string): Promise<Result<PictureDataset>> {
  const zip = await openZip(path);
  if (!zip.ok) return zip;
  const { entries, close } = zip.value;
  try {
    const classes = await readClasses(entryOf(entries, 'latents_classes', path), path);
    const pictures = await readPictures(entryOf(entries, 'imgs', path), path);
    const { store, size } = pictures;
    if (store.count !== classes.count) {
      const what = `it has ${store.count} pictures, latents_classes.npy has ${classes.count} rows`;
      return badFile('file-damaged', path, 'entry imgs.npy', what, HINT);
    }
    return ok(spritesDataset(basename(path), store, size, classes));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    const what = `an entry cannot be unpacked (${error instanceof Error ? error.message : String(error)})`;
    return badFile('file-damaged', path, 'the zip archive', what, 'Copy or download it again.');
  } finally {
    close();
  }
}

interface Classes {
  readonly count: number;
  readonly factors: readonly Factor[];
  /** [count * factors.length] */
  readonly values: Uint16Array;
}

function spritesDataset(name: string, store: BitStore, size: number, classes: Classes): PictureDataset {
  const { factors, values } = classes;
  const indices = splitIndices(store.count);
  const row = (index: number): number[] => [
    ...values.subarray(index * factors.length, (index + 1) * factors.length),
  ];
  const digits = String(store.count - 1).length;
  const dataset: PictureDataset = {
    name,
    format: 'dSprites',
    classes: ['square', 'ellipse', 'heart'],
    factors,
    size: { width: size, height: size, channels: 1 },
    notes: ['One picture of ten is kept for validation, one for testing.'],
    count: (split) => indices[split].length,
    at: (split, index) => {
      const own = indices[split][index];
      const at = row(own);
      return { id: String(own).padStart(digits, '0'), class: at[0], anomalous: null, factors: at };
    },
    read: async (split, index) => {
      const problem = outOfRange(dataset, split, index);
      if (problem) return problem;
      return ok({ width: size, height: size, channels: 1, pixels: store.get(indices[split][index]) });
    },
    mask: async (split, index) => outOfRange(dataset, split, index) ?? ok(null),
  };
  return dataset;
}

function entryOf(entries: readonly StreamedEntry[], name: string, path: string): StreamedEntry {
  const entry = entries.find((one) => one.name === `${name}.npy`);
  if (entry) return entry;
  throw problem(badFile('file-damaged', path, 'the archive', `it has no ${name}.npy`, HINT));
}

function problem(failure: Result<never>): Error {
  return failure.ok ? new Error('no problem') : new ProblemError(failure.error);
}

/** Indices per factor; a first column that is 0 everywhere is the colour and is left out. */
async function readClasses(entry: StreamedEntry, path: string): Promise<Classes> {
  const place = `${path}, entry ${entry.name}`;
  if (entry.bytes > READ_LIMITS.entryBytes) {
    throw problem(
      tooMany(
        path,
        `entry ${quoted(entry.name)}`,
        `it unpacks to ${entry.bytes} bytes`,
        READ_LIMITS.entryBytes,
      ),
    );
  }
  const array = readNpy(await readEntry(entry), place);
  if (!array.ok) throw problem(array);
  const { shape, data } = array.value;
  const columns = DSPRITES_FACTORS.length;
  if (shape.length !== 2 || (shape[1] !== columns && shape[1] !== columns + 1)) {
    const what = `the shape must be (N, 6) or (N, 5), found (${shape.join(', ')})`;
    throw problem(badFile('file-damaged', path, `entry ${entry.name}`, what, HINT));
  }
  const [count, width] = shape;
  const values = new Uint16Array(count * columns);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < columns; k++) {
      const value = data[i * width + width - columns + k];
      if (!(Number.isInteger(value) && value >= 0 && value < DSPRITES_FACTORS[k].values)) {
        const { name, values: most } = DSPRITES_FACTORS[k];
        const what = `${name} is ${value}, it takes 0 to ${most - 1}`;
        throw problem(badFile('file-damaged', path, `entry ${entry.name}, row ${i}`, what, HINT));
      }
      values[i * columns + k] = value;
    }
  }
  return { count, factors: DSPRITES_FACTORS, values };
}

async function readPictures(
  entry: StreamedEntry,
  path: string,
): Promise<{ readonly store: BitStore; readonly size: number }> {
  const place = `entry ${entry.name}`;
  let header: NpyHeader | null = null;
  let store: BitStore | null = null;
  let rest: Buffer = Buffer.alloc(0);
  let each = 0;
  for await (const piece of await entry.open()) {
    rest = rest.length === 0 ? (piece as Buffer) : Buffer.concat([rest, piece as Buffer]);
    if (!header) {
      const read = readNpyHeader(rest, `${path}, ${place}`);
      if (!read.ok) throw problem(read);
      header = read.value;
      checkShape(header, path, place);
      each = header.shape[1] ** 2;
      store = createBitStore(header.shape[1], header.shape[0]);
      rest = rest.subarray(header.bodyAt);
    }
    const whole = Math.min(Math.floor(rest.length / each), header.shape[0] - store!.count);
    for (let i = 0; i < whole; i++) {
      const pixels = rest.subarray(i * each, (i + 1) * each);
      store!.add(pixels);
    }
    rest = rest.subarray(whole * each);
    if (store!.count === header.shape[0]) break;
  }
  if (header && store && store.count === header.shape[0]) return { store, size: header.shape[1] };
  const what = `${header?.shape[0] ?? 0} pictures are announced, ${store?.count ?? 0} follow`;
  throw problem(truncated(path, place, what));
}

function checkShape({ shape, type, fortran }: NpyHeader, path: string, place: string): void {
  if (
    shape.length !== 3 ||
    shape[1] !== shape[2] ||
    shape[1] < 8 ||
    shape[0] === 0 ||
    type !== 'u1' ||
    fortran
  ) {
    const what = `uint8 [N, S, S] in C order is needed, found ${type} (${shape.join(', ')})`;
    throw problem(badFile('file-unsupported', path, place, what, HINT));
  }
  if (shape[0] > MOST_PICTURES)
    throw problem(tooMany(path, place, `it has ${shape[0]} pictures`, MOST_PICTURES));
  if (shape[1] > MOST_SIDE)
    throw problem(tooMany(path, place, `its pictures have ${shape[1]} rows`, MOST_SIDE));
}
