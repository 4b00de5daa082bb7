import { upAxisReadAs } from '../../../shared/formats/lookup';
import { ok, type Result } from '../../../shared/result';
import { growFloat64, growUint32, type Growable } from './growable';
import { READ_LIMITS } from './limits';
import { parseNumber, readLines } from './lines';
import { triangulatePolygon } from './polygon';
import { badFile, quoted, tooMany, truncated, type Failure } from './problems';
import type { ReadMesh } from './types';

/**
 * Reads a Wavefront OBJ: `v` and polygonal `f` with v, v/vt, v//vn, v/vt/vn and negative indices. Materials, groups,
 * texture coordinates and normals are passed over. Errors name the line.
 */
export function readObj(bytes: Uint8Array, file: string): Result<ReadMesh> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Export it again.');
  const lines = readLines(bytes);
  const positions = growFloat64();
  const indices = growUint32();
  // A face may name vertices that follow it, so that the largest index is judged at the end.
  const largest = { index: -1, line: 0 };
  for (let text = lines.next(); text !== null; text = lines.next()) {
    const line = lines.line();
    while (text.endsWith('\\')) text = `${text.slice(0, -1)} ${lines.next() ?? ''}`;
    const tokens = text.trim().split(/\s+/);
    const failure =
      tokens[0] === 'v'
        ? readVertex(tokens, positions, file, line)
        : tokens[0] === 'f'
          ? readFace(tokens, positions, indices, largest, file, line)
          : null;
    if (failure) return failure;
  }
  const vertices = positions.length() / 3;
  if (vertices === 0) {
    return truncated(file, `line ${lines.line()}`, 'the file ends without a vertex (a line "v x y z")');
  }
  if (indices.length() === 0) {
    return badFile(
      'no-surface',
      file,
      `line ${lines.line()}`,
      `the file ends with ${vertices} vertices but without a face (a line "f 1 2 3")`,
      'Export the mesh with its faces; point clouds are read from PLY with normals.',
    );
  }
  if (largest.index >= vertices) {
    return badFile(
      'file-damaged',
      file,
      `line ${largest.line}`,
      `the face names vertex ${largest.index + 1} but the file has ${vertices}`,
      'The file looks cut off or edited: export it again.',
    );
  }
  return ok({
    kind: 'mesh',
    mesh: { positions: positions.finish(), indices: indices.finish() },
    upAxis: upAxisReadAs('obj', 'mesh'),
    notes: [],
  });
}

function readVertex(
  tokens: readonly string[],
  positions: Growable<Float64Array>,
  file: string,
  line: number,
): Failure | null {
  if (positions.length() / 3 >= READ_LIMITS.vertices) {
    return tooMany(file, `line ${line}`, 'the mesh has more vertices than can be read', READ_LIMITS.vertices);
  }
  for (let c = 1; c <= 3; c++) {
    const value = parseNumber(tokens[c]);
    if (!Number.isFinite(value)) return badCoordinate(file, `line ${line}`, tokens[c]);
    positions.push(value);
  }
  return null;
}

/** For text formats: a coordinate is missing, is not a number, or is a NaN or an infinity. */
export function badCoordinate(file: string, place: string, token: string | undefined): Failure {
  if (token === undefined) return truncated(file, place, 'a vertex needs three numbers, the line has fewer');
  return badFile(
    /^[+-]?(nan|inf)/i.test(token) || /^[+-]?\d/.test(token) ? 'not-finite' : 'file-damaged',
    file,
    place,
    `a vertex needs three finite numbers, found ${quoted(token)}`,
    'Remove or repair the vertex in the program that made the file.',
  );
}

function readFace(
  tokens: readonly string[],
  positions: Growable<Float64Array>,
  indices: Growable<Uint32Array>,
  largest: { index: number; line: number },
  file: string,
  line: number,
): Failure | null {
  const place = `line ${line}`;
  const count = tokens.length - 1;
  if (count < 3) return truncated(file, place, `a face needs at least three corners, found ${count}`);
  if (count > READ_LIMITS.polygonCorners) {
    return tooMany(file, place, `the face has ${count} corners`, READ_LIMITS.polygonCorners);
  }
  if (indices.length() / 3 + count - 2 > READ_LIMITS.triangles) {
    return tooMany(file, place, 'the mesh has more triangles than can be read', READ_LIMITS.triangles);
  }
  const vertices = positions.length() / 3;
  const loop: number[] = [];
  for (let i = 1; i <= count; i++) {
    const token = tokens[i];
    const match = /^([+-]?\d{1,10})(?:\/-?\d*(?:\/-?\d*)?)?$/.exec(token);
    const index = match ? Number(match[1]) : 0;
    const vertex = index < 0 ? vertices + index : index - 1;
    if (index === 0 || vertex < 0) {
      return badFile(
        'file-damaged',
        file,
        place,
        `a corner must name a vertex by its number from 1 (or from -1 backwards), found ${quoted(token)}`,
        'The file looks damaged: export it again.',
      );
    }
    if (vertex > largest.index) Object.assign(largest, { index: vertex, line });
    loop.push(vertex);
  }
  // Corners that follow the face have no position yet; such polygons become a fan.
  const known = loop.every((vertex) => vertex < vertices);
  const order = count === 3 || !known ? null : triangulatePolygon(cornersOf(loop, positions));
  if (order) for (const corner of order) indices.push(loop[corner]);
  else for (let i = 2; i < count; i++) for (const corner of [0, i - 1, i]) indices.push(loop[corner]);
  return null;
}

function cornersOf(loop: readonly number[], positions: Growable<Float64Array>): number[] {
  return loop.flatMap((v) => [positions.at(v * 3), positions.at(v * 3 + 1), positions.at(v * 3 + 2)]);
}
