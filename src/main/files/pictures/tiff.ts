import type { GeoTIFF } from 'geotiff';
import type { DatasetPicture } from '../../../shared/dataset/pictures';
import { fail, ok, ProblemError, type Result } from '../../../shared/result';
import { checkPictureSize } from '../image/types';
import { badFile, tooMany, truncated } from '../read/problems';

const MOST_PAGES = 10_000;
/** Values of PhotometricInterpretation (TIFF 6.0). */
const WHITE_IS_ZERO = 0;
const GREY = [WHITE_IS_ZERO, 1, 4];
const RGB = 2;
const PALETTE = 3;

/** Whether bytes begin as a TIFF does, in either byte order. */
export function isTiff(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  return head === 'II*\0' || head === 'MM\0*' || head === 'II+\0' || head === 'MM\0+';
}

/**
 * The number of pages of a TIFF, counted along the chain of its directories without reading a picture. Errors: a chain
 * that leaves the file or returns to itself, more than 10,000 pages, BigTIFF.
 */
export function countTiffPages(bytes: Uint8Array, file: string): Result<number> {
  if (bytes.length < 8) return truncated(file, `byte ${bytes.length}`, 'a TIFF begins with 8 bytes');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  if (view.getUint16(2, little) !== 42) {
    return badFile('file-unsupported', file, 'byte 2', 'it is a BigTIFF', 'Save it as an ordinary TIFF.');
  }
  const seen = new Set<number>();
  for (let at = view.getUint32(4, little); at !== 0;) {
    if (seen.has(at)) {
      return badFile(
        'file-damaged',
        file,
        `byte ${at}`,
        'its pages follow each other in a circle',
        COPY_AGAIN,
      );
    }
    seen.add(at);
    if (seen.size > MOST_PAGES) return tooMany(file, `byte ${at}`, 'it has more pages', MOST_PAGES);
    const end = at + 2 + (at + 2 <= bytes.length ? view.getUint16(at, little) * 12 : 0);
    if (end + 4 > bytes.length) {
      return truncated(
        file,
        `byte ${bytes.length}`,
        `the directory of page ${seen.size} lies behind the end`,
      );
    }
    at = view.getUint32(end, little);
  }
  if (seen.size > 0) return ok(seen.size);
  return badFile('file-damaged', file, 'byte 4', 'it has no page', COPY_AGAIN);
}

/**
 * One page of a TIFF: grey, RGB or palette of 1 to 16 bits scaled to 8, or CMYK, YCbCr and Lab of 8; uncompressed, LZW,
 * PackBits, deflated, JPEG. Errors name the page: floating-point values, a page that does not exist, one that is cut off.
 * @param page from 0
 */
export async function readTiffPage(
  bytes: Uint8Array,
  file: string,
  page: number,
): Promise<Result<DatasetPicture>> {
  const pages = countTiffPages(bytes, file);
  if (!pages.ok) return pages;
  const place = pages.value > 1 ? `page ${page + 1} of ${pages.value}` : 'the picture';
  if (!Number.isInteger(page) || page < 0 || page >= pages.value) {
    return badFile('file-damaged', file, `page ${page + 1}`, `it has ${pages.value} pages`, COPY_AGAIN);
  }
  try {
    // Few people open a TIFF: only they wait for its reader.
    const { fromArrayBuffer } = await import('geotiff');
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    return ok(await decodePage(await fromArrayBuffer(whole), file, place, page));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    const what = `it cannot be unpacked (${error instanceof Error ? error.message : String(error)})`;
    return badFile('file-damaged', file, place, what, COPY_AGAIN);
  }
}

const COPY_AGAIN = 'The file looks damaged: copy or export it again.';

async function decodePage(tiff: GeoTIFF, file: string, place: string, page: number): Promise<DatasetPicture> {
  const image = await tiff.getImage(page);
  const width = image.getWidth();
  const height = image.getHeight();
  const failure = checkPictureSize(width, height, file, place);
  if (failure) throw new ProblemError(failure.error);
  const directory = image.getFileDirectory();
  const kind = directory.getValue('PhotometricInterpretation') ?? 1;
  const bits = image.getBitsPerSample();
  const isNumber = image.getSampleFormat() === 1;
  const isPlain = [...GREY, RGB, PALETTE].includes(kind);
  if (!isNumber || !(isPlain ? [1, 2, 4, 8, 16] : [8]).includes(bits)) {
    const depths = isPlain ? '1, 2, 4, 8 or 16 bits are' : '8 bits in CMYK, YCbCr and Lab are';
    const found = `${isNumber ? '' : 'signed or floating-point '}values of ${bits} bits`;
    const hint = 'Convert it to 8 bits per channel, with ImageMagick: convert in.tif -depth 8 out.png.';
    throw new ProblemError(
      badFile('file-unsupported', file, place, `whole numbers of ${depths} read, found ${found}`, hint).error,
    );
  }
  const size = { width, height };
  const to8 = 255 / (2 ** bits - 1);
  if (GREY.includes(kind)) {
    const [grey] = await image.readRasters({ samples: [0] });
    const pixels = Uint8Array.from(grey as Uint8Array, (value) => Math.round(value * to8));
    if (kind === WHITE_IS_ZERO) pixels.forEach((value, i) => (pixels[i] = 255 - value));
    return { ...size, channels: 1, pixels };
  }
  if (kind === RGB) {
    const bands = await image.readRasters({ samples: [0, 1, 2] });
    return {
      ...size,
      channels: 3,
      pixels: interleaved(bands as ArrayLike<number>[], (value) => value * to8),
    };
  }
  if (kind === PALETTE) {
    const [indices] = await image.readRasters({ samples: [0] });
    const map = (await directory.loadValue('ColorMap')) as Uint16Array;
    const colours = map.length / 3;
    const bands = [0, 1, 2].map((c) => Array.from(indices as Uint8Array, (i) => map[c * colours + i]));
    return { ...size, channels: 3, pixels: interleaved(bands, (value) => value / 257) };
  }
  const pixels = await image.readRGB({ interleave: true });
  return { ...size, channels: 3, pixels: Uint8Array.from(pixels as Uint8Array) };
}

function interleaved(bands: readonly ArrayLike<number>[], to8: (value: number) => number): Uint8Array {
  const pixels = new Uint8Array(bands[0].length * 3);
  for (let i = 0; i < bands[0].length; i++) {
    for (let c = 0; c < 3; c++) pixels[i * 3 + c] = Math.round(to8(bands[c][i]));
  }
  return pixels;
}
