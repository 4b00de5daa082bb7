import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { SPLITS } from '../../../shared/dataset/types';
import { unwrap, type Result } from '../../../shared/result';
import { pictureBytes } from '../image/fixtures';
import { inFolder } from '../tfrecord/fixtures';
import { bmpBytes, greyPng, greyTiff, writeFiles } from './fixtures';
import { openPictures } from './index';

function idx(shape: readonly number[], values: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, values]);
}

function counts(dataset: PictureDataset): number[] {
  return SPLITS.map((split) => dataset.count(split));
}

/** The error of opening a folder with these files. */
async function errorOf(files: Readonly<Record<string, Uint8Array>>, open = ''): Promise<string> {
  return inFolder(async (folder) => {
    await writeFiles(folder, files);
    return messageOf(await openPictures([join(folder, open)])).replaceAll(`${folder}/`, '');
  });
}

function messageOf(result: Result<unknown>): string {
  return result.ok ? 'no error' : result.error.message;
}

const grey = greyPng(10, 8, 50);

/** Every picture of every split, ids unique, each read. */
async function readAll(dataset: PictureDataset): Promise<number> {
  const ids = new Set<string>();
  let read = 0;
  for (const split of SPLITS) {
    for (let i = 0; i < dataset.count(split); i++) {
      ids.add(dataset.at(split, i).id);
      const { width, height, channels, pixels } = unwrap(await dataset.read(split, i));
      expect(pixels.length).toBe(width * height * channels);
      if (dataset.size) expect({ width, height, channels }).toEqual(dataset.size);
      read++;
    }
  }
  expect(ids.size).toBe(read);
  return read;
}

describe('MNIST files', () => {
  const pixels = Uint8Array.from({ length: 40 * 64 }, (_, i) => Math.floor(i / 64));
  const labels = Uint8Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0 : 3));
  const files = {
    'train-images-idx3-ubyte.gz': gzipSync(idx([40, 8, 8], pixels)),
    'train-labels-idx1-ubyte.gz': gzipSync(idx([40], labels)),
    't10k-images.idx3-ubyte': idx([2, 8, 8], pixels.subarray(0, 128)),
    't10k-labels.idx1-ubyte': idx([2], labels.subarray(0, 2)),
  };

  it('reads a folder with its test pair, and one file with the partner beside it', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, files);
      const whole = unwrap(await openPictures([folder]));
      expect(counts(whole)).toEqual([36, 4, 2]);
      expect(await readAll(whole)).toBe(42);
      expect(whole.notes.join()).toMatch(/No picture is of the class 1, 2/);
      const one = unwrap(await openPictures([join(folder, 'train-labels-idx1-ubyte.gz')]));
      expect(counts(one)).toEqual([32, 4, 4]);
      const id = one.at('train', 5);
      expect(id.class).toBe(Number(id.id) % 2 === 0 ? 0 : 3);
      expect(unwrap(await one.read('train', 5)).pixels[0]).toBe(Number(id.id));
      expect(messageOf(await one.read('train', 32))).toMatch(/has no picture 32 in its train split/);
      const pair = ['train-labels-idx1-ubyte.gz', 'train-images-idx3-ubyte.gz'].map((n) => join(folder, n));
      expect(counts(unwrap(await openPictures(pair)))).toEqual([32, 4, 4]);
    });
  });

  it.each([
    ['labels alone', { 'train-labels-idx1-ubyte': idx([40], labels) }, /labels but no images/],
    [
      'counts that differ',
      { ...files, 'train-labels-idx1-ubyte.gz': gzipSync(idx([39], labels.subarray(1))) },
      /train-images-idx3-ubyte.gz.*40 images but 39 labels/,
    ],
    ['a cut file', { 'train-images-idx3-ubyte': idx([41, 8, 8], pixels) }, /holds 2560 values .* 2624/],
    [
      'a broken gzip',
      { 'train-images-idx3-ubyte.gz': Uint8Array.of(0x1f, 0x8b, 8, 0, 1) },
      /gzip stream: it cannot/,
    ],
  ])('names %s', async (_, made, message) => {
    expect(await errorOf(made)).toMatch(message);
  });
});

