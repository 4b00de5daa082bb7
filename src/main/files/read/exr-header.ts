import { Unzlib } from 'fflate';
import { ok, ProblemError, type Result } from '../../../shared/result';
import { checkImageSize } from './png-depth';
import { badFile, quoted, truncated, type Failure } from './problems';

export interface ExrChannel {
  readonly name: string;
  /** 0 unsigned integer, 1 half, 2 float */
  readonly pixelType: number;
}

/** Some lines of the image, packed. */
export interface ExrBlock {
  readonly line: number;
  readonly packed: Uint8Array;
}

export interface ExrHeader {
  readonly width: number;
  readonly height: number;
  readonly firstLine: number;
  readonly compression: number;
  readonly channels: readonly ExrChannel[];
  /** Offset of the line-offset table. */
  readonly tableAt: number;
}

export interface ExrImage extends ExrHeader {
  /** Every block once, top to bottom; their lines count from 0. */
  readonly blocks: readonly ExrBlock[];
}

const COMPRESSIONS = ['none', 'RLE', 'ZIPS', 'ZIP', 'PIZ', 'PXR24', 'B44', 'B44A', 'DWAA', 'DWAB'];
const BLOCK_LINES = [1, 1, 1, 16, 32, 16];
/** Compressions whose blocks are zlib streams. */
const DEFLATED = new Set([2, 3, 5]);

/**
 * Reads the header of a single-part scan-line OpenEXR file and checks every block against the file's length and the
 * size that it may unpack to, so that a decoder can be let at it.
 */
export function readExrBlocks(bytes: Uint8Array, file: string): Result<ExrImage> {
  try {
    const header = parseHeader(bytes, file);
    if (!header.ok) return header;
    const blocks = findBlocks(bytes, header.value, file);
    return blocks.ok ? ok({ ...header.value, blocks: blocks.value }) : blocks;
  } catch (error) {
    if (error instanceof RangeError) {
      return truncated(file, `byte ${bytes.length}`, 'the file ends inside the header or a block');
    }
    if (error instanceof ProblemError) return { ok: false, error: error.problem };
    throw error;
  }
}

function parseHeader(bytes: Uint8Array, file: string): Result<ExrHeader> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint32(4, true) >>> 8;
  if (view.getUint32(0, true) !== 20_000_630) {
    return badFile(
      'file-damaged',
      file,
      'byte 0',
      'an OpenEXR file begins with 76 2f 31 01',
      'Export it again.',
    );
  }
  // Bits above the version: tiled 0x2, long names 0x4, deep 0x8, multi-part 0x10.
  if ((flags & ~0x4) !== 0) {
    return badFile(
      'file-unsupported',
      file,
      'byte 4',
      'a flat, single-part scan-line image is read; this one is tiled, deep or multi-part',
      'Save the depth alone as a scan-line OpenEXR.',
    );
  }
  let channels: ExrChannel[] | null = null;
  let window: readonly number[] | null = null;
  let compression = -1;
  let at = 8;
  while (view.getUint8(at) !== 0) {
    const name = readName(bytes, at, file);
    const type = readName(bytes, at + name.length + 1, file);
    const sizeAt = at + name.length + type.length + 2;
    const size = view.getUint32(sizeAt, true);
    const valueAt = sizeAt + 4;
    if (valueAt + size > bytes.length) {
      return truncated(
        file,
        `byte ${sizeAt}`,
        `the attribute ${quoted(name)} announces ${size} bytes, the file ends before`,
      );
    }
    if (name === 'channels') channels = readChannels(bytes, view, valueAt, valueAt + size, file);
    if (name === 'compression') compression = view.getUint8(valueAt);
    if (name === 'dataWindow') window = [0, 4, 8, 12].map((o) => view.getInt32(valueAt + o, true));
    at = valueAt + size;
  }
  if (!channels || !window || compression < 0) {
    return badFile(
      'file-damaged',
      file,
      `byte ${at}`,
      'the header lacks channels, compression or dataWindow',
      'Export it again.',
    );
  }
  if (!(compression in BLOCK_LINES)) {
    return badFile(
      'file-unsupported',
      file,
      'the header',
      `depth is read from lossless compressions, found ${COMPRESSIONS[compression] ?? compression}`,
      'Save it with no, ZIP or PIZ compression.',
    );
  }
  const width = window[2] - window[0] + 1;
  const height = window[3] - window[1] + 1;
  const failure = checkImageSize(width, height, file, 'dataWindow');
  return failure ?? ok({ width, height, firstLine: window[1], compression, channels, tableAt: at + 1 });
}

