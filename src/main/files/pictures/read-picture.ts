import type { DatasetPicture } from '../../../shared/dataset/pictures';
import { ok, type Result } from '../../../shared/result';
import { readImage, type ReadImage } from '../image';
import { readPng } from '../image/png';
import { badFile } from '../read/problems';
import { isBmp, readBmp } from './bmp';
import { countTiffPages, isTiff, readTiffPage } from './tiff';

/** A picture of a file, or of a page of it. */
export interface PicturePlace {
  readonly path: string;
  /** Page of a TIFF, from 0. */
  readonly page: number;
}

/**
 * Reads a PNG, JPEG, WebP, bitmap or TIFF, told by its content, as single bytes: 16 bits are scaled to 8, palettes and
 * CMYK become RGB, what is transparent lies on white. A picture whose channels are equal everywhere is grey.
 * @param page of a TIFF, from 0; without it a TIFF of several pages is an error
 */
export async function readPicture(
  bytes: Uint8Array,
  file: string,
  page: number | null = null,
): Promise<Result<DatasetPicture>> {
  if (isTiff(bytes)) return readTiff(bytes, file, page);
  if (isBmp(bytes)) {
    const bitmap = readBmp(bytes, file);
    return bitmap.ok ? ok(greyIfEqual(bitmap.value)) : bitmap;
  }
  // The common reader takes 16-bit grey PNGs for depth.
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  const image = isPng ? readPng(bytes, file) : await readImage(bytes, file);
  return image.ok ? ok(greyIfEqual(onWhite(image.value))) : image;
}

async function readTiff(
  bytes: Uint8Array,
  file: string,
  page: number | null,
): Promise<Result<DatasetPicture>> {
  const pages = countTiffPages(bytes, file);
  if (!pages.ok) return pages;
  if (page === null && pages.value > 1) {
    const hint = 'Open it alone or in a folder of images, where every page is a picture, or split it.';
    return badFile('file-unsupported', file, 'the file', `one page is needed, it has ${pages.value}`, hint);
  }
  const picture = await readTiffPage(bytes, file, page ?? 0);
  return picture.ok ? ok(greyIfEqual(picture.value)) : picture;
}

function onWhite({ width, height, rgba }: ReadImage): DatasetPicture {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const opacity = rgba[i * 4 + 3] / 255;
    for (let c = 0; c < 3; c++) {
      pixels[i * 3 + c] = Math.round(opacity * rgba[i * 4 + c] + (1 - opacity) * 255);
    }
  }
  return { width, height, channels: 3, pixels };
}

function greyIfEqual(picture: DatasetPicture): DatasetPicture {
  const { width, height, channels, pixels } = picture;
  if (channels === 1) return picture;
  for (let i = 0; i < pixels.length; i += 3) {
    if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return picture;
  }
  return {
    width,
    height,
    channels: 1,
    pixels: Uint8Array.from({ length: width * height }, (_, i) => pixels[i * 3]),
  };
}