describe('MVTec AD', () => {
  const hole = Uint8Array.from({ length: 80 }, (_, i) => (i === 3 ? 255 : 0));
  const files: Record<string, Uint8Array> = {
    'bottle/test/good/000.png': grey,
    'bottle/test/broken/000.png': greyPng(10, 8, 60),
    'bottle/ground_truth/broken/000_mask.png': bmpBytes(10, 8, hole),
    ...Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [`bottle/train/good/00${i}.png`, greyPng(10, 8, i)]),
    ),
  };

  it('reads a category with its masks', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, files);
      const dataset = unwrap(await openPictures([join(folder, 'bottle')]));
      expect([dataset.name, dataset.format, counts(dataset)]).toEqual(['bottle', 'MVTec AD', [9, 1, 2]]);
      expect(dataset.classes).toEqual(['good', 'broken']);
      expect(dataset.size).toEqual({ width: 10, height: 8, channels: 1 });
      expect(await readAll(dataset)).toBe(12);
      expect(dataset.at('test', 0)).toMatchObject({ id: 'test-broken-000', class: 1, anomalous: true });
      expect(unwrap(await dataset.mask('test', 0))?.mask).toEqual(hole);
      expect(unwrap(await dataset.mask('test', 1))?.mask).toEqual(new Uint8Array(80));
      expect(messageOf(await openPictures([folder]))).toMatch(/holds 1 categories of MVTec AD/);
    });
  });

  it('names a mask of another size with its picture when it is read', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { ...files, 'bottle/ground_truth/broken/000_mask.png': greyPng(9, 9, 255) });
      const dataset = unwrap(await openPictures([join(folder, 'bottle')]));
      expect(messageOf(await dataset.mask('test', 0))).toMatch(
        /000_mask.png: the mask is 9 x 9 pixels, its picture .*broken\/000.png is 10 x 8/,
      );
    });
  });

  it('names what is missing', async () => {
    const without = (name: string) =>
      Object.fromEntries(Object.entries(files).filter(([key]) => !key.includes(name)));
    const unmasked = { ...files, 'bottle/test/broken/001.png': grey };
    expect(await errorOf(unmasked, 'bottle')).toBe(
      'bottle/ground_truth/broken has no mask 001_mask.png for bottle/test/broken/001.png.',
    );
    expect(await errorOf({ ...without('train/good'), 'bottle/train/good/a.txt': grey }, 'bottle')).toMatch(
      /^bottle\/train\/good holds no picture/,
    );
    expect(await errorOf(without('000_mask'), 'bottle')).toMatch(/ground_truth\/broken could not be listed/);
  });
});

describe("UCSD's pedestrians", () => {
  const mask = Uint8Array.from({ length: 80 }, (_, i) => (i === 7 ? 255 : 0));
  const files: Record<string, Uint8Array> = {
    'Train/Train001/001.tif': greyTiff(10, 8, 1),
    'Train/Train001/002.tif': greyTiff(10, 8, 2),
    'Train/Train002/001.tif': greyTiff(10, 8, 3),
    'Test/Test001/001.tif': greyTiff(10, 8, 4),
    'Test/Test002/001.tif': greyTiff(10, 8, 5),
    'Test/Test002/002.tif': greyTiff(10, 8, 6),
    'Test/Test002_gt/001.bmp': bmpBytes(10, 8, new Uint8Array(80)),
    'Test/Test002_gt/002.bmp': bmpBytes(10, 8, mask),
  };

  it('tests on the clips with masks only, and says so', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, files);
      const dataset = unwrap(await openPictures([folder]));
      expect(counts(dataset)).toEqual([2, 1, 2]);
      expect(dataset.notes[0]).toBe('1 of 2 test clips have no masks and are left out.');
      expect(await readAll(dataset)).toBe(5);
      expect(dataset.at('test', 1)).toEqual({
        id: 'Test002-002',
        class: null,
        anomalous: null,
        factors: null,
      });
      expect(unwrap(await dataset.mask('test', 0))?.mask).toEqual(new Uint8Array(80));
      expect(unwrap(await dataset.mask('test', 1))?.mask).toEqual(mask);
      const list = 'TestVideoFile{end+1}.gt_frame = [1:1];\nTestVideoFile{end+1}.gt_frame = [2:2];\n';
      await writeFile(join(folder, 'Test/UCSDped1.m'), list);
      const known = unwrap(await openPictures([folder]));
      expect([0, 1].map((i) => known.at('test', i).anomalous)).toEqual([false, true]);
    });
  });

  it('names what is missing or does not fit', async () => {
    const { 'Test/Test002_gt/002.bmp': last, ...without } = files;
    expect(last.length).toBeGreaterThan(0);
    expect(await errorOf(without)).toMatch(
      /Test\/Test002_gt, 002: it has no mask for Test\/Test002\/002.tif/,
    );
    const noMasks = Object.fromEntries(Object.entries(files).filter(([name]) => !name.includes('_gt')));
    expect(await errorOf(noMasks)).toMatch(/Test has no clip with masks/);
    expect(await errorOf({ ...files, 'Test/Test002/001.tif': greyTiff(12, 8, 5) })).toMatch(
      /Test\/Test002\/001.tif: the frame is 12 x 8 pixels, Train\/Train001\/001.tif is 10 x 8/,
    );
    expect(await errorOf({ ...files, 'Test/UCSDped1.m': Buffer.from('gt_frame = [1:2];') })).toMatch(
      /UCSDped1.m, gt_frame: it lists 1 clips, the folder has 2/,
    );
  });
});

