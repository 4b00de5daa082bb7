import { open } from 'node:fs/promises';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { fail, ok, type Result } from '../../../shared/result';
import { exifOrientation } from '../image/orientation';
import { readFilePicture, type FilePicture } from './file-collection';

type Size = NonNullable<PictureDataset['size']>;

/** A JPEG's frame header stands behind its Exif data, which are seldom larger. */
const HEAD_BYTES = 128 * 1024;

/**
 * The size that all pictures share, or null where widths or heights differ; three channels where any has colour. PNG
 * and JPEG tell theirs in the first bytes; others are read.
 */
export async function sharedSize(pictures: readonly FilePicture[]): Promise<Result<Size | null>> {
  let shared: Size | null = null;
  for (const picture of pictures) {
    const size = await sizeOf(picture);
    if (!size.ok) return size;
    const { width, height, channels }: Size = size.value;
    shared ??= size.value;
    if (width !== shared.width || height !== shared.height) return ok(null);
    if (channels > shared.channels) shared = size.value;
  }
  return ok(shared);
}

async function sizeOf(picture: FilePicture): Promise<Result<Size>> {
  const head = await readHead(picture.path);
  if (!head.ok) return head;
  const told = pngSize(head.value) ?? jpegSize(head.value);
  if (told) return ok(told);
  const read = await readFilePicture(picture);
  if (!read.ok) return read;
  const { width, height, channels } = read.value;
  return ok({ width, height, channels });
}

async function readHead(path: string): Promise<Result<Buffer>> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return ok(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    return fail({
      code: 'file-unreadable',
      message: `${path} could not be read: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Copy the folder again, or check that you may read it.',
    });
  }
}

function pngSize(head: Buffer): Size | null {
  if (head.length < 26 || head.toString('latin1', 1, 4) !== 'PNG') return null;
  const isGrey = head[25] === 0 || head[25] === 4;
  // A picture that an eXIf chunk turns has no size that its header tells.
  if (head.includes('eXIf', 33, 'latin1')) return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20), channels: isGrey ? 1 : 3 };
}

function jpegSize(head: Buffer): Size | null {
  if (head[0] !== 0xff || head[1] !== 0xd8) return null;
  let turned = false;
  for (let at = 2; at + 10 <= head.length && head[at] === 0xff;) {
    const marker = head[at + 1];
    const length = head.readUInt16BE(at + 2);
    if (marker === 0xe1 && head.toString('latin1', at + 4, at + 10) === 'Exif\0\0') {
      turned = exifOrientation(head.subarray(at + 4, at + 2 + length)) > 4;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const height = head.readUInt16BE(at + 5);
      const width = head.readUInt16BE(at + 7);
      const channels = head[at + 9] === 1 ? 1 : 3;
      return turned ? { width: height, height: width, channels } : { width, height, channels };
    }
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}
