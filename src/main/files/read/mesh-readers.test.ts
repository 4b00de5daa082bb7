import { describe, expect, it } from 'vitest';
import { meshMass } from '../../../shared/geometry/mass';
import { unwrap } from '../../../shared/result';
import {
  boxMesh,
  encodeAsciiStl,
  encodeBinaryStl,
  encodeGlb,
  encodeObj,
  encodePly,
  gltfJson,
  text,
} from './fixtures';
import { readGltf, type ReadBeside } from './gltf';
import { readObj } from './obj';
import { readPly } from './ply';
import { readStl } from './stl';

const box = boxMesh([0.5, 1, 1.5]);
const alone: ReadBeside = (path) => {
  throw new Error(`no file was to be read beside it, and ${path} was`);
};

describe('meshes come back as they were written', () => {
  it('OBJ', () => {
    const { mesh, upAxis } = unwrap(readObj(encodeObj(box), 'box.obj'));
    expect(mesh).toEqual(box);
    expect(upAxis).toBe('y');
  });

  it.each([
    ['ASCII', encodeAsciiStl(box)],
    ['binary', encodeBinaryStl(box)],
    [
      'binary with a header that begins with "solid"',
      encodeBinaryStl(box, 'solid made by a careless program'),
    ],
  ])('STL, %s', (_, bytes) => {
    const { mesh, upAxis } = unwrap(readStl(bytes, 'box.stl'));
    expect(mesh.indices.length).toBe(36);
    expect(meshMass(mesh).volume).toBeCloseTo(6, 12);
    expect(upAxis).toBe('z');
  });

  it.each(['ascii', 'binary_little_endian', 'binary_big_endian'] as const)('PLY, %s', (format) => {
    const read = unwrap(readPly(encodePly(box, format), 'box.ply'));
    expect(read.kind === 'mesh' && read.mesh).toEqual(box);
  });

  it('PLY cloud with normals', () => {
    const cloud = { positions: box.positions, indices: new Uint32Array(0) };
    const normals = box.positions.map((x) => Math.sign(x));
    const read = unwrap(readPly(encodePly(cloud, 'binary_big_endian', normals), 'cloud.ply'));
    expect(read).toMatchObject({ kind: 'points', points: box.positions, normals });
  });

  it('GLB, with the node transform applied', async () => {
    const { json, binary } = gltfJson(box);
    const { mesh } = unwrap(await readGltf(encodeGlb(json, binary), 'box.glb', alone));
    expect(Array.from(mesh.positions.slice(0, 3))).toEqual([0, 0, 0]);
    expect(meshMass(mesh).volume).toBeCloseTo(6 * 8, 9);
    expect(meshMass(mesh).centre.map((c) => Math.round(c * 1e9) / 1e9)).toEqual([1, 2, 3]);
  });

  it('GLB under a mirroring transform keeps its outside', async () => {
    const { json, binary } = gltfJson(box);
    const mirrored = { ...json, nodes: [{ children: [1] }, { mesh: 0, scale: [-1, 1, 1] }] };
    const { mesh } = unwrap(await readGltf(encodeGlb(mirrored, binary), 'box.glb', alone));
    expect(meshMass(mesh).volume).toBeCloseTo(6, 9);
  });

  it('glTF with a data URI and with a buffer beside it', async () => {
    const inline = gltfJson(box, `data:application/octet-stream;base64,`);
    const uri = `data:application/octet-stream;base64,${Buffer.from(inline.binary).toString('base64')}`;
    const first = await readGltf(text(JSON.stringify(gltfJson(box, uri).json)), 'box.gltf', alone);
    expect(meshMass(unwrap(first).mesh).volume).toBeCloseTo(48, 9);
    const { json, binary } = gltfJson(box, 'sub%20folder/box.bin');
    const asked: string[] = [];
    const second = await readGltf(text(JSON.stringify(json)), 'box.gltf', (path) => {
      asked.push(path);
      return Promise.resolve({ ok: true, value: binary });
    });
    expect(meshMass(unwrap(second).mesh).volume).toBeCloseTo(48, 9);
    expect(asked).toEqual(['sub folder/box.bin']);
  });

  it('glTF triangle strips and fans', async () => {
    const { json, binary } = gltfJson({
      positions: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0),
      indices: Uint32Array.of(0, 1, 2, 3),
    });
    const withMode = (mode: number) => ({
      ...json,
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1, mode }] }],
    });
    const strip = unwrap(await readGltf(encodeGlb(withMode(5), binary), 'strip.glb', alone)).mesh;
    expect(Array.from(strip.indices)).toEqual([0, 1, 2, 2, 1, 3]);
    const fan = unwrap(await readGltf(encodeGlb(withMode(6), binary), 'fan.glb', alone)).mesh;
    expect(Array.from(fan.indices)).toEqual([0, 1, 2, 0, 2, 3]);
  });
});

describe('OBJ statements', () => {
  const vertices = 'v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n';

  it.each([
    ['plain', 'f 1 2 3 4'],
    ['negative', 'f -4 -3 -2 -1'],
    ['v/vt', 'f 1/1 2/2 3/3 4/4'],
    ['v//vn', 'f 1//1 2//1 3//1 4//1'],
    ['v/vt/vn', 'f 1/1/1 2/2/1 3/3/1 4/4/1'],
    ['continued on the next line', 'f 1 2 \\\n 3 4'],
  ])('a quad, %s', (_, face) => {
    const { mesh } = unwrap(readObj(text(`mtllib a.mtl\n${vertices}usemtl b\n${face}`), 'quad.obj'));
    expect(Array.from(mesh.indices)).toEqual([0, 1, 2, 0, 2, 3]);
  });

  it('a concave polygon keeps its area', () => {
    const arrow = 'v 0 0 0\nv 2 -1 0\nv 0.5 0 0\nv 2 1 0\nf 2 3 4 1\n';
    const { mesh } = unwrap(readObj(text(arrow), 'arrow.obj'));
    const { positions: p, indices } = mesh;
    let area = 0;
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3];
      area += Math.abs((p[b] - p[a]) * (p[c + 1] - p[a + 1]) - (p[b + 1] - p[a + 1]) * (p[c] - p[a])) / 2;
    }
    expect(area).toBeCloseTo(0.5, 12);
  });

  it('carriage returns end lines too', () => {
    expect(
      unwrap(readObj(text(`${vertices}f 1 2 3\n`.replaceAll('\n', '\r\n')), 'dos.obj')).mesh.indices.length,
    ).toBe(3);
    expect(
      unwrap(readObj(text(`${vertices}f 1 2 3\n`.replaceAll('\n', '\r')), 'mac.obj')).mesh.indices.length,
    ).toBe(3);
  });
});
