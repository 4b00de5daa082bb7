import { DataUtils } from 'three';
import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from './limits';
import { badFile, quoted, tooMany, truncated } from './problems';

/** An array from an .npy file, in C order whatever the file's order. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** numpy's type string without the byte order: f2, f4, f8, i1 ... u8, b1. */
  readonly type: string;
  /** b1 and u1 as Uint8Array, f2 and f4 as Float32Array, everything else as Float64Array. */
  readonly data: Uint8Array | Float32Array | Float64Array;
}

const SIZES: Readonly<Record<string, number>> = {
  b1: 1,
  i1: 1,
  u1: 1,
  i2: 2,
  u2: 2,
  f2: 2,
  i4: 4,
  u4: 4,
  f4: 4,
  i8: 8,
  u8: 8,
  f8: 8,
};

export function isNpy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x93 && Buffer.from(bytes.subarray(1, 6)).toString('latin1') === 'NUMPY';
}

/**
 * Reads a NumPy array file, format versions 1 to 3. The shape is checked against the bytes that are there before
 * anything is allocated. Errors name the byte.
 */
export function readNpy(bytes: Uint8Array, file: string): Result<NpyArray> {
  const header = readNpyHeader(bytes, file);
  if (!header.ok) return header;
  const { order, type, fortran, shape, at, bodyAt } = header.value;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = shape.reduce((product, n) => product * n, 1);
  if (count > READ_LIMITS.entryBytes) {
    return tooMany(
      file,
      `byte ${at}`,
      `the shape (${shape.join(', ')}) has ${count} values`,
      READ_LIMITS.entryBytes,
    );
  }
  if (count * SIZES[type] > bytes.length - bodyAt) {
    return truncated(
      file,
      `byte ${bytes.length}`,
      `the shape (${shape.join(', ')}) of ${type} needs ${count * SIZES[type]} bytes, ${bytes.length - bodyAt} follow`,
    );
  }
  const data = readValues(view, bodyAt, count, type, order !== '>');
  return ok({ shape, type, data: fortran ? toRowMajor(data, shape) : data });
}

/** What stands before the values of an array. */
export interface NpyHeader {
  /** numpy's byte order: <, >, | or = */
  readonly order: string;
  readonly type: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the header's text and the values begin. */
  readonly at: number;
  readonly bodyAt: number;
}

/**
 * Reads the header of a NumPy array file from its first bytes, for arrays that are too large to read at once. Errors
 * name the byte.
 */
export function readNpyHeader(bytes: Uint8Array, file: string): Result<NpyHeader> {
  if (bytes.length === 0) return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Save it again.');
  if (bytes.length < 12)
    return truncated(file, `byte ${bytes.length}`, 'an .npy file has a header of 12 bytes or more');
  if (!isNpy(bytes)) {
    return badFile(
      'file-damaged',
      file,
      'byte 0',
      'an .npy file begins with \\x93NUMPY',
      'Save it with numpy.save.',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) {
    return badFile(
      'file-unsupported',
      file,
      'byte 6',
      `versions 1 to 3 are read, found ${version}`,
      'Save it again.',
    );
  }
  const at = version === 1 ? 10 : 12;
  const headerLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > READ_LIMITS.headerBytes) {
    return tooMany(file, 'byte 8', `the header has ${headerLength} bytes`, READ_LIMITS.headerBytes);
  }
  const bodyAt = at + headerLength;
  if (bodyAt > bytes.length) {
    return truncated(
      file,
      `byte ${bytes.length}`,
      `the header announces ${headerLength} bytes, the file ends before`,
    );
  }
  const header = parseHeader(Buffer.from(bytes.subarray(at, bodyAt)).toString('latin1'));
  if (!header) {
    return badFile(
      'file-damaged',
      file,
      `byte ${at}`,
      "the header needs 'descr', 'fortran_order' and 'shape' of a plain array",
      'Save it with numpy.save, as an array of numbers.',
    );
  }
  const { type } = header;
  if (!SIZES[type]) {
    return badFile(
      'file-unsupported',
      file,
      `byte ${at}`,
      `numbers of 1 to 8 bytes are read, found the type ${quoted(type)}`,
      'Convert the array with astype(numpy.float32) before saving.',
    );
  }
  return ok({ ...header, at, bodyAt });
}

type HeaderText = Omit<NpyHeader, 'at' | 'bodyAt'>;

function parseHeader(text: string): HeaderText | null {
  const descr = /'descr'\s*:\s*'([<>|=])([a-zA-Z]\d*)'/.exec(text);
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text);
  if (!descr || !fortran || !shape) return null;
  const sizes = shape[1].split(',').map((part) => part.trim().replace(/L$/, ''));
  const numbers = sizes.filter((part) => part !== '').map(Number);
  return numbers.every((n) => Number.isFinite(n))
    ? { order: descr[1], type: descr[2], fortran: fortran[1] === 'True', shape: numbers }
    : null;
}

function readValues(
  view: DataView,
  at: number,
  count: number,
  type: string,
  little: boolean,
): NpyArray['data'] {
  if (type === 'u1') return new Uint8Array(view.buffer, view.byteOffset + at, count).slice();
  const size = SIZES[type];
  const get: (offset: number) => number = {
    b1: (o: number) => (view.getUint8(o) === 0 ? 0 : 1),
    i1: (o: number) => view.getInt8(o),
    u1: (o: number) => view.getUint8(o),
    i2: (o: number) => view.getInt16(o, little),
    u2: (o: number) => view.getUint16(o, little),
    f2: (o: number) => DataUtils.fromHalfFloat(view.getUint16(o, little)),
    i4: (o: number) => view.getInt32(o, little),
    u4: (o: number) => view.getUint32(o, little),
    f4: (o: number) => view.getFloat32(o, little),
    i8: (o: number) => Number(view.getBigInt64(o, little)),
    u8: (o: number) => Number(view.getBigUint64(o, little)),
    f8: (o: number) => view.getFloat64(o, little),
  }[type]!;
  const data =
    type === 'b1' || type === 'u1'
      ? new Uint8Array(count)
      : type === 'f2' || type === 'f4'
        ? new Float32Array(count)
        : new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = get(at + i * size);
  return data;
}

/** Column-major to row-major: walks the rows' order and keeps the offset in the columns' order beside it. */
function toRowMajor(data: NpyArray['data'], shape: readonly number[]): NpyArray['data'] {
  const out = data.slice();
  const strides: number[] = [];
  let stride = 1;
  for (const n of shape) {
    strides.push(stride);
    stride *= n;
  }
  const place = shape.map(() => 0);
  let from = 0;
  for (let i = 0; i < data.length; i++) {
    out[i] = data[from];
    for (let d = shape.length - 1; d >= 0; d--) {
      from += strides[d];
      if (++place[d] < shape[d]) break;
      from -= strides[d] * shape[d];
      place[d] = 0;
    }
  }
  return out;
}
