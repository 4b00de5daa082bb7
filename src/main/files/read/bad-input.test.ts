import { describe, expect, it } from 'vitest';
import type { Problem, Result } from '../../../shared/result';
import {
  ballNpz,
  boxMesh,
  encodeAsciiStl,
  encodeBinaryStl,
  encodeGlb,
  encodeNpy,
  encodeNpz,
  encodePly,
  floatBytes,
  gltfJson,
  text,
} from './fixtures';
import { readGltf } from './gltf';
import { readNpy } from './npy';
import { readObj } from './obj';
import { readPly } from './ply';
import { readPointsNpz } from './points-npz';
import { readStl } from './stl';

const box = boxMesh();

function problemOf(result: Result<unknown>): Problem {
  if (result.ok) throw new Error('expected an error');
  return result.error;
}

function patched(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const out = bytes.slice();
  out.set(values, at);
  return out;
}

function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1');
}

const nan = [0, 0, 0xc0, 0x7f];
const objOf = (...lines: string[]): Uint8Array => text(lines.join('\n'));

describe('meshes: one error that names file, place and expectation', () => {
  it.each<[string, Result<unknown>, string, RegExp]>([
    ['empty OBJ', readObj(new Uint8Array(0), 'a.obj'), 'file-empty', /^a\.obj, byte 0: the file is empty/],
    [
      'OBJ with NaN',
      readObj(objOf('v 0 0 0', 'v 1 nan 0'), 'a.obj'),
      'not-finite',
      /^a\.obj, line 2: .*finite.*"nan"/,
    ],
    ['OBJ with 1e999', readObj(objOf('v 0 1e999 0'), 'a.obj'), 'not-finite', /^a\.obj, line 1: .*"1e999"/],
    [
      'OBJ with two numbers',
      readObj(objOf('v 0 0'), 'a.obj'),
      'file-truncated',
      /^a\.obj, line 1: .*three numbers/,
    ],
    [
      'OBJ with an index beyond',
      readObj(objOf('v 0 0 0', 'f 1 2 9'), 'a.obj'),
      'file-damaged',
      /^a\.obj, line 2: .*vertex 9 .*has 1/,
    ],
    [
      'OBJ with index 0',
      readObj(objOf('v 0 0 0', 'f 0 1 1'), 'a.obj'),
      'file-damaged',
      /^a\.obj, line 2: .*"0"/,
    ],
    [
      'OBJ without faces',
      readObj(objOf('v 0 0 0'), 'a.obj'),
      'no-surface',
      /^a\.obj, line 1: .*without a face/,
    ],
    ['empty STL', readStl(new Uint8Array(0), 'a.stl'), 'file-empty', /^a\.stl, byte 0/],
    [
      'binary STL cut off',
      readStl(encodeBinaryStl(box).slice(0, 300), 'a.stl'),
      'file-truncated',
      /^a\.stl, byte 300: .*12 triangles.*after 4/,
    ],
    [
      'binary STL with NaN',
      readStl(patched(encodeBinaryStl(box), 96, ...nan), 'a.stl'),
      'not-finite',
      /^a\.stl, byte 96: triangle 1 .*NaN/,
    ],
    [
      'binary STL of 4 billion triangles',
      readStl(patched(encodeBinaryStl(box), 80, 255, 255, 255, 255), 'a.stl'),
      'file-truncated',
      /^a\.stl, byte \d+: .*4294967295 triangles/,
    ],
    [
      'ASCII STL with inf',
      readStl(replaced(encodeAsciiStl(box), 'vertex -0.5', 'vertex inf'), 'a.stl'),
      'not-finite',
      /^a\.stl, line 4: .*"inf"/,
    ],
    [
      'ASCII STL cut off',
      readStl(encodeAsciiStl(box).slice(0, 100), 'a.stl'),
      'file-truncated',
      /^a\.stl, line \d+/,
    ],
    [
      'PLY of an unknown format',
      readPly(replaced(encodePly(box, 'ascii'), 'ascii', 'middle'), 'a.ply'),
      'file-damaged',
      /^a\.ply, line 2: .*"middle"/,
    ],
    [
      'PLY of 2^40 vertices',
      readPly(replaced(encodePly(box, 'ascii'), 'vertex 8', `vertex ${2 ** 40}`), 'a.ply'),
      'file-too-large',
      /^a\.ply, the header: .*1099511627776/,
    ],
    [
      'PLY of more vertices than bytes',
      readPly(replaced(encodePly(box, 'binary_little_endian'), 'vertex 8', 'vertex 9000'), 'a.ply'),
      'file-truncated',
      /^a\.ply, byte \d+: .*9000/,
    ],
    [
      'PLY with NaN',
      readPly(replaced(encodePly(box, 'ascii'), '-0.5 -0.5 -0.5', 'nan 0 0'), 'a.ply'),
      'not-finite',
      /^a\.ply, line 11: vertex 0 .*NaN/,
    ],
    [
      'PLY of the other byte order',
      readPly(replaced(encodePly(box, 'binary_little_endian'), 'little', 'big'), 'a.ply'),
      'file-damaged',
      /^a\.ply, byte \d+: face 0 names vertex/,
    ],
  ])('%s', (_, result, code, message) => {
    const problem = problemOf(result);
    expect(problem.message).toMatch(message);
    expect(problem.code).toBe(code);
    expect(problem.hint).toBeTruthy();
  });

  it('the hint for a wrong byte order says so', () => {
    const swapped = readPly(replaced(encodePly(box, 'binary_little_endian'), 'little', 'big'), 'a.ply');
    expect(problemOf(swapped).hint).toMatch(/byte order/);
  });
});

