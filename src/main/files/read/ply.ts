import { upAxisReadAs } from '../../../shared/formats/lookup';
import { ok, ProblemError, type Result } from '../../../shared/result';
import { growUint32, type Growable } from './growable';
import { READ_LIMITS } from './limits';
import { PLY_BYTES, readPlyHeader, type PlyElement, type PlyHeader } from './ply-header';
import { plyValues, type PlyValues } from './ply-values';
import { triangulatePolygon } from './polygon';
import { badFile, tooMany, truncated, type Failure } from './problems';
import type { ReadMesh, ReadPoints } from './types';

/**
 * Reads a PLY file, ASCII or binary of either byte order: a mesh when it has faces, else a point cloud with normals
 * when it has nx, ny, nz. Other elements and properties are passed over. Errors name line or byte.
 */
export function readPly(bytes: Uint8Array, file: string): Result<ReadMesh | ReadPoints> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Export it again.');
  const header = readPlyHeader(bytes, file);
  if (!header.ok) return header;
  const bounded = checkCounts(header.value, bytes, file);
  if (bounded) return bounded;
  try {
    return readBody(header.value, plyValues(bytes, header.value, file), file);
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, error: error.problem };
    throw error;
  }
}

/** Every count must fit into the bytes that are there, before anything is allocated for it. */
function checkCounts(header: PlyHeader, bytes: Uint8Array, file: string): Failure | null {
  const room = bytes.length - header.bodyAt;
  let needed = 0;
  for (const { name, count, properties } of header.elements) {
    const limit = name === 'face' ? READ_LIMITS.triangles : READ_LIMITS.vertices;
    if (count > limit) return tooMany(file, 'the header', `it announces ${count} of "${name}"`, limit);
    const smallest = properties.reduce((sum, { type, listType }) => sum + PLY_BYTES[listType ?? type], 0);
    // In ASCII a value is at least a digit and what ends it.
    needed += count * (header.format === 'ascii' ? properties.length * 2 : smallest);
    // The last value of an ASCII file needs no line end.
    if (needed > room + 1) {
      return truncated(
        file,
        `byte ${bytes.length}`,
        `the header announces ${count} of "${name}", the file ends before them`,
      );
    }
  }
  return null;
}

function readBody(header: PlyHeader, values: PlyValues, file: string): Result<ReadMesh | ReadPoints> {
  let vertices: VertexTable | null = null;
  const faces = growUint32();
  for (const element of header.elements) {
    if (element.name === 'vertex') {
      const table = readVertices(element, values, file);
      if (!table.ok) return table;
      vertices = table.value;
    } else if (element.name === 'face') {
      const failure = readFaces(element, values, vertices, faces, file);
      if (failure) return failure;
    } else if (element.name === 'tristrips' && element.count > 0) {
      return badFile(
        'file-unsupported',
        file,
        'the header',
        'triangle strips are not read, faces are',
        'Export the mesh with a "face" element.',
      );
    } else skip(element, values);
  }
  if (!vertices || vertices.positions.length === 0) {
    return badFile(
      'no-surface',
      file,
      'the header',
      'it announces no vertex',
      'Export the file with its vertices.',
    );
  }
  if (faces.length() > 0) {
    const mesh = { positions: vertices.positions, indices: faces.finish() };
    return ok({ kind: 'mesh', mesh, upAxis: upAxisReadAs('ply', 'mesh'), notes: [] });
  }
  if (vertices.positions.length / 3 > READ_LIMITS.points) {
    return tooMany(
      file,
      'the header',
      `the cloud has ${vertices.positions.length / 3} points`,
      READ_LIMITS.points,
    );
  }
  return ok({
    kind: 'points',
    points: vertices.positions,
    normals: vertices.normals,
    upAxis: upAxisReadAs('ply', 'points'),
    notes: [],
  });
}

interface VertexTable {
  readonly positions: Float64Array;
  readonly normals: Float64Array | null;
}

