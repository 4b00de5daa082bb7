import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from './limits';
import { badFile, quoted, truncated } from './problems';

export type PlyType = 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'f4' | 'f8';

export interface PlyProperty {
  readonly name: string;
  readonly type: PlyType;
  /** Type of the length in front of a list; null for a scalar. */
  readonly listType: PlyType | null;
}

export interface PlyElement {
  readonly name: string;
  readonly count: number;
  readonly properties: readonly PlyProperty[];
}

export interface PlyHeader {
  readonly format: 'ascii' | 'little' | 'big';
  readonly elements: readonly PlyElement[];
  /** Offset of the first byte behind the header. */
  readonly bodyAt: number;
  /** Lines of the header, for line numbers of an ASCII body. */
  readonly lines: number;
}

export const PLY_BYTES: Readonly<Record<PlyType, number>> = {
  i1: 1,
  u1: 1,
  i2: 2,
  u2: 2,
  i4: 4,
  u4: 4,
  f4: 4,
  f8: 8,
};

const TYPES: Readonly<Record<string, PlyType>> = {
  char: 'i1',
  int8: 'i1',
  uchar: 'u1',
  uint8: 'u1',
  short: 'i2',
  int16: 'i2',
  ushort: 'u2',
  uint16: 'u2',
  int: 'i4',
  int32: 'i4',
  uint: 'u4',
  uint32: 'u4',
  float: 'f4',
  float32: 'f4',
  double: 'f8',
  float64: 'f8',
};

const FORMATS: Readonly<Record<string, PlyHeader['format']>> = {
  ascii: 'ascii',
  binary_little_endian: 'little',
  binary_big_endian: 'big',
};

/** Reads the header of a PLY file, at most 1 MiB of it. Errors name the line. */
export function readPlyHeader(bytes: Uint8Array, file: string): Result<PlyHeader> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, READ_LIMITS.headerBytes));
  const elements: { name: string; count: number; properties: PlyProperty[] }[] = [];
  let format: PlyHeader['format'] | null = null;
  let at = 0;
  for (let line = 1; ; line++) {
    let end = at;
    while (end < text.length && text[end] !== 10 && text[end] !== 13) end++;
    const place = `line ${line}`;
    if (end >= text.length) return truncated(file, place, 'the header ends before "end_header"');
    const words = text.toString('latin1', at, end).trim().split(/\s+/);
    at = text[end] === 13 && text[end + 1] === 10 ? end + 2 : end + 1;
    if (line === 1) {
      if (words[0] !== 'ply')
        return damaged(file, place, `a PLY file begins with "ply", found ${quoted(words[0])}`);
    } else if (words[0] === 'format') {
      format = FORMATS[words[1]] ?? null;
      if (!format) {
        return damaged(
          file,
          place,
          `the format must be ascii, binary_little_endian or binary_big_endian, found ${quoted(words[1] ?? '')}`,
        );
      }
    } else if (words[0] === 'element') {
      const count = /^\d{1,15}$/.test(words[2] ?? '') ? Number(words[2]) : NaN;
      if (!Number.isSafeInteger(count)) {
        return damaged(file, place, `an element needs a name and a count, found ${quoted(words.join(' '))}`);
      }
      elements.push({ name: words[1], count, properties: [] });
    } else if (words[0] === 'property') {
      const property = readProperty(words);
      const element = elements[elements.length - 1];
      if (!property || !element) {
        return damaged(
          file,
          place,
          `a property needs a known type and a name, found ${quoted(words.join(' '))}`,
        );
      }
      element.properties.push(property);
    } else if (words[0] === 'end_header') {
      if (!format) return damaged(file, place, 'the header has no "format" line');
      return ok({ format, elements, bodyAt: at, lines: line });
    } else if (words[0] !== 'comment' && words[0] !== 'obj_info' && words[0] !== '') {
      return damaged(file, place, `expected element, property or end_header, found ${quoted(words[0])}`);
    }
  }
}

function readProperty(words: readonly string[]): PlyProperty | null {
  const list = words[1] === 'list';
  const type = TYPES[words[list ? 3 : 1]];
  const name = words[list ? 4 : 2];
  const listType = list ? TYPES[words[2]] : null;
  return type && name && listType !== undefined ? { name, type, listType } : null;
}

function damaged(file: string, place: string, what: string) {
  return badFile(
    'file-damaged',
    file,
    place,
    what,
    'The header looks damaged: export the file again as PLY.',
  );
}
