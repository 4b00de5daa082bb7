import { zlibSync } from 'fflate';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { unwrap, type Result } from '../../../shared/result';
import { pictureBytes } from '../image/fixtures';
import { bmpBytes, greyPng, greyTiff, lzwTiff, tiffBytes, type TiffPage } from './fixtures';
import { readMask } from './masks';
import { readPicture } from './read-picture';
import { countTiffPages, readTiffPage } from './tiff';

const SIZE = { width: 10, height: 8 };
const COUNT = 80;

function page(change: Partial<TiffPage>): TiffPage {
  return { ...SIZE, bits: 8, kind: 1, samples: 1, data: new Uint8Array(COUNT), ...change };
}

function messageOf(result: Result<unknown>): string {
  return result.ok ? 'no error' : result.error.message;
}

describe('reading a picture', () => {
  it('scales 16-bit grey PNGs and expands palettes', async () => {
    const values = Uint16Array.from({ length: COUNT }, (_, i) => i * 800);
    const png = Object.assign(new PNG({ ...SIZE }), { data: Buffer.from(values.buffer) });
    const bytes = PNG.sync.write(png, {
      colorType: 0,
      inputColorType: 0,
      bitDepth: 16,
      inputHasAlpha: false,
    });
    const grey = unwrap(await readPicture(bytes, 'deep.png'));
    expect([grey.width, grey.height, grey.channels]).toEqual([10, 8, 1]);
    grey.pixels.forEach((value, i) => expect(Math.abs(value - values[i] / 257)).toBeLessThanOrEqual(1));
    const colour = unwrap(await readPicture(pictureBytes('palette'), 'palette.png'));
    expect([colour.width, colour.height, colour.channels]).toEqual([24, 16, 3]);
    expect([...colour.pixels.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect([...colour.pixels.subarray(23 * 3, 24 * 3)]).toEqual([0, 0, 255]);
  });

  it('reads JPEG and WebP, and lays what is transparent on white', async () => {
    expect(unwrap(await readPicture(pictureBytes('grey'), 'a.jpg')).channels).toBe(1);
    expect(unwrap(await readPicture(pictureBytes('webp'), 'a.webp')).channels).toBe(3);
    const png = new PNG({ width: 8, height: 8 });
    png.data.fill(0);
    png.data.set([100, 100, 100, 255]);
    const { channels, pixels } = unwrap(await readPicture(PNG.sync.write(png), 'clear.png'));
    expect(channels).toBe(1);
    expect([...pixels.subarray(0, 2)]).toEqual([100, 255]);
  });

  it('reads bitmaps, top row first', async () => {
    const pixels = Uint8Array.from({ length: COUNT }, (_, i) => i * 3);
    const read = unwrap(await readPicture(bmpBytes(10, 8, pixels), 'mask.bmp'));
    expect(read).toEqual({ ...SIZE, channels: 1, pixels });
    const packed = Buffer.from(bmpBytes(10, 8, pixels));
    packed.writeUInt32LE(1, 30);
    expect(messageOf(await readPicture(packed, 'mask.bmp'))).toMatch(/^mask.bmp, byte 28: .*compression 1/);
    const cut = bmpBytes(10, 8, pixels).subarray(0, 1100);
    expect(messageOf(await readPicture(cut, 'mask.bmp'))).toMatch(
      /^mask.bmp, byte 1100: 10 x 8 pixels of 8 bits/,
    );
  });

  it.each([
    ['8 bits', page({ data: new Uint8Array(COUNT).fill(77) }), [77]],
    ['deflated values', page({ compression: 8, data: zlibSync(new Uint8Array(COUNT).fill(78)) }), [78, 78]],
    ['PackBits', page({ compression: 32773, data: Uint8Array.of(256 - 79, 79) }), [79, 79]],
    ['white as zero', page({ kind: 0, data: new Uint8Array(COUNT).fill(77) }), [178]],
    ['1 bit', page({ bits: 1, data: new Uint8Array(16).fill(0b10101010) }), [255, 0, 255]],
    ['16 bits', page({ bits: 16, data: new Uint8Array(160).fill(0x80) }), [128]],
    [
      'RGB',
      page({ kind: 2, samples: 3, data: Uint8Array.from({ length: 240 }, (_, i) => i % 3) }),
      [0, 1, 2],
    ],
    [
      'CMYK',
      page({
        kind: 5,
        samples: 4,
        data: Uint8Array.from({ length: 320 }, (_, i) => [0, 255, 255, 0][i % 4]),
      }),
      [253, 0, 0],
    ],
    [
      'a palette',
      page({
        kind: 3,
        data: new Uint8Array(COUNT).fill(2),
        palette: Array.from({ length: 768 }, (_, i) =>
          i % 256 === 2 ? 257 * (10 + Math.floor(i / 256)) : 0,
        ),
      }),
      [10, 11, 12],
    ],
  ])('reads a TIFF of %s', async (_, made, begin) => {
    const { width, height, pixels } = unwrap(await readPicture(tiffBytes([made]), 'a.tif'));
    expect([width, height]).toEqual([10, 8]);
    expect([...pixels.subarray(0, begin.length)]).toEqual(begin);
  });

  it('reads what other programs pack with LZW', async () => {
    const { width, height, channels, pixels } = unwrap(await readPicture(lzwTiff(), 'a.tif'));
    expect([width, height, channels]).toEqual([16, 12, 1]);
    const column = Array.from({ length: 12 }, (_, y) => pixels[y * 16 + 5]);
    column.forEach((value, y) => expect(Math.abs(value - (255 * y) / 11)).toBeLessThanOrEqual(1));
  });

  it('reads every page of a TIFF and asks which where one is needed', async () => {
    const bytes = greyTiff(10, 8, 5, 6, 7);
    expect(unwrap(countTiffPages(bytes, 'a.tif'))).toBe(3);
    for (const [at, value] of [5, 6, 7].entries()) {
      expect(unwrap(await readTiffPage(bytes, 'a.tif', at)).pixels[0]).toBe(value);
    }
    expect(messageOf(await readTiffPage(bytes, 'a.tif', 3))).toBe('a.tif, page 4: it has 3 pages.');
    expect(messageOf(await readPicture(bytes, 'a.tif'))).toBe(
      'a.tif, the file: one page is needed, it has 3.',
    );
  });

  it('names what is wrong with a TIFF', async () => {
    const whole = greyTiff(10, 8, 5);
    for (let length = 4; length < whole.length; length += 7) {
      expect(messageOf(await readPicture(whole.subarray(0, length), 'cut.tif'))).toMatch(/^cut.tif, /);
    }
    const circle = greyTiff(10, 8, 5, 6);
    const view = new DataView(circle.buffer);
    view.setUint32(circle.length - 4, view.getUint32(4, true), true);
    expect(messageOf(await readPicture(circle, 'a.tif'))).toMatch(/in a circle/);
    const floats = tiffBytes([page({ bits: 32, format: 3, data: new Uint8Array(320) })]);
    expect(messageOf(await readPicture(floats, 'a.tif'))).toMatch(/floating-point values of 32 bits/);
    const inks = tiffBytes([page({ bits: 16, kind: 5, samples: 4, data: new Uint8Array(640) })]);
    expect(messageOf(await readPicture(inks, 'a.tif'))).toMatch(/8 bits in CMYK.*found values of 16 bits/);
    const fax = tiffBytes([page({ bits: 1, compression: 4, data: new Uint8Array(16) })]);
    expect(messageOf(await readPicture(fax, 'a.tif'))).toMatch(/^a.tif, the picture: it cannot be unpacked/);
    const huge = tiffBytes([page({ width: 60_000, height: 60_000 })]);
    expect(messageOf(await readPicture(huge, 'a.tif'))).toMatch(/3600 megapixels/);
    const big = Uint8Array.from([...Buffer.from('II+\0', 'latin1'), 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0]);
    expect(messageOf(await readPicture(big, 'a.tif'))).toMatch(/BigTIFF/);
  });

  it('names an empty file and what is no picture', async () => {
    expect(messageOf(await readPicture(new Uint8Array(0), 'a.png'))).toMatch(
      /^a.png, byte 0: the file is empty/,
    );
    expect(messageOf(await readPicture(Buffer.from('hello there'), 'a.png'))).toMatch(
      /^a.png, byte 0: it is no/,
    );
  });
});

describe('reading a mask', () => {
  it('counts whatever is not black', async () => {
    const pixels = Uint8Array.from({ length: COUNT }, (_, i) => (i < 3 ? i : 0));
    const mask = unwrap(await readMask(bmpBytes(10, 8, pixels), 'm.bmp', { ...SIZE, file: 'p.tif' }));
    expect([...mask.mask.subarray(0, 4)]).toEqual([0, 255, 255, 0]);
  });

  it('names both files when sizes differ', async () => {
    const read = await readMask(greyPng(9, 8, 255), 'm.png', { ...SIZE, file: 'p.png' });
    expect(messageOf(read)).toBe('m.png: the mask is 9 x 8 pixels, its picture p.png is 10 x 8.');
  });
});
