import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleBox, sampleSurface } from '../../../shared/geometry/sampling';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { createRandom } from '../../../shared/random';
import { unwrap, type Problem } from '../../../shared/result';
import {
  ballNpz,
  boxMesh,
  encodeBinaryStl,
  encodeExr,
  encodeNpy,
  encodeObj,
  encodePly,
  encodePng,
  floatBytes,
  gltfJson,
  text,
} from '../read/fixtures';
import { cameraAt, plane, renderDepth, sphere, sphereMesh, together } from './fixtures';
import { loadSource, type LoadedSource, type LoadRequest } from './load';

const SEED = 3;
const folder = mkdtempSync(join(tmpdir(), 'halfspace-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

async function load(name: string, bytes: Uint8Array, request?: LoadRequest): Promise<LoadedSource> {
  return unwrap(await loadSource(put(name, bytes), request));
}

async function problem(name: string, bytes: Uint8Array, request?: LoadRequest): Promise<Problem> {
  const result = await loadSource(put(name, bytes), request);
  if (result.ok) throw new Error(`${name} was loaded`);
  expect(result.error.hint).toBeTruthy();
  return result.error;
}

const longBox = boxMesh([1, 2, 0.5]);

function moved(mesh: TriangleMesh, by: readonly number[]): TriangleMesh {
  return { ...mesh, positions: mesh.positions.map((x, i) => x + by[i % 3]) };
}

describe('a mesh', () => {
  it('becomes one learning unit long about the origin, with a frame that leads back to metres', async () => {
    const source = await load('long box.obj', encodeObj(moved(longBox, [10, 20, 30])), {
      metresPerFileUnit: 0.001,
    });
    expect(source.frame.metresPerUnit).toBeCloseTo(0.004, 12);
    expect(source.frame.origin.map((x) => Math.round(x * 1e9) / 1e9)).toEqual([0.01, 0.02, 0.03]);
    expect(source.frame.upAxis).toBe('y');
    expect(Math.max(...source.mesh!.positions)).toBeCloseTo(0.5, 12);
    expect(Math.min(...source.mesh!.positions)).toBeCloseTo(-0.5, 12);
    expect(source.facts).toMatchObject({ vertices: 8, triangles: 12, openEdges: 0 });
    expect(source.facts.volume).toBeCloseTo(8e-9, 15);
    expect(source.reference).toMatchObject({
      name: 'long box.obj',
      kind: 'mesh',
      settings: { metresPerFileUnit: 0.001 },
    });
    expect(source.reference.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(source.notes).toEqual([]);
  });

  it(`labels points by what is inside, seed ${SEED}`, async () => {
    const source = await load('box.stl', encodeBinaryStl(longBox));
    const { box, nearSurface } = unwrap(source.sample({ box: 2000, nearSurface: 2000 }, createRandom(SEED)));
    for (const { points, inside } of [box, nearSurface]) {
      expect(inside.length).toBe(2000);
      for (let i = 0; i < inside.length; i++) {
        const [x, y, z] = points.subarray(i * 3, i * 3 + 3);
        const truth = Math.abs(x) < 0.25 && Math.abs(y) < 0.5 && Math.abs(z) < 0.125;
        expect(inside[i]).toBe(truth ? 1 : 0);
      }
    }
  });

  it('inside out is turned over, with a note', async () => {
    const flipped = { ...longBox, indices: longBox.indices.slice().reverse() };
    const source = await load('inverted.ply', encodePly(flipped, 'binary_little_endian'));
    expect(source.facts.volume).toBeCloseTo(8, 9);
    expect(source.notes.join(' ')).toMatch(/inside out/);
  });

  it('with a hole says how many edges are open', async () => {
    const open = { ...longBox, indices: longBox.indices.slice(3) };
    const source = await load('open.obj', encodeObj(open));
    expect(source.facts.openEdges).toBe(3);
    expect(source.notes.join(' ')).toMatch(/3 open edges/);
  });

  it('named after another format is read by its content, with a note', async () => {
    const source = await load('wrong.obj', encodeBinaryStl(longBox));
    expect(source.notes).toEqual(['wrong.obj is an STL mesh by its content and was read as one.']);
  });

  it('of a million triangles loads, and its ghost is small', async () => {
    const globe = sphereMesh(708, 708);
    const bytes = encodeBinaryStl(globe);
    expect(globe.indices.length / 3).toBeGreaterThan(1_000_000);
    const source = await load('million.stl', bytes);
    expect(source.facts.triangles).toBe(globe.indices.length / 3);
    expect(source.facts.openEdges).toBe(0);
    expect(source.facts.volume).toBeCloseTo((4 / 3) * Math.PI, 3);
    const ghost = source.ghost();
    expect(ghost.indices!.length / 3).toBeLessThanOrEqual(300_000);
    expect(ghost.indices!.length / 3).toBeGreaterThan(50_000);
  });

  it.each<[string, Uint8Array, string, RegExp]>([
    ['empty.obj', new Uint8Array(0), 'file-empty', /^empty\.obj, byte 0: the file is empty/],
    [
      'one.obj',
      text('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n'),
      'no-volume',
      /^one\.obj, the mesh: its 1 triangle encloses no volume/,
    ],
    [
      'flat.obj',
      text('v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\nf 1 2 3\nf 2 4 3\nf 3 2 1\nf 3 4 2\n'),
      'no-volume',
      /^flat\.obj, the mesh: its 4 triangles/,
    ],
    [
      'line.obj',
      text('v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n'),
      'no-surface',
      /^line\.obj, the mesh: .*no area/,
    ],
    ['point.obj', text('v 5 5 5\nf 1 1 1\n'), 'no-surface', /^point\.obj, the mesh: .*no area/],
    [
      'far.obj',
      text('v 0 0 0\nv 1e300 0 0\nv 0 1e300 0\nv 0 0 1\nf 1 2 3\nf 1 2 4\nf 2 3 4\nf 1 3 4\n'),
      'not-finite',
      /^far\.obj, the mesh: its bounding box/,
    ],
    ['photo.stl', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3), 'file-unsupported', /^photo\.stl, byte 0/],
  ])('%s is refused', async (name, bytes, code, message) => {
    const { code: found, message: said } = await problem(name, bytes);
    expect(said).toMatch(message);
    expect(found).toBe(code);
  });

  it(`of loose triangles is refused in bounded time, seed ${SEED}`, async () => {
    const random = createRandom(SEED);
    const positions = new Float64Array(30_000 * 9);
    for (let t = 0; t < positions.length; t += 9) {
      const centre = [random.uniform(), random.uniform(), random.uniform()];
      for (let i = 0; i < 9; i++) positions[t + i] = centre[i % 3] + 0.01 * random.uniform();
    }
    const soup = { positions, indices: Uint32Array.from({ length: positions.length / 3 }, (_, i) => i) };
    const { code, message } = await problem('soup.stl', encodeBinaryStl(soup));
    expect(code).toBe('no-volume');
    expect(message).toMatch(/^soup\.stl, the mesh: its 30,000 triangles enclose no volume/);
  });

  it('that is not there is refused', async () => {
    const result = await loadSource(join(folder, 'nowhere.obj'));
    expect(result).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
    expect(!result.ok && result.error.message).toMatch(/^nowhere\.obj, the file: .*it is not there/);
  });
});

describe('glTF buffers', () => {
  it('are read from the folder of the file', async () => {
    const { json, binary } = gltfJson(longBox, 'data/box.bin');
    put('scene/data/box.bin', binary);
    const source = await load('scene/box.gltf', text(JSON.stringify(json)));
    expect(source.facts.volume).toBeCloseTo(64, 6);
  });

  it('are not read through a link that leads out of it', async () => {
    const { json, binary } = gltfJson(longBox, 'link.bin');
    const secret = put('secret.bin', binary);
    mkdirSync(join(folder, 'linked'), { recursive: true });
    symlinkSync(secret, join(folder, 'linked', 'link.bin'));
    const { code, message } = await problem('linked/box.gltf', text(JSON.stringify(json)));
    expect(code).toBe('archive-unsafe');
    expect(message).toMatch(/^box\.gltf, "link\.bin": it leads out/);
  });

  it('that are missing are named', async () => {
    const { json } = gltfJson(longBox, 'gone.bin');
    expect((await problem('box.gltf', text(JSON.stringify(json)))).message).toMatch(
      /^box\.gltf, "gone\.bin": /,
    );
  });
});

describe('points', () => {
  const globe = sphereMesh(40, 80);
  const cloud = { positions: globe.positions, indices: new Uint32Array(0) };
  const outward = globe.positions;

  it.each([
    ['outward', 1],
    ['inward', -1],
  ])(`a cloud with %s normals is a ball, seed ${SEED}`, async (_, sign) => {
    const normals = outward.map((x) => sign * 3 * x);
    const source = await load('cloud.ply', encodePly(cloud, 'binary_little_endian', normals));
    expect(source.reference.kind).toBe('points');
    expect(source.frame.metresPerUnit).toBeCloseTo(2, 2);
    expect(source.notes.some((note) => note.includes('turned over'))).toBe(sign < 0);
    expect(source.facts.volume! / ((4 / 3) * Math.PI)).toBeGreaterThan(0.7);
    const { box } = unwrap(source.sample({ box: 2000, nearSurface: 0 }, createRandom(SEED)));
    let right = 0;
    for (let i = 0; i < box.inside.length; i++) {
      const radius = Math.hypot(...box.points.subarray(i * 3, i * 3 + 3));
      if (radius < 0.5 === (box.inside[i] === 1)) right++;
    }
    expect(right / 2000).toBeGreaterThan(0.97);
    expect(source.ghost().indices).toBeNull();
  });

  it(`without normals get estimated ones, seed ${SEED}`, async () => {
    const random = createRandom(SEED);
    const { points } = sampleSurface(boxMesh([1, 0.6, 0.4]), 6000, random);
    const bare = { positions: Float64Array.from(points), indices: new Uint32Array(0) };
    const source = await load('bare.ply', encodePly(bare, 'ascii'));
    expect(source.notes).toEqual([
      'The points had no normals; they were estimated from neighbouring points.',
    ]);
    const { box } = unwrap(source.sample({ box: 2000, nearSurface: 0 }, random));
    let right = 0;
    for (let i = 0; i < box.inside.length; i++) {
      const [x, y, z] = box.points.subarray(i * 3, i * 3 + 3);
      const truth = Math.abs(x) < 0.5 && Math.abs(y) < 0.3 && Math.abs(z) < 0.2;
      if (truth === (box.inside[i] === 1)) right++;
    }
    expect(right / 2000).toBeGreaterThan(0.95);
  });

  it(`without normals and without a surface are refused, seed ${SEED}`, async () => {
    const dust = {
      positions: Float64Array.from(sampleBox(500, 1, createRandom(SEED))),
      indices: new Uint32Array(0),
    };
    const { code, message } = await problem('dust.ply', encodePly(dust, 'ascii'));
    expect(code).toBe('no-normals');
    expect(message).toMatch(/^dust\.ply, the header: the points have no normals/);
  });

  it(`points.npz keeps its labels and its place, seed ${SEED}`, async () => {
    const source = await load('points.npz', ballNpz(24), { metresPerFileUnit: 0.5 });
    expect(source.frame).toEqual({ origin: [0.5, 1, 1.5], metresPerUnit: 1, upAxis: 'y' });
    const { box, nearSurface } = unwrap(source.sample({ box: 5000, nearSurface: 500 }, createRandom(SEED)));
    for (const { points, inside } of [box, nearSurface]) {
      for (let i = 0; i < inside.length; i++) {
        expect(inside[i]).toBe(Math.hypot(...points.subarray(i * 3, i * 3 + 3)) < 0.4 ? 1 : 0);
      }
    }
    const far = Math.max(
      ...Array.from(nearSurface.inside, (_, i) =>
        Math.abs(Math.hypot(...nearSurface.points.subarray(i * 3, i * 3 + 3)) - 0.4),
      ),
    );
    expect(far).toBeLessThan(0.12);
    expect(source.facts.volume! / ((4 / 3) * Math.PI * 0.4 ** 3)).toBeCloseTo(1, 1);
  });
});

describe('depth', () => {
  const camera = cameraAt([1, 1, 2], [0, 0.4, 0], 120, 90);
  const { values } = renderDepth(together(sphere([0, 0.5, 0], 0.5), plane([0, 1, 0], 0)), camera);
  const clipped = values.map((x) => (x < 65_535 ? Math.round(x) : 0));
  const cameraFile = text(JSON.stringify(camera));
  const files: [string, Uint8Array][] = [
    ['depth.png', encodePng(120, 90, clipped)],
    ['depth.exr', encodeExr(120, 90, { Z: clipped }, 2)],
    ['depth.npy', encodeNpy('<f4', '(90, 120)', floatBytes(clipped))],
  ];

  it.each(files)(`%s with the camera beside it, seed ${SEED}`, async (name, bytes) => {
    const stem = name.replace('.', '-');
    put(`${stem}/camera.json`, cameraFile);
    const source = await load(`${stem}/${name}`, bytes);
    expect(source.reference.kind).toBe('depth');
    expect(source.frame.metresPerUnit).toBeGreaterThan(0.8);
    expect(source.frame.metresPerUnit).toBeLessThan(1.1);
    expect(source.facts.volume).toBeNull();
    const { box } = unwrap(source.sample({ box: 1000, nearSurface: 0 }, createRandom(SEED)));
    const { origin, metresPerUnit } = source.frame;
    let right = 0;
    for (let i = 0; i < box.inside.length; i++) {
      const [x, y, z] = [0, 1, 2].map((c) => origin[c] + metresPerUnit * box.points[i * 3 + c]);
      if (Math.hypot(x, y - 0.5, z) < 0.5 === (box.inside[i] === 1)) right++;
    }
    expect(right / box.inside.length).toBeGreaterThan(0.99);
  });

  it('without a camera says which file is missing', async () => {
    const { code, message } = await problem('lonely/depth.png', files[0][1]);
    expect(code).toBe('camera-missing');
    expect(message).toMatch(/^depth\.png, its folder: .*depth\.camera\.json or camera\.json/);
  });

  it('a camera named in the request wins, and its error names it', async () => {
    put('both/camera.json', cameraFile);
    const cameraPath = put('both/other.json', text('{"width": 120}'));
    const { code, message } = await problem('both/depth.png', files[0][1], { cameraPath });
    expect(code).toBe('camera-invalid');
    expect(message).toMatch(/^other\.json, field "height": the field is missing/);
  });

  it('a picture is refused', async () => {
    const { code, message } = await problem('picture.png', encodePng(4, 4, new Uint8Array(16), 8));
    expect(code).toBe('not-depth');
    expect(message).toMatch(/^picture\.png, byte 24: a depth image is 16-bit grey/);
  });
});
