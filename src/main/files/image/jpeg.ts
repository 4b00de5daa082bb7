import { decode } from 'jpeg-js';
import { ok, type Result } from '../../../shared/result';
import { badFile, truncated } from '../read/problems';
import { exifOrientation, upright } from './orientation';
import { checkPictureSize, type ReadImage } from './types';

/** Baseline, extended and progressive Huffman coding (ITU-T T.81, table B.1). */
const READ_FRAMES = [0xc0, 0xc1, 0xc2];
/** Markers without a length. */
const BARE = [0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7];
/** Megabytes that unpacking may take: 64 megapixels of full colour need 1.5 GB. */
const MEMORY = 2048;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly orientation: number;
}

/**
 * Reads a JPEG: grey, YCbCr, RGB, and CMYK or YCCK as Adobe's programs write it (inverted inks, converted without a
 * colour profile), turned upright by its Exif orientation.
 */
export function readJpeg(bytes: Uint8Array, file: string): Result<ReadImage> {
  const header = readHeader(bytes, file);
  if (!header.ok) return header;
  const { width, height, components, orientation } = header.value;
  const failure = checkPictureSize(width, height, file, 'the frame header');
  if (failure) return failure;
  try {
    const image = decode(bytes, {
      useTArray: true,
      tolerantDecoding: false,
      maxResolutionInMP: Infinity,
      maxMemoryUsageInMB: MEMORY,
    });
    const notes =
      components === 4 ? ['The picture is in CMYK and was converted without its colour profile.'] : [];
    return ok(upright({ width: image.width, height: image.height, rgba: image.data, notes }, orientation));
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith('Unsupported color mode')) {
      return unsupported(file, `its ${components} colour channels are of no known kind`);
    }
    if (message.startsWith('maxMemoryUsage')) {
      return unsupported(file, `unpacking it takes more than ${MEMORY} MB`);
    }
    return badFile(
      'file-damaged',
      file,
      'the image data',
      `it cannot be unpacked (${message})`,
      'The file looks damaged: copy or export it again.',
    );
  }
}

/** Walks the markers up to the first scan, then looks for the end of the image behind it. */
function readHeader(bytes: Uint8Array, file: string): Result<Header> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: Omit<Header, 'orientation'> | null = null;
  let orientation = 1;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) {
      return badFile('file-damaged', file, `byte ${at}`, 'a JPEG marker was expected', 'Export it again.');
    }
    const marker = bytes[at + 1];
    if (marker === 0xff || BARE.includes(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length)
      return truncated(file, `byte ${at}`, 'a segment ends after the file');
    if (marker === 0xe1 && String.fromCharCode(...bytes.subarray(at + 4, at + 10)) === 'Exif\0\0') {
      orientation = exifOrientation(bytes.subarray(at + 4, end));
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (!READ_FRAMES.includes(marker))
        return unsupported(file, 'it is lossless, hierarchical or arithmetic-coded');
      if (length < 8) return truncated(file, `byte ${at}`, 'the frame header is too short');
      if (bytes[at + 4] !== 8) return unsupported(file, `it has ${bytes[at + 4]} bits per channel`);
      frame = { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: bytes[at + 9] };
    }
    if (marker === 0xda) {
      if (!frame)
        return badFile('file-damaged', file, `byte ${at}`, 'a scan without a frame', 'Export it again.');
      return hasEnd(bytes, end)
        ? ok({ ...frame, orientation })
        : truncated(file, `byte ${bytes.length}`, 'the file ends before the end of the image');
    }
    at = end;
  }
  return truncated(file, `byte ${bytes.length}`, 'the file ends before the image data');
}

function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at >= from; at--)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

function unsupported(file: string, what: string): Result<never> {
  return badFile(
    'file-unsupported',
    file,
    'the frame header',
    what,
    'Save it as an ordinary RGB JPEG or as PNG.',
  );
}
