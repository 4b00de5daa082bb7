import { upAxisReadAs } from '../../../shared/formats/lookup';
import { ok, type Result } from '../../../shared/result';
import { growFloat64, growUint32 } from './growable';
import { READ_LIMITS } from './limits';
import { parseNumber, readLines } from './lines';
import { badCoordinate } from './obj';
import { badFile, quoted, tooMany, truncated } from './problems';
import type { ReadMesh } from './types';

const HEADER = 84;
const RECORD = 50;

/**
 * Reads an STL file of either kind. Binary when its length is what its triangle count asks for, whatever the header
 * says (many begin with "solid"); ASCII when it begins with "solid" and goes on as text. Errors name line or byte.
 */
export function readStl(bytes: Uint8Array, file: string): Result<ReadMesh> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Export it again.');
  return isAsciiStl(bytes) ? readAscii(bytes, file) : readBinary(bytes, file);
}

/** True when a binary STL's triangle count and length agree. */
export function isBinaryStlLength(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER && bytes.length === HEADER + RECORD * triangleCount(bytes);
}

/** True for a text that begins with "solid", unless its length says that it is binary. */
export function isAsciiStl(bytes: Uint8Array): boolean {
  if (isBinaryStlLength(bytes)) return false;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  if (!/^\s*solid\b/i.test(head)) return false;
  // A binary header may begin with "solid" and be padded with zeros or spaces before binary records.
  // oxlint-disable-next-line no-control-regex -- control characters tell binary from text
  return !/[\u0000-\u0008\u000e-\u001f]/.test(head);
}

function triangleCount(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(80, true);
}

function readBinary(bytes: Uint8Array, file: string): Result<ReadMesh> {
  if (bytes.length < HEADER) {
    return truncated(
      file,
      `byte ${bytes.length}`,
      `a binary STL begins with an 80-byte header and a triangle count, the file ends before`,
    );
  }
  const count = triangleCount(bytes);
  const room = Math.floor((bytes.length - HEADER) / RECORD);
  if (count > room) {
    return truncated(
      file,
      `byte ${bytes.length}`,
      `the header announces ${count} triangles (${RECORD} bytes each), the file ends after ${room}`,
    );
  }
  if (count > READ_LIMITS.triangles) {
    return tooMany(file, 'byte 80', `the mesh has ${count} triangles`, READ_LIMITS.triangles);
  }
  if (count === 0) {
    return badFile('no-surface', file, 'byte 80', 'the file has no triangles', 'Export the mesh again.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const positions = new Float64Array(count * 9);
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < 9; i++) {
      const at = HEADER + t * RECORD + 12 + i * 4;
      const value = view.getFloat32(at, true);
      if (!Number.isFinite(value)) {
        return badFile(
          'not-finite',
          file,
          `byte ${at}`,
          `triangle ${t + 1} needs finite coordinates, found ${value}`,
          'Remove or repair the triangle in the program that made the file.',
        );
      }
      positions[t * 9 + i] = value;
    }
  }
  const extra = bytes.length - HEADER - count * RECORD;
  return ok({
    kind: 'mesh',
    mesh: { positions, indices: countUp(count * 3) },
    upAxis: upAxisReadAs('stl', 'mesh'),
    notes: extra > 0 ? [`${extra} bytes behind the last announced triangle were passed over.`] : [],
  });
}

function readAscii(bytes: Uint8Array, file: string): Result<ReadMesh> {
  const lines = readLines(bytes);
  const positions = growFloat64();
  const indices = growUint32();
  let corners = 0;
  let closed = true;
  for (let text = lines.next(); text !== null; text = lines.next()) {
    const tokens = text.trim().split(/\s+/);
    const place = `line ${lines.line()}`;
    const word = tokens[0].toLowerCase();
    if (word === 'solid') closed = false;
    else if (word === 'endsolid') closed = true;
    else if (word === 'facet' || word === 'outer') corners = 0;
    else if (word === 'vertex') {
      if (indices.length() / 3 >= READ_LIMITS.triangles) {
        return tooMany(file, place, 'the mesh has more triangles than can be read', READ_LIMITS.triangles);
      }
      if (corners === 3) {
        return badFile(
          'file-damaged',
          file,
          place,
          'a facet has three vertices, found a fourth',
          'Export the mesh as triangles.',
        );
      }
      corners++;
      for (let c = 1; c <= 3; c++) {
        const value = parseNumber(tokens[c]);
        if (!Number.isFinite(value)) return badCoordinate(file, place, tokens[c]);
        positions.push(value);
      }
      indices.push(positions.length() / 3 - 1);
    } else if (word === 'endfacet') {
      if (corners !== 3) {
        return badFile(
          'file-damaged',
          file,
          place,
          `a facet has three vertices, this one has ${corners}`,
          'The file looks damaged: export it again.',
        );
      }
    } else if (word !== '' && word !== 'endloop') {
      return badFile(
        'file-damaged',
        file,
        place,
        `expected a line of an ASCII STL (facet, vertex, endsolid ...), found ${quoted(text.trim())}`,
        'The file looks damaged, or is cut off in a word: export it again.',
      );
    }
  }
  if (!closed) return truncated(file, `line ${lines.line()}`, 'the file ends before "endsolid"');
  if (indices.length() === 0) {
    return badFile('no-surface', file, `line ${lines.line()}`, 'the file has no facets', 'Export it again.');
  }
  return ok({
    kind: 'mesh',
    mesh: { positions: positions.finish(), indices: indices.finish() },
    upAxis: upAxisReadAs('stl', 'mesh'),
    notes: [],
  });
}

function countUp(length: number): Uint32Array {
  const out = new Uint32Array(length);
  for (let i = 0; i < length; i++) out[i] = i;
  return out;
}