describe('glTF', () => {
  const beside = (): Promise<Result<Uint8Array>> => {
    throw new Error('nothing outside may be asked for');
  };
  const { json, binary } = gltfJson(box);
  const glb = (changes: Record<string, unknown>): Uint8Array => encodeGlb({ ...json, ...changes }, binary);
  const accessors = json.accessors as Record<string, unknown>[];
  const cases: [string, Uint8Array, string, RegExp][] = [
    ['empty', new Uint8Array(0), 'file-empty', /^a\.glb, byte 0/],
    ['cut off', encodeGlb(json, binary).slice(0, 400), 'file-truncated', /^a\.glb, byte 400/],
    ['version 1', patched(glb({}), 4, 1), 'file-unsupported', /^a\.glb, byte 4: .*found 1/],
    ['no asset', glb({ asset: undefined }), 'file-damaged', /^a\.glb, asset/],
    [
      '2^40 vertices',
      glb({ accessors: [{ ...accessors[0], count: 2 ** 40 }, accessors[1]] }),
      'file-too-large',
      /^a\.glb, accessors\[0\]\.count: .*1099511627776/,
    ],
    [
      'an accessor beyond its view',
      glb({ accessors: [{ ...accessors[0], count: 9 }, accessors[1]] }),
      'file-truncated',
      /^a\.glb, accessors\[0\]: 9 elements/,
    ],
    [
      'a view beyond its buffer',
      glb({ buffers: [{ byteLength: 100 }] }),
      'file-truncated',
      /^a\.glb, bufferViews\[\d\]/,
    ],
    [
      'a node that contains itself',
      glb({ nodes: [{ mesh: 0, children: [0] }] }),
      'file-damaged',
      /^a\.glb, nodes\[0\]: .*itself/,
    ],
    [
      'a compressed mesh',
      glb({ extensionsRequired: ['KHR_draco_mesh_compression'] }),
      'file-unsupported',
      /^a\.glb, extensionsRequired: .*draco/,
    ],
    [
      'an index beyond',
      glb({ accessors: [{ ...accessors[0], count: 4 }, accessors[1]] }),
      'file-damaged',
      /^a\.glb, meshes\[0\]\.primitives\[0\]\.indices: .*of 4/,
    ],
    ...[
      '../secret.bin',
      '/etc/passwd',
      'C:\\secret.bin',
      'file:///etc/passwd',
      'https://host/a.bin',
      '%2e%2e/secret.bin',
      'a\\..\\b',
    ].map((uri): [string, Uint8Array, string, RegExp] => [
      `a buffer at ${uri}`,
      text(JSON.stringify(gltfJson(box, uri).json)),
      'archive-unsafe',
      /^a\.glb, buffers\[0\]\.uri: .*own folder only/,
    ]),
  ];

  it.each(cases)('%s', async (_, bytes, code, message) => {
    const problem = problemOf(await readGltf(bytes, 'a.glb', beside));
    expect(problem.message).toMatch(message);
    expect(problem.code).toBe(code);
  });

  it('NaN names the vertex', async () => {
    const floats = new Float32Array(binary.slice().buffer);
    floats[7] = NaN;
    const problem = problemOf(
      await readGltf(encodeGlb(json, new Uint8Array(floats.buffer)), 'a.glb', beside),
    );
    expect(problem).toMatchObject({ code: 'not-finite' });
    expect(problem.message).toMatch(/^a\.glb, meshes\[0\]\.primitives\[0\], vertex 2: /);
  });
});

