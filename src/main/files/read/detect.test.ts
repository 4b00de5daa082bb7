import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect';
import {
  ballNpz,
  boxMesh,
  concat,
  encodeAsciiStl,
  encodeBinaryStl,
  encodeGlb,
  encodeObj,
  encodePly,
  gltfJson,
  text,
} from './fixtures';

const box = boxMesh();

describe('what a file is', () => {
  it.each([
    ['an ASCII STL called .obj', encodeAsciiStl(box), 'a.obj', 'stl'],
    ['a binary STL called .ply', encodeBinaryStl(box), 'a.ply', 'stl'],
    ['a binary STL that begins with "solid"', encodeBinaryStl(box, 'solid a'), 'a.stl', 'stl'],
    ['an OBJ called .stl', encodeObj(box), 'a.stl', 'obj'],
    ['a PLY without extension', encodePly(box, 'ascii'), 'thing', 'ply'],
    ['a GLB called .gltf', encodeGlb(gltfJson(box).json, new Uint8Array(4)), 'a.gltf', 'glb'],
    ['glTF JSON called .json', text(JSON.stringify(gltfJson(box).json)), 'a.json', 'gltf'],
    ['an archive called .npy', ballNpz(2), 'a.npy', 'npz'],
    ['an OBJ after a long comment', concat([text(`${'# '.repeat(3000)}\n`), encodeObj(box)]), 'a.obj', 'obj'],
    ['an OBJ after many empty lines', concat([text('\n'.repeat(3000)), encodeObj(box)]), 'a.obj', 'obj'],
  ])('%s', (_, bytes, file, format) => {
    const detected = detectFormat(bytes, file);
    expect(detected).toMatchObject({ ok: true, value: { format } });
    const named = {
      stl: /\.stl$/,
      obj: /\.obj$/,
      ply: /\.ply$/,
      glb: /\.gl(b|tf)$/,
      gltf: /\.gl(b|tf)$/,
      npz: /\.npz$/,
    }[format]!;
    expect(detected.ok && detected.value.notes.length).toBe(named.test(file) ? 0 : 1);
  });

  it('a JPEG is refused whatever it is called', () => {
    const refused = detectFormat(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), 'photo.obj');
    expect(refused).toMatchObject({ ok: false, error: { code: 'file-unsupported' } });
    expect(!refused.ok && refused.error.message).toMatch(/^photo\.obj, byte 0/);
  });
});
