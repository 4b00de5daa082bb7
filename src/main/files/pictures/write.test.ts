import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { SPLITS } from '../../../shared/dataset/types';
import { DSPRITES, dspritesFactors, dspritesIndex } from '../../synthetic/pictures/dsprites';
import { unwrap } from '../../../shared/result';
import { readNpy } from '../read/npy';
import { readZip } from '../read/zip';
import { inFolder } from '../tfrecord/fixtures';
import { encodeNpy, encodeNpz, type NpyContent } from '../write/npy';
import { createBitStore } from './bit-store';
import { openPictures } from './index';
import { DSPRITES_FILE, randomSprites, spriteGrid, writeDsprites } from './write-dsprites';
import { writePlanted } from './write-planted';

/** Every picture's factors and pixels, by the picture's name. */
async function contents(dataset: PictureDataset) {
  const all = new Map<string, { factors: readonly number[] | null; pixels: Uint8Array }>();
  for (const split of SPLITS) {
    for (let i = 0; i < dataset.count(split); i++) {
      const { id, factors } = dataset.at(split, i);
      all.set(id, { factors, pixels: unwrap(await dataset.read(split, i)).pixels });
    }
  }
  return all;
}

describe('writing sprites', () => {
  it('takes different random places, and a grid in the order of the original', () => {
    const some = randomSprites(2000, 4);
    expect(new Set(some).size).toBe(2000);
    expect(some).toEqual(some.slice().sort());
    expect(randomSprites(2000, 4)).toEqual(some);
    expect(randomSprites(2000, 5)).not.toEqual(some);
    const grid = spriteGrid([3, 2, 4, 2, 1]);
    expect(grid.length).toBe(48);
    expect([...grid.subarray(0, 3)].map(dspritesFactors)).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 16, 0],
      [0, 0, 10, 0, 0],
    ]);
  });

  it('writes the arrays of the original, which come back as they were drawn', async () => {
    await inFolder(async (folder) => {
      const places = randomSprites(1030, 1);
      const home = join(folder, 'made');
      const bytes = unwrap(await writeDsprites(home, places));
      const path = join(home, DSPRITES_FILE);
      const archive = await readFile(path);
      expect(archive.length).toBe(bytes);
      const entries = unwrap(readZip(archive, path, () => true));
      const values = unwrap(readNpy(entries.get('latents_values.npy')!, path));
      const classes = unwrap(readNpy(entries.get('latents_classes.npy')!, path));
      expect([values.type, values.shape, classes.type, classes.shape]).toEqual([
        'f8',
        [1030, 6],
        'i8',
        [1030, 6],
      ]);
      const [shape, scale, turn, x, y] = dspritesFactors(places[7]);
      expect([...classes.data.subarray(42, 48)]).toEqual([0, shape, scale, turn, x, y]);
      expect([...values.data.subarray(42, 48)]).toEqual([
        1,
        shape + 1,
        0.5 + scale / 10,
        (2 * Math.PI * turn) / 39,
        x / 31,
        y / 31,
      ]);
      const dataset = unwrap(await openPictures([path]));
      expect([dataset.format, dataset.factors]).toEqual(['dSprites', DSPRITES.factors]);
      const all = await contents(dataset);
      expect(all.size).toBe(1030);
      const found = new Set<number>();
      let wrong = 0;
      for (const { factors, pixels } of all.values()) {
        found.add(dspritesIndex(factors!));
        const drawn = DSPRITES.draw(factors!).map((value) => value * 255);
        if (Buffer.compare(pixels, drawn) !== 0) wrong++;
      }
      expect(wrong).toBe(0);
      expect(found).toEqual(new Set(places));
    });
  });

  it.each([
    [
      'no pictures',
      { latents_classes: { type: 'i8', shape: [1, 6], data: new Int32Array(6) } },
      /has no imgs.npy/,
    ],
    [
      'other arrays',
      { points: { type: 'u1', shape: [1], data: new Uint8Array(1) } },
      /has no latents_classes.npy/,
    ],
    [
      'counts that differ',
      {
        imgs: { type: 'u1', shape: [2, 8, 8], data: new Uint8Array(128) },
        latents_classes: { type: 'i8', shape: [1, 6], data: new Int32Array(6) },
      },
      /entry imgs.npy: it has 2 pictures, latents_classes.npy has 1 rows/,
    ],
    [
      'a class that does not exist',
      {
        imgs: { type: 'u1', shape: [1, 8, 8], data: new Uint8Array(64) },
        latents_classes: { type: 'i8', shape: [1, 5], data: Int32Array.of(3, 0, 0, 0, 0) },
      },
      /entry latents_classes.npy, row 0: shape is 3, it takes 0 to 2/,
    ],
    [
      'pictures of numbers that are no bytes',
      {
        imgs: { type: 'f4', shape: [1, 8, 8], data: new Float32Array(64) },
        latents_classes: { type: 'i8', shape: [1, 5], data: new Int32Array(5) },
      },
      /entry imgs.npy: uint8 \[N, S, S\] in C order is needed, found f4 \(1, 8, 8\)/,
    ],
  ])('names %s in an archive', async (_, arrays, message) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.npz');
      await writeFile(path, encodeNpz(arrays as Record<string, NpyContent>));
      const opened = await openPictures([path]);
      expect(opened.ok ? 'no error' : opened.error.message).toMatch(message);
    });
  });

  it('survives an archive that is cut anywhere or lies about its pictures', async () => {
    await inFolder(async (folder) => {
      const home = join(folder, 'made');
      unwrap(await writeDsprites(home, randomSprites(3, 1)));
      const whole = await readFile(join(home, DSPRITES_FILE));
      const path = join(folder, 'cut.npz');
      for (let length = 0; length < whole.length; length += 97) {
        await writeFile(path, whole.subarray(0, length));
        const opened = await openPictures([path]);
        expect(opened.ok ? 'no error' : opened.error.message).toContain('cut.npz');
      }
      const short = encodeNpy({ type: 'u1', shape: [9, 8, 8], data: new Uint8Array(576) }).subarray(0, 300);
      const classes = encodeNpy({ type: 'i8', shape: [9, 5], data: new Int32Array(45) });
      await writeFile(path, zipSync({ 'imgs.npy': short, 'latents_classes.npy': classes }));
      const opened = await openPictures([path]);
      expect(opened.ok ? 'no error' : opened.error.message).toMatch(/9 pictures are announced, 2 follow/);
    });
  });
});

