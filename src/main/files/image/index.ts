import { namesReadAs } from '../../../shared/formats/lookup';
import type { Result } from '../../../shared/result';
import { badFile } from '../read/problems';
import { readJpeg } from './jpeg';
import { readPng } from './png';
import type { ReadImage } from './types';
import { readWebp } from './webp';

export type { ReadImage } from './types';

/** What a file holds that a network can see. */
export type PictureKind = 'depth' | 'png' | 'jpeg' | 'webp';

/**
 * Tells a picture by its content: 16-bit grey PNG, EXR and NPY are depth. Null for what is no picture, and for
 * pictures in formats that are not read.
 */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 32)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) {
    return bytes.length > 25 && bytes[24] === 16 && bytes[25] === 0 ? 'depth' : 'png';
  }
  if (head.startsWith('\xff\xd8')) return 'jpeg';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('\x76\x2f\x31\x01') || head.startsWith('\x93NUMPY')) return 'depth';
  return null;
}

/**
 * Reads a colour picture, upright, as 8-bit RGBA. Errors name the file and what is wrong with it: cut off, damaged,
 * too small to see anything, more than 64 megapixels, a kind that is not read.
 */
export async function readImage(bytes: Uint8Array, file: string): Promise<Result<ReadImage>> {
  switch (pictureKind(bytes)) {
    case 'png':
      return readPng(bytes, file);
    case 'jpeg':
      return readJpeg(bytes, file);
    case 'webp':
      return readWebp(bytes, file);
    default:
      return bytes.length === 0
        ? badFile('file-empty', file, 'byte 0', 'the file is empty', 'Copy or export it again.')
        : badFile(
            'file-unsupported',
            file,
            'byte 0',
            'it is no picture of a kind that is read',
            `Pictures are read from ${namesReadAs('picture')}, depth from ${namesReadAs('depth')}.`,
          );
  }
}
