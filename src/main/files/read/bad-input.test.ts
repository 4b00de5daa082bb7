import { describe, expect, it } from 'vitest';
import type { Problem, Result } from '../../../shared/result';
import { readCamera } from './camera';
import { detectFormat } from './detect';
import { readExr } from './exr';
import {
  ballNpz,
  boxMesh,
  concat,
  encodeAsciiStl,
  encodeBinaryStl,
  encodeExr,
  encodeGlb,
  encodeNpy,
  encodeNpz,
  encodeObj,
  encodePly,
  encodePng,
  floatBytes,
  gltfJson,
  text,
} from './fixtures';
import { readGltf } from './gltf';
import { readNpy } from './npy';
import { readNpyDepth } from './npy-depth';
import { readObj } from './obj';
import { readPly } from './ply';
import { readPngDepth } from './png-depth';
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

describe('depth images and cameras', () => {
  const values = Array.from({ length: 12 }, (_, i) => i);
  const good = { width: 4, height: 3, fx: 4, fy: 4, cx: 1.5, cy: 1, depthScale: 0.001 };
  const cameraOf = (changes: Record<string, unknown>): Result<unknown> =>
    readCamera(text(JSON.stringify({ ...good, ...changes })), 'camera.json');
  const pose = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const poseWith = (at: number, value: number): number[] => pose.map((p, i) => (i === at ? value : p));
  // 40,000 x 30,000 in the header of a small file.
  const huge = patched(encodePng(4, 3, values), 16, 0, 0, 0x9c, 0x40, 0, 0, 0x75, 0x30);

  it.each<[string, Result<unknown>, string, RegExp]>([
    ['empty PNG', readPngDepth(new Uint8Array(0), 'a.png'), 'file-empty', /^a\.png, byte 0/],
    [
      '8-bit PNG',
      readPngDepth(encodePng(4, 3, values, 8), 'a.png'),
      'not-depth',
      /^a\.png, byte 24: .*16-bit grey.*8-bit grey/,
    ],
    [
      'RGB PNG',
      readPngDepth(patched(encodePng(4, 3, values), 25, 2), 'a.png'),
      'not-depth',
      /^a\.png, byte 24: .*16-bit RGB/,
    ],
    [
      'PNG of a billion pixels',
      readPngDepth(huge, 'a.png'),
      'file-too-large',
      /^a\.png, byte 16: the image is 40000 x 30000/,
    ],
    [
      'PNG cut off',
      readPngDepth(encodePng(4, 3, values).slice(0, 60), 'a.png'),
      'file-truncated',
      /^a\.png, byte \d+/,
    ],
    [
      'NPY of a point set',
      readNpyDepth(encodeNpy('<f4', '(12,)', floatBytes(values)), 'a.npy'),
      'not-depth',
      /^a\.npy, the header: .*\(height, width\).*\(12\)/,
    ],
    [
      'EXR without depth',
      readExr(encodeExr(4, 3, { motion: values }), 'a.exr'),
      'not-depth',
      /^a\.exr, the header: .*"motion"/,
    ],
    [
      'EXR cut off',
      readExr(encodeExr(4, 3, { Z: values }).slice(0, -10), 'a.exr'),
      'file-truncated',
      /^a\.exr, byte \d+/,
    ],
    [
      'camera without fx',
      cameraOf({ fx: undefined }),
      'camera-invalid',
      /^camera\.json, field "fx": the field is missing/,
    ],
    [
      'camera without depthScale',
      cameraOf({ depthScale: undefined }),
      'camera-invalid',
      /^camera\.json, field "depthScale": the field is missing/,
    ],
    ['camera with fx 0', cameraOf({ fx: 0 }), 'camera-invalid', /^camera\.json, field "fx"/],
    [
      'camera with a singular pose',
      cameraOf({ cameraToWorld: poseWith(10, 0) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": the matrix is singular/,
    ],
    [
      'camera with a transposed pose',
      cameraOf({ cameraToWorld: poseWith(12, 3) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": the last row/,
    ],
    [
      'camera with a scaling pose',
      cameraOf({ cameraToWorld: poseWith(0, 2) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": .*rotation/,
    ],
    [
      'camera with a mirroring pose',
      cameraOf({ cameraToWorld: poseWith(0, -1) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": it mirrors/,
    ],
    [
      'camera with 9 numbers',
      cameraOf({ cameraToWorld: pose.slice(0, 9) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld"/,
    ],
    [
      'camera that is no JSON',
      readCamera(text('{"width": 4,'), 'camera.json'),
      'file-truncated',
      /^camera\.json, byte 12/,
    ],
  ])('%s', (_, result, code, message) => {
    const problem = problemOf(result);
    expect(problem.message).toMatch(message);
    expect(problem.code).toBe(code);
    expect(problem.hint).toBeTruthy();
  });
});

describe('what a file is', () => {
  it.each([
    ['an ASCII STL called .obj', encodeAsciiStl(box), 'a.obj', 'stl'],
    ['a binary STL called .ply', encodeBinaryStl(box), 'a.ply', 'stl'],
    ['a binary STL that begins with "solid"', encodeBinaryStl(box, 'solid a'), 'a.stl', 'stl'],
    ['an OBJ called .stl', encodeObj(box), 'a.stl', 'obj'],
    ['a PLY without extension', encodePly(box, 'ascii'), 'thing', 'ply'],
    ['a GLB called .gltf', encodeGlb(gltfJson(box).json, new Uint8Array(4)), 'a.gltf', 'gltf'],
    ['glTF JSON called .json', text(JSON.stringify(gltfJson(box).json)), 'a.json', 'gltf'],
    ['an archive called .npy', ballNpz(2), 'a.npy', 'npz'],
    ['an OBJ after a long comment', concat([text(`${'# '.repeat(3000)}\n`), encodeObj(box)]), 'a.obj', 'obj'],
    ['an OBJ after many empty lines', concat([text('\n'.repeat(3000)), encodeObj(box)]), 'a.obj', 'obj'],
  ])('%s', (_, bytes, file, format) => {
    const detected = detectFormat(bytes, file);
    expect(detected).toMatchObject({ ok: true, value: { format } });
    const named = { stl: /\.stl$/, obj: /\.obj$/, ply: /\.ply$/, gltf: /\.gl(b|tf)$/, npz: /\.npz$/ }[
      format
    ]!;
    expect(detected.ok && detected.value.notes.length).toBe(named.test(file) ? 0 : 1);
  });

  it('a JPEG is refused whatever it is called', () => {
    const problem = problemOf(detectFormat(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), 'photo.obj'));
    expect(problem.code).toBe('file-unsupported');
    expect(problem.message).toMatch(/^photo\.obj, byte 0/);
  });
});
