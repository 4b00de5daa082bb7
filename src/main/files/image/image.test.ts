import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../shared/result';
import { unwrap } from '../../../shared/result';
import { pictureBytes, PICTURES } from './fixtures';
import { pictureKind, readImage, type ReadImage } from './index';

type Colour = readonly [number, number, number, number];
const WHITE: Colour = [255, 255, 255, 255];
const RED: Colour = [255, 0, 0, 255];
const BLUE: Colour = [0, 0, 255, 255];

function at({ width, rgba }: ReadImage, x: number, y: number): number[] {
  return Array.from(rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4));
}

function expectColour(image: ReadImage, x: number, y: number, colour: Colour, tolerance = 12): void {
  const found = at(image, x, y);
  expect(Math.max(...found.map((value, c) => Math.abs(value - colour[c])))).toBeLessThanOrEqual(tolerance);
}

async function problemOf(bytes: Uint8Array, name = 'picture'): Promise<Problem> {
  const read = await readImage(bytes, name);
  expect(read.ok).toBe(false);
  return read.ok ? { code: '', message: '' } : read.error;
}

/** The baseline JPEG with an Exif segment that has only the orientation. */
function oriented(orientation: number): Uint8Array {
  const jpeg = pictureBytes('baseline');
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [...exif, ...entry];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...jpeg.subarray(2)]);
}

function pngOf(width: number, height: number): Uint8Array {
  const png = new PNG({ width, height });
  png.data.fill(200);
  return new Uint8Array(PNG.sync.write(png));
}

describe('readImage', () => {
  const kinds = Object.keys(PICTURES) as (keyof typeof PICTURES)[];
  for (const name of kinds.filter((kind) => !['grey', 'webpAlpha'].includes(kind))) {
    it(`reads ${name}`, async () => {
      const image = unwrap(await readImage(pictureBytes(name), name));
      expect([image.width, image.height]).toEqual([24, 16]);
      // ImageMagick and we convert CMYK without a profile; its blue is the same, rounding aside.
      expectColour(image, 3, 3, WHITE);
      expectColour(image, 3, 12, RED);
      expectColour(image, 18, 8, BLUE);
    });
  }

  it('reads a grey JPEG as grey and keeps the opacity of a WebP', async () => {
    const grey = unwrap(await readImage(pictureBytes('grey'), 'grey'));
    const [r, g, b] = at(grey, 18, 8);
    expect([g, b]).toEqual([r, r]);
    const alpha = unwrap(await readImage(pictureBytes('webpAlpha'), 'alpha'));
    expect(at(alpha, 20, 8)[3]).toBe(0);
    expect(at(alpha, 3, 12)[3]).toBe(255);
  });

  it('says what was done to CMYK, 16-bit and animated pictures', async () => {
    const notes = async (name: keyof typeof PICTURES): Promise<string> =>
      unwrap(await readImage(pictureBytes(name), name)).notes.join(' ');
    expect(await notes('cmyk')).toContain('CMYK');
    expect(await notes('sixteenBit')).toContain('16 bits');
    expect(await notes('webpAnimated')).toContain('first frame');
    expect(await notes('baseline')).toBe('');
  });

  it('uses the still picture of an animated PNG', async () => {
    const png = pictureBytes('interlaced');
    const control = [0, 0, 0, 8, 0x61, 0x63, 0x54, 0x4c, 0, 0, 0, 2, 0, 0, 0, 0, 0xf3, 0x8d, 0x93, 0x70];
    const animated = Uint8Array.from([...png.subarray(0, 33), ...control, ...png.subarray(33)]);
    const image = unwrap(await readImage(animated, 'animated.png'));
    expect(image.notes.join()).toContain('first frame');
    expectColour(image, 3, 12, RED);
  });

  // Where the file's upper left corner (white) and lower left corner (red) are once the picture is upright.
  const corners: readonly [number, 'wide' | 'tall', readonly [number, number], readonly [number, number]][] =
    [
      [1, 'wide', [0, 0], [0, 1]],
      [2, 'wide', [1, 0], [1, 1]],
      [3, 'wide', [1, 1], [1, 0]],
      [4, 'wide', [0, 1], [0, 0]],
      [5, 'tall', [0, 0], [1, 0]],
      [6, 'tall', [1, 0], [0, 0]],
      [7, 'tall', [1, 1], [0, 1]],
      [8, 'tall', [0, 1], [1, 1]],
    ];
  for (const [orientation, form, white, red] of corners) {
    it(`turns Exif orientation ${orientation} upright`, async () => {
      const image = unwrap(await readImage(oriented(orientation), 'turned.jpg'));
      expect([image.width, image.height]).toEqual(form === 'wide' ? [24, 16] : [16, 24]);
      const spot = ([x, y]: readonly [number, number]): [number, number] => [
        x === 0 ? 1 : image.width - 2,
        y === 0 ? 1 : image.height - 2,
      ];
      expectColour(image, ...spot(white), WHITE);
      expectColour(image, ...spot(red), RED);
    });
  }

  it('refuses pictures without anything to see and ones that are too large, before unpacking them', async () => {
    expect(await problemOf(pngOf(1, 1))).toMatchObject({ code: 'image-too-small' });
    const huge = pngOf(16, 16);
    new DataView(huge.buffer).setUint32(16, 20_000);
    new DataView(huge.buffer).setUint32(20, 20_000);
    const problem = await problemOf(huge, 'huge.png');
    expect(problem.code).toBe('file-too-large');
    expect(problem.message).toContain('20000 x 20000');
    expect(problem.message).toContain('67,108,864');
    const jpeg = pictureBytes('baseline');
    const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
    new DataView(jpeg.buffer).setUint32(frame + 5, (20_000 << 16) | 20_000);
    expect(await problemOf(jpeg)).toMatchObject({ code: 'file-too-large' });
  });

  for (const name of kinds) {
    it(`calls ${name} cut off wherever it is cut`, async () => {
      const whole = pictureBytes(name);
      for (const share of [0.2, 0.5, 0.8, 0.99]) {
        const cut = whole.slice(0, Math.floor(whole.length * share));
        expect((await problemOf(cut)).code).toMatch(/^file-(truncated|damaged|unsupported)$/);
      }
    });
  }

  it('names what it cannot read', async () => {
    expect(await problemOf(new Uint8Array(0))).toMatchObject({ code: 'file-empty' });
    expect(await problemOf(new TextEncoder().encode('GIF89a and more'))).toMatchObject({
      code: 'file-unsupported',
    });
    const lossless = pictureBytes('baseline');
    lossless[lossless.findIndex((byte, i) => byte === 0xff && lossless[i + 1] === 0xc0) + 1] = 0xc3;
    expect(await problemOf(lossless)).toMatchObject({ code: 'file-unsupported' });
    const spoilt = pictureBytes('interlaced');
    spoilt[spoilt.length - 20] ^= 0xff;
    expect(await problemOf(spoilt)).toMatchObject({ code: 'file-damaged' });
  });

  it('tells depth from colour', () => {
    const header = pngOf(16, 16);
    expect(pictureKind(header)).toBe('png');
    header[24] = 16;
    header[25] = 0;
    expect(pictureKind(header)).toBe('depth');
    expect(pictureKind(new TextEncoder().encode('solid'))).toBeNull();
  });
});
