import { ok, type Result } from '../../../shared/result';
import { badFile, quoted, tooMany, truncated, type Failure } from '../read/problems';
import { fromBfloat, fromHalf } from './half';
import {
  countOf,
  isStoredType,
  MAXIMUM_HEADER_BYTES,
  TYPE_BYTES,
  type SafetensorsContent,
  type StoredTensor,
  type StoredType,
} from './types';

const HINT = 'The file is damaged or was written by a faulty program: take the last good copy.';

interface Entry {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file: the header's length (8 bytes, little-endian), a JSON header, the data. As the format
 * demands, the arrays must cover the data without gaps and without overlap, and everything is checked against the
 * bytes that are there before an array is made. Errors name the byte or the array.
 */
export function readSafetensors(bytes: Uint8Array, file: string): Result<SafetensorsContent> {
  if (bytes.length === 0) return badFile('file-empty', file, 'byte 0', 'the file is empty', HINT);
  if (bytes.length < 8)
    return truncated(file, `byte ${bytes.length}`, 'a safetensors file begins with 8 bytes');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const announced = view.getBigUint64(0, true);
  if (announced > BigInt(MAXIMUM_HEADER_BYTES)) {
    return tooMany(file, 'byte 0', `it announces a header of ${announced} bytes`, MAXIMUM_HEADER_BYTES);
  }
  const dataAt = 8 + Number(announced);
  if (dataAt > bytes.length) {
    return truncated(
      file,
      `byte ${bytes.length}`,
      `the header needs ${announced} bytes, the file ends before`,
    );
  }
  const header = parseHeader(bytes.subarray(8, dataAt), file);
  if (!header.ok) return header;
  const metadata = readMetadata(header.value, file);
  if (!metadata.ok) return metadata;
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header.value)) {
    if (name === '__metadata__') continue;
    const entry = readEntry(name, value, file);
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  const gap = checkCover(entries, bytes.length - dataAt, file);
  if (gap) return gap;
  const tensors = new Map<string, StoredTensor>();
  for (const entry of entries) {
    tensors.set(entry.name, decode(entry, bytes.subarray(dataAt + entry.begin, dataAt + entry.end)));
  }
  return ok({ tensors, metadata: metadata.value });
}

function parseHeader(bytes: Uint8Array, file: string): Result<Readonly<Record<string, unknown>>> {
  let header: unknown = null;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Answered below, together with JSON that is no object.
  }
  if (isRecord(header)) return ok(header);
  return badFile('file-damaged', file, 'byte 8', 'the header is no JSON object', HINT);
}

function readMetadata(
  header: Readonly<Record<string, unknown>>,
  file: string,
): Result<ReadonlyMap<string, string>> {
  const stored: unknown = Object.hasOwn(header, '__metadata__') ? header.__metadata__ : {};
  const metadata = new Map<string, string>();
  for (const [key, text] of isRecord(stored) ? Object.entries(stored) : [['', null] as const]) {
    if (typeof text !== 'string') {
      return badFile('file-damaged', file, 'the header, __metadata__', 'only texts may stand there', HINT);
    }
    metadata.set(key, text);
  }
  return ok(metadata);
}

function readEntry(name: string, value: unknown, file: string): Result<Entry> {
  const place = `array ${quoted(name)}`;
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  if (typeof dtype !== 'string' || !Array.isArray(shape) || !Array.isArray(offsets)) {
    return badFile('file-damaged', file, place, 'it needs dtype, shape and data_offsets', HINT);
  }
  if (!isStoredType(dtype)) {
    const known = Object.keys(TYPE_BYTES).join(', ');
    return badFile(
      'file-unsupported',
      file,
      place,
      `${known} are read, found ${quoted(dtype)}`,
      'Convert it before saving.',
    );
  }
  const count = shape.length <= 32 ? countOf(shape) : null;
  const [begin, end]: unknown[] = offsets;
  if (count === null || offsets.length !== 2 || !isOffset(begin) || !isOffset(end) || end < begin) {
    return badFile('file-damaged', file, place, 'its shape or its data_offsets are no valid numbers', HINT);
  }
  if (end - begin !== count * TYPE_BYTES[dtype]) {
    return badFile(
      'file-damaged',
      file,
      place,
      `the shape (${shape.join(', ')}) of ${dtype} needs ${count * TYPE_BYTES[dtype]} bytes, its offsets span ${end - begin}`,
      HINT,
    );
  }
  return ok({ name, dtype, shape: shape.map(Number), begin, end });
}

/** Null when the arrays, in the order of their data, cover all of it. */
function checkCover(entries: readonly Entry[], length: number, file: string): Failure | null {
  const ordered = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of ordered) {
    if (begin !== at) {
      const what = begin < at ? 'it overlaps the array before' : 'bytes before it belong to no array';
      return badFile('file-damaged', file, `array ${quoted(name)}, data byte ${begin}`, what, HINT);
    }
    at = end;
  }
  if (at > length) {
    return truncated(file, 'the data', `the arrays need ${at} bytes, ${length} are there`);
  }
  return at < length
    ? badFile('file-damaged', file, `data byte ${at}`, `${length - at} bytes belong to no array`, HINT)
    : null;
}

function decode({ dtype, shape }: Entry, bytes: Uint8Array): StoredTensor {
  // A copy: aligned, and the file's buffer can be freed.
  const { buffer } = new Uint8Array(bytes);
  switch (dtype) {
    case 'F64':
      return { dtype, shape, data: new Float64Array(buffer) };
    case 'F32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'F16':
      return { dtype, shape, data: Float32Array.from(new Uint16Array(buffer), fromHalf) };
    case 'BF16':
      return { dtype, shape, data: Float32Array.from(new Uint16Array(buffer), fromBfloat) };
    case 'I64':
      return { dtype, shape, data: new BigInt64Array(buffer) };
    case 'I32':
      return { dtype, shape, data: new Int32Array(buffer) };
    default:
      return { dtype, shape, data: new Uint8Array(buffer) };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
