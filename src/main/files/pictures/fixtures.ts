import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encodeGreyPng } from './write-png';

/** One page of a TIFF to make. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** PhotometricInterpretation: 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly kind: number;
  readonly samples: number;
  /** Compression: 1 none (when absent), 8 deflate, 32773 PackBits. */
  readonly compression?: number;
  /** The strip's bytes, packed. */
  readonly data: Uint8Array;
  /** [3 * colours] 16 bits, all reds first */
  readonly palette?: readonly number[];
  /** SampleFormat; 3 is floating-point. */
  readonly format?: number;
}

/** Bytes of a little-endian TIFF of one strip per page. */
export function tiffBytes(pages: readonly TiffPage[]): Uint8Array {
  const out: number[] = [...Buffer.from('II*\0', 'latin1'), 0, 0, 0, 0];
  const u16 = (value: number): number[] => [value & 255, value >> 8];
  const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
  let linkAt = 4;
  for (const page of pages) {
    const append = (bytes: readonly number[]): number => {
      const at = out.length;
      out.push(...bytes);
      if (out.length % 2 === 1) out.push(0);
      return at;
    };
    const strip = append([...page.data]);
    const shorts = (values: readonly number[]): readonly number[] =>
      values.length === 1 ? [...u16(values[0]), 0, 0] : u32(append(values.flatMap(u16)));
    const perSample = (value: number): readonly number[] => Array.from({ length: page.samples }, () => value);
    const tags: [tag: number, type: number, count: number, value: readonly number[]][] = [
      [256, 4, 1, u32(page.width)],
      [257, 4, 1, u32(page.height)],
      [258, 3, page.samples, shorts(perSample(page.bits))],
      [259, 3, 1, shorts([page.compression ?? 1])],
      [262, 3, 1, shorts([page.kind])],
      [273, 4, 1, u32(strip)],
      [277, 3, 1, shorts([page.samples])],
      [278, 4, 1, u32(page.height)],
      [279, 4, 1, u32(page.data.length)],
    ];
    if (page.palette) tags.push([320, 3, page.palette.length, shorts(page.palette)]);
    if (page.format) tags.push([339, 3, page.samples, shorts(perSample(page.format))]);
    const directory = out.length;
    u32(directory).forEach((byte, i) => (out[linkAt + i] = byte));
    out.push(
      ...u16(tags.length),
      ...tags.flatMap(([tag, type, count, value]) => [...u16(tag), ...u16(type), ...u32(count), ...value]),
    );
    linkAt = out.length;
    out.push(0, 0, 0, 0);
  }
  return Uint8Array.from(out);
}

/** A grey TIFF whose pixels are `value` everywhere, one page per value. */
export function greyTiff(width: number, height: number, ...values: readonly number[]): Uint8Array {
  return tiffBytes(
    values.map((value) => ({
      width,
      height,
      bits: 8,
      kind: 1,
      samples: 1,
      data: new Uint8Array(width * height).fill(value),
    })),
  );
}

/** Bytes of a bottom-up bitmap of 8 bits with a grey palette. @param pixels [height * width], top row first */
export function bmpBytes(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const stride = Math.ceil(width / 4) * 4;
  const out = Buffer.alloc(54 + 1024 + stride * height);
  out.write('BM', 'latin1');
  out.writeUInt32LE(out.length, 2);
  out.writeUInt32LE(54 + 1024, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(width, 18);
  out.writeInt32LE(height, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(8, 28);
  for (let i = 0; i < 256; i++) out.fill(i, 54 + i * 4, 54 + i * 4 + 3);
  for (let y = 0; y < height; y++) {
    out.set(pixels.subarray(y * width, (y + 1) * width), 54 + 1024 + (height - 1 - y) * stride);
  }
  return out;
}

/** A grey PNG of one value. */
export function greyPng(width: number, height: number, value: number): Uint8Array {
  return encodeGreyPng({ width, height }, new Uint8Array(width * height).fill(value));
}

/** Writes files into a folder, by their paths in it. */
export async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

/** A TIFF of 16 x 12 pixels, black at the top to white at the bottom, packed with LZW by ImageMagick. */
export function lzwTiff(): Uint8Array {
  return Buffer.from(
    'SUkqADQAAACAACBQOCQUABeDQmBC6FQkiw2DFyIQU5xOCIuLQNRRmBLmOABoR9zx9/x+Ag4AAAEDAAEAAAAQAAAAAQEDAAEAAAAMAAAAAgEDAAEAAAAIAAAAAwEDAAEAAAAFAAAABgEDAAEAAAABAAAACgEDAAEAAAABAAAAEQEEAAEAAAAIAAAAEgEDAAEAAAABAAAAFQEDAAEAAAABAAAAFgEDAAEAAAAMAAAAFwEEAAEAAAAsAAAAHAEDAAEAAAABAAAAKQEDAAIAAAAAAAEAPQEDAAEAAAACAAAAAAAAAA==',
    'base64',
  );
}
