import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import { DSPRITES, DSPRITES_COUNT, DSPRITES_SIZE, dspritesFactors } from '../../synthetic/pictures/dsprites';
import { createRandom } from '../../../shared/random';
import type { Result } from '../../../shared/result';
import { encodeNpy, npyHeader } from '../write/npy';
import { throwIfStopped, writeNewFolder, type WriteControl } from '../new-folder';

export const DSPRITES_FILE = 'dsprites.npz';

/** Places of random combinations in the original file, different ones, in the original's order. */
export function randomSprites(count: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const places = Uint32Array.from({ length: DSPRITES_COUNT }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + random.integer(DSPRITES_COUNT - i);
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places.slice(0, count).sort();
}

/**
 * Places of every combination of some values per factor, evenly spread from the first on, in the original's order.
 * @param values how many of each factor: shape, scale, orientation, x, y
 */
export function spriteGrid(values: readonly number[]): Uint32Array {
  const kept = DSPRITES.factors.map((factor, k) => {
    const some = Array.from({ length: values[k] }, (_, i) => Math.floor((i * factor.values) / values[k]));
    return new Set(some);
  });
  const places: number[] = [];
  for (let place = 0; place < DSPRITES_COUNT; place++) {
    if (dspritesFactors(place).every((value, k) => kept[k].has(value))) places.push(place);
  }
  return Uint32Array.from(places);
}

/** Pictures per piece that is drawn and packed at once: 4 MB. */
const PIECE = 1024;

/**
 * Writes sprites as the original's .npz has them: imgs uint8 [N, 64, 64], latents_classes int64 [N, 6] and
 * latents_values float64 [N, 6], the first of the six being the one colour. The same places, the same bytes. Returns
 * the bytes written.
 */
export function writeDsprites(
  folder: string,
  places: Uint32Array,
  control: WriteControl = {},
): Promise<Result<number>> {
  return writeNewFolder(folder, async (temporary) => {
    const file = await open(join(temporary, DSPRITES_FILE), 'w');
    try {
      return await writeArchive(places, control, async (bytes) => {
        await file.writeFile(bytes);
      });
    } finally {
      await file.close();
    }
  });
}

async function writeArchive(
  places: Uint32Array,
  control: WriteControl,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<number> {
  const ready: Uint8Array[] = [];
  let written = 0;
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  const flush = async (): Promise<void> => {
    for (const bytes of ready.splice(0)) {
      await write(bytes);
      written += bytes.length;
    }
  };
  const add = (name: string): ZipDeflate => {
    // A zip file's dates are local time.
    const entry = new ZipDeflate(`${name}.npy`, { level: 6 });
    entry.mtime = new Date(1980, 0, 1);
    zip.add(entry);
    return entry;
  };
  const count = places.length;
  const images = add('imgs');
  images.push(npyHeader('u1', [count, DSPRITES_SIZE, DSPRITES_SIZE]));
  const each = DSPRITES_SIZE * DSPRITES_SIZE;
  for (let from = 0; from < count; from += PIECE) {
    throwIfStopped(control);
    const some = places.subarray(from, from + PIECE);
    const pixels = new Uint8Array(some.length * each);
    some.forEach((place, i) => pixels.set(DSPRITES.draw(dspritesFactors(place)), i * each));
    images.push(pixels, from + PIECE >= count);
    await flush();
    control.onProgress?.(Math.min(count, from + PIECE), count);
  }
  const classes = new Int32Array(count * 6);
  const values = new Float64Array(count * 6);
  places.forEach((place, i) => {
    const [shape, scale, orientation, x, y] = dspritesFactors(place);
    classes.set([0, shape, scale, orientation, x, y], i * 6);
    const turn = (2 * Math.PI * orientation) / 39;
    values.set([1, shape + 1, 0.5 + scale / 10, turn, x / 31, y / 31], i * 6);
  });
  add('latents_classes').push(encodeNpy({ type: 'i8', shape: [count, 6], data: classes }), true);
  add('latents_values').push(encodeNpy({ type: 'f8', shape: [count, 6], data: values }), true);
  zip.end();
  await flush();
  return written;
}