describe('a folder of images', () => {
  const many = (name: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}/${i}.png`, greyPng(10, 8, i)]));

  it('takes sub-folders for classes, and holds out a tenth of each', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { ...many('cats', 20), ...many('dogs', 30), 'cow/1.png': grey });
      const dataset = unwrap(await openPictures([folder]));
      expect(dataset.classes).toEqual(['cats', 'cow', 'dogs']);
      expect(counts(dataset)).toEqual([41, 5, 5]);
      expect(await readAll(dataset)).toBe(51);
      expect(dataset.notes).toEqual(['The class "cow" has one picture only.']);
      const again = unwrap(await openPictures([folder]));
      expect(again.at('test', 4)).toEqual(dataset.at('test', 4));
    });
  });

  it('takes folders of splits, and tells of a class that one of them does not have', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, {
        ...many('train/a', 3),
        ...many('train/b', 2),
        ...many('val/a', 2),
        ...many('test/b', 2),
      });
      const dataset = unwrap(await openPictures([folder]));
      expect(counts(dataset)).toEqual([5, 2, 2]);
      expect(dataset.notes).toEqual(['The class "a" is not in the test split.']);
      expect(await readAll(dataset)).toBe(9);
    });
  });

  it('reads pictures of several sizes and channels as they are, and every page of a TIFF', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, {
        'a.png': grey,
        'b.jpg': pictureBytes('baseline'),
        'b.png': pictureBytes('sixteenBit'),
        'c.tif': greyTiff(12, 9, 1, 2, 3),
        'd.webp': pictureBytes('webp'),
        'readme.txt': Buffer.from('hello'),
      });
      const dataset = unwrap(await openPictures([folder]));
      expect(dataset.size).toBeNull();
      expect(await readAll(dataset)).toBe(7);
      expect(dataset.notes[0]).toMatch(/that are no pictures were left out: 1\.$/);
      expect(dataset.notes).toContain(
        'The pictures are of several sizes; each is brought to that of a network.',
      );
      const two = unwrap(await openPictures([join(folder, 'a.png'), join(folder, 'c.tif')]));
      expect(counts(two)).toEqual([4, 0, 0]);
      expect(unwrap(await two.read('train', 3)).pixels[0]).toBe(3);
      expect(counts(unwrap(await openPictures([join(folder, 'd.webp')])))).toEqual([1, 0, 0]);
    });
  });

  it('gives grey pictures three channels where others have colour', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { 'a.png': greyPng(24, 16, 9), 'b.png': pictureBytes('palette') });
      const dataset = unwrap(await openPictures([folder]));
      expect(dataset.size).toEqual({ width: 24, height: 16, channels: 3 });
      expect([...unwrap(await dataset.read('train', 0)).pixels.subarray(0, 3)]).toEqual([9, 9, 9]);
    });
  });

  it.each([
    ['an empty folder', {}, /holds no picture/],
    ['a class without pictures', { 'a/1.png': grey, 'b/notes.txt': grey }, /^b holds no picture/],
    [
      'an empty file',
      { 'a/1.png': grey, 'a/2.png': new Uint8Array(0) },
      /^a\/2.png, byte 0: the file is empty/,
    ],
    [
      'what only has the name of a picture',
      { '1.webp': Buffer.from('hello hello') },
      /^1.webp, byte 0: it is no pict/,
    ],
    ['a cut TIFF', { '1.tif': greyTiff(10, 8, 1).subarray(0, 100) }, /^1.tif, byte 100: /],
  ])('names %s', async (_, files, message) => {
    expect(await errorOf(files as Record<string, Uint8Array>)).toMatch(message);
  });

  it('names files that are missing, of another kind, or mixed with folders', async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { 'a.png': grey, 'a.txt': grey });
      await mkdir(join(folder, 'b'));
      const open = async (...names: string[]) =>
        messageOf(await openPictures(names.map((n) => join(folder, n))));
      expect(await open('gone.png')).toMatch(/gone.png, the file: it could not be read/);
      expect(await open('a.txt')).toMatch(/a.txt is no collection of pictures/);
      expect(await open('a.png', 'a.txt')).toMatch(/a.txt is no collection of pictures/);
      expect(await open('a.png', 'b')).toMatch(/b is one of 2 choices and a folder/);
      expect(messageOf(await openPictures([]))).toMatch(/no collection/);
    });
  });
});
