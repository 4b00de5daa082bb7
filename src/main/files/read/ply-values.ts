import { ProblemError, type Problem } from '../../../shared/result';
import { parseNumber, readLines } from './lines';
import { truncated } from './problems';
import { PLY_BYTES, type PlyHeader, type PlyType } from './ply-header';

/** The numbers of a PLY body in their order, whatever the format. Throws a ProblemError where the file ends. */
export interface PlyValues {
  next(type: PlyType): number;
  /** Where the value that `next` gives lies: `byte 96` or `line 12`. */
  place(): string;
  /** Called in front of each element's row: in ASCII a row is a line. */
  row(): void;
  /** The least number of values that can still follow: bounds every count in the file. */
  room(): number;
}

export function plyValues(bytes: Uint8Array, header: PlyHeader, file: string): PlyValues {
  return header.format === 'ascii' ? asciiValues(bytes, header, file) : binaryValues(bytes, header, file);
}

function binaryValues(bytes: Uint8Array, header: PlyHeader, file: string): PlyValues {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = header.format === 'little';
  let at = header.bodyAt;
  return {
    next: (type) => {
      if (at + PLY_BYTES[type] > bytes.length) {
        throw new ProblemError(
          truncated(file, `byte ${bytes.length}`, 'the file ends before the last announced value').error,
        );
      }
      const value = readScalar(view, at, type, little);
      at += PLY_BYTES[type];
      return value;
    },
    place: () => `byte ${at}`,
    row: () => undefined,
    room: () => bytes.length - at,
  };
}

function readScalar(view: DataView, at: number, type: PlyType, little: boolean): number {
  switch (type) {
    case 'i1':
      return view.getInt8(at);
    case 'u1':
      return view.getUint8(at);
    case 'i2':
      return view.getInt16(at, little);
    case 'u2':
      return view.getUint16(at, little);
    case 'i4':
      return view.getInt32(at, little);
    case 'u4':
      return view.getUint32(at, little);
    case 'f4':
      return view.getFloat32(at, little);
    case 'f8':
      return view.getFloat64(at, little);
  }
}

function asciiValues(bytes: Uint8Array, header: PlyHeader, file: string): PlyValues {
  const lines = readLines(bytes, header.bodyAt);
  let tokens: string[] = [];
  let used = 0;
  const lineNumber = (): number => header.lines + lines.line();
  const problem = (what: string): Problem => truncated(file, `line ${lineNumber()}`, what).error;
  return {
    next: () => {
      if (used >= tokens.length)
        throw new ProblemError(problem('the line has fewer values than the header says'));
      const token = tokens[used++];
      // NaN and infinities pass as they are: the reader names the vertex that has them.
      return parseNumber(token);
    },
    place: () => `line ${lineNumber()}`,
    row: () => {
      do {
        const text = lines.next();
        if (text === null) throw new ProblemError(problem('the file ends before the last announced row'));
        tokens = text.trim() === '' ? [] : text.trim().split(/\s+/);
      } while (tokens.length === 0);
      used = 0;
    },
    room: () => bytes.length - header.bodyAt,
  };
}