function readVertices(element: PlyElement, values: PlyValues, file: string): Result<VertexTable> {
  const column = (name: string): number =>
    element.properties.findIndex((p) => p.name === name && !p.listType);
  const places = ['x', 'y', 'z'].map(column);
  if (places.some((p) => p < 0)) {
    return badFile(
      'file-damaged',
      file,
      'the header',
      'the vertices need the properties x, y and z',
      'Export the file with positions.',
    );
  }
  const turns = ['nx', 'ny', 'nz'].map(column);
  const positions = new Float64Array(element.count * 3);
  const normals = turns.some((p) => p < 0) ? null : new Float64Array(element.count * 3);
  const row = new Float64Array(element.properties.length);
  for (let v = 0; v < element.count; v++) {
    values.row();
    const place = values.place();
    readRow(element, values, row);
    for (let c = 0; c < 3; c++) {
      const value = row[places[c]];
      if (!(Math.abs(value) <= READ_LIMITS.coordinate)) return badVertex(file, place, v, value);
      positions[v * 3 + c] = value;
      if (normals) normals[v * 3 + c] = row[turns[c]];
    }
  }
  return ok({ positions, normals });
}

function badVertex(file: string, place: string, vertex: number, value: number): Failure {
  return badFile(
    'not-finite',
    file,
    place,
    `vertex ${vertex} needs finite coordinates below ${READ_LIMITS.coordinate}, found ${value}`,
    'Remove or repair the vertex. If most look wrong, the header may name the wrong byte order.',
  );
}

function readRow(element: PlyElement, values: PlyValues, row: Float64Array): void {
  element.properties.forEach((property, i) => {
    if (!property.listType) row[i] = values.next(property.type);
    else for (let left = values.next(property.listType); left > 0; left--) values.next(property.type);
  });
}

function skip(element: PlyElement, values: PlyValues): void {
  const row = new Float64Array(element.properties.length);
  for (let i = 0; i < element.count; i++) {
    values.row();
    readRow(element, values, row);
  }
}

function readFaces(
  element: PlyElement,
  values: PlyValues,
  vertices: VertexTable | null,
  faces: Growable<Uint32Array>,
  file: string,
): Failure | null {
  const count = vertices ? vertices.positions.length / 3 : 0;
  for (let f = 0; f < element.count; f++) {
    values.row();
    for (const { name, type, listType } of element.properties) {
      if (listType && /^vertex_ind(ex|ices)$/.test(name)) {
        const place = values.place();
        const corners = values.next(listType);
        if (!(corners >= 0 && corners <= READ_LIMITS.polygonCorners) || corners > values.room()) {
          return badFace(file, place, f, `has ${corners} corners`);
        }
        const loop: number[] = [];
        for (let i = 0; i < corners; i++) {
          const at = values.place();
          const vertex = values.next(type);
          if (!(Number.isInteger(vertex) && vertex >= 0 && vertex < count)) {
            return badFace(file, at, f, `names vertex ${vertex} of ${count}`);
          }
          loop.push(vertex);
        }
        if (faces.length() / 3 + Math.max(0, corners - 2) > READ_LIMITS.triangles) {
          return tooMany(file, place, 'the mesh has more triangles than can be read', READ_LIMITS.triangles);
        }
        pushPolygon(loop, vertices!.positions, faces);
      } else if (listType) for (let left = values.next(listType); left > 0; left--) values.next(type);
      else values.next(type);
    }
  }
  return null;
}

function badFace(file: string, place: string, face: number, what: string): Failure {
  return badFile(
    'file-damaged',
    file,
    place,
    `face ${face} ${what}`,
    'The file is damaged, or its header names the wrong byte order (little or big endian).',
  );
}

function pushPolygon(loop: readonly number[], positions: Float64Array, faces: Growable<Uint32Array>): void {
  if (loop.length < 3) return;
  if (loop.length === 3) {
    for (const vertex of loop) faces.push(vertex);
    return;
  }
  const corners = loop.flatMap((v) => [positions[v * 3], positions[v * 3 + 1], positions[v * 3 + 2]]);
  for (const corner of triangulatePolygon(corners)) faces.push(loop[corner]);
}