describe('arrays and archives', () => {
  const rows = floatBytes([1, 2, 3]);
  const many = `(${2 ** 40}, 3)`;
  it.each<[string, Result<unknown>, string, RegExp]>([
    [
      'NPY of 2^40 rows',
      readNpy(encodeNpy('<f4', many, rows), 'a.npy'),
      'file-too-large',
      /^a\.npy, byte 10: .*3298534883328 values/,
    ],
    [
      'NPY shorter than its shape',
      readNpy(encodeNpy('<f4', '(9, 3)', rows), 'a.npy'),
      'file-truncated',
      /^a\.npy, byte \d+: .*108 bytes, 12 follow/,
    ],
    [
      'NPY of objects',
      readNpy(encodeNpy('|O8', '(1,)', rows), 'a.npy'),
      'file-unsupported',
      /^a\.npy, byte 10: .*"O8"/,
    ],
    [
      'NPY of version 9',
      readNpy(patched(encodeNpy('<f4', '(3,)', rows), 6, 9), 'a.npy'),
      'file-unsupported',
      /^a\.npy, byte 6/,
    ],
    [
      'archive of 2^40 points',
      readPointsNpz(encodeNpz({ 'points.npy': encodeNpy('<f4', many, rows) }), 'a.npz'),
      'file-too-large',
      /^a\.npz, entry points\.npy, byte 10/,
    ],
    [
      'archive that leaves its folder',
      readPointsNpz(encodeNpz({ '../points.npy': rows }), 'a.npz'),
      'archive-unsafe',
      /^a\.npz, entry "\.\.\/points\.npy": .*folder/,
    ],
    [
      'archive with an absolute name',
      readPointsNpz(encodeNpz({ '/points.npy': rows }), 'a.npz'),
      'archive-unsafe',
      /^a\.npz, entry "\/points/,
    ],
    [
      'archive without points',
      readPointsNpz(encodeNpz({ 'a.npy': rows }), 'a.npz'),
      'file-damaged',
      /^a\.npz, the archive: .*points\.npy/,
    ],
    [
      'archive cut off',
      readPointsNpz(ballNpz(4).slice(0, 200), 'a.npz'),
      'file-truncated',
      /^a\.npz, byte 200: .*directory/,
    ],
  ])('%s', (_, result, code, message) => {
    const problem = problemOf(result);
    expect(problem.message).toMatch(message);
    expect(problem.code).toBe(code);
  });

  it('an entry that claims 2^30 bytes of a few is refused before it is unpacked', () => {
    const bytes = encodeNpz({ 'points.npy': encodeNpy('<f4', '(1, 3)', rows) });
    const directory = Buffer.from(bytes).indexOf('PK\x01\x02', 0, 'latin1');
    const claimed = patched(bytes, directory + 24, 0, 0, 0, 0x10);
    const problem = problemOf(readPointsNpz(claimed, 'a.npz'));
    expect(problem.code).toBe('archive-unsafe');
    expect(problem.message).toMatch(/^a\.npz, entry "points\.npy": .*268435456/);
  });

  it('an archive of a million entries is refused by its end record', () => {
    const bytes = encodeNpz({ 'points.npy': rows });
    const end = bytes.length - 22;
    const problem = problemOf(readPointsNpz(patched(bytes, end + 8, 255, 254, 255, 254), 'a.npz'));
    expect(problem.message).toMatch(/^a\.npz, the zip directory: it lists 65279 entries/);
  });
});