describe('a store of bits', () => {
  it('gives back what was put in, empty and full pictures too', () => {
    const store = createBitStore(16, 40);
    const pictures = Array.from({ length: 40 }, (_, n) =>
      Uint8Array.from({ length: 256 }, (_, i) =>
        n === 0 || (n > 1 && (i * n) % 7 === 0 && i > 3 * n) ? 255 : 0,
      ),
    );
    for (const picture of pictures) store.add(picture);
    expect(store.count).toBe(40);
    pictures.forEach((picture, i) => expect(store.get(i)).toEqual(picture));
  });
});

describe('writing planted anomalies', () => {
  it('makes a category of MVTec AD whose masks fit, the same every time', async () => {
    await inFolder(async (folder) => {
      for (const name of ['a', 'b']) unwrap(await writePlanted(join(folder, name), { train: 5, test: 3 }, 8));
      const [a, b] = await Promise.all(
        ['a', 'b'].map(async (name) => unwrap(await openPictures([join(folder, name)]))),
      );
      expect(a.classes).toEqual(['good', 'planted']);
      expect(await contents(a)).toEqual(await contents(b));
      for (let i = 0; i < a.count('test'); i++) {
        const mask = unwrap(await a.mask('test', i))!.mask;
        expect(mask.some((value) => value > 0)).toBe(a.at('test', i).anomalous);
      }
    });
  });
});