/** A zero-terminated name of at most 255 characters. */
function readName(bytes: Uint8Array, at: number, file: string): string {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw new RangeError('no terminator');
  if (end - at > 255 || end === at) {
    throw new ProblemError(
      badFile(
        'file-damaged',
        file,
        `byte ${at}`,
        'a name of 1 to 255 characters is needed',
        'Export it again.',
      ).error,
    );
  }
  return Buffer.from(bytes.subarray(at, end)).toString('latin1');
}

function readChannels(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  end: number,
  file: string,
): ExrChannel[] {
  const channels: ExrChannel[] = [];
  for (let at = from; at < end - 1 && view.getUint8(at) !== 0;) {
    const name = readName(bytes, at, file);
    const pixelType = view.getInt32(at + name.length + 1, true);
    const sampling = [9, 13].map((offset) => view.getInt32(at + name.length + offset, true));
    if (pixelType < 0 || pixelType > 2 || sampling.some((s) => s !== 1)) {
      throw new ProblemError(
        badFile(
          'file-unsupported',
          file,
          `channel ${quoted(name)}`,
          'channels of known type without subsampling are read',
          'Save the depth alone as 16- or 32-bit float.',
        ).error,
      );
    }
    channels.push({ name, pixelType });
    at += name.length + 17;
  }
  return channels;
}

function findBlocks(bytes: Uint8Array, header: ExrHeader, file: string): Result<readonly ExrBlock[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { width, height, firstLine, compression, channels, tableAt } = header;
  const lines = BLOCK_LINES[compression];
  const count = Math.ceil(height / lines);
  const pixelBytes = channels.reduce((sum, { pixelType }) => sum + (pixelType === 1 ? 2 : 4), 0);
  if (tableAt + count * 8 > bytes.length) {
    return truncated(file, `byte ${bytes.length}`, `the table of ${count} blocks is not whole`);
  }
  const blocks: ExrBlock[] = [];
  const seen = new Set<number>();
  for (let block = 0; block < count; block++) {
    const at = Number(view.getBigUint64(tableAt + block * 8, true));
    const place = `byte ${at}`;
    if (at + 8 > bytes.length) {
      return truncated(
        file,
        `byte ${bytes.length}`,
        `block ${block} of ${count} should begin at ${place}, the file ends before`,
      );
    }
    const line = view.getInt32(at, true) - firstLine;
    const size = view.getUint32(at + 4, true);
    if (line < 0 || line >= height || line % lines !== 0 || seen.has(line)) {
      return damaged(file, place, `a block for line ${line} of ${height} is not expected there`);
    }
    seen.add(line);
    const wanted = Math.min(lines, height - line) * width * pixelBytes;
    if (size > wanted) return damaged(file, place, `a block of ${wanted} bytes claims ${size} packed`);
    if (at + 8 + size > bytes.length) {
      return truncated(file, place, `a block announces ${size} bytes, the file ends before`);
    }
    const packed = bytes.subarray(at + 8, at + 8 + size);
    if (compression === 0 && size < wanted)
      return damaged(file, place, `a block has ${size} bytes of ${wanted}`);
    if (DEFLATED.has(compression) && size < wanted && !unpacksWithin(packed, wanted)) {
      return damaged(file, place, `a block does not unpack to ${wanted} bytes`);
    }
    blocks.push({ line, packed });
  }
  return ok(blocks.sort((a, b) => a.line - b.line));
}

function damaged(file: string, place: string, what: string): Failure {
  return badFile('file-damaged', file, place, what, 'The file looks damaged: copy or export it again.');
}

/** True when a zlib stream is whole and makes no more than `limit` bytes; stops as soon as it makes more. */
function unpacksWithin(packed: Uint8Array, limit: number): boolean {
  let made = 0;
  let whole = false;
  const stream = new Unzlib((chunk, final) => {
    made += chunk.length;
    whole ||= final;
    if (made > limit) throw new RangeError('more than announced');
  });
  try {
    // Small pieces keep what one call can make small.
    for (let at = 0; at < packed.length; at += 16_384) {
      stream.push(packed.subarray(at, at + 16_384), at + 16_384 >= packed.length);
    }
    return whole;
  } catch {
    return false;
  }
}
