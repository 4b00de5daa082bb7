import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HalfspaceDocument } from '../../../shared/document/types';
import { boxPart } from '../../../shared/shape/box.fixture';
import { readProject, writeProject } from './project';

const document: HalfspaceDocument = {
  id: 'document-1',
  name: 'Mug',
  frame: { origin: [0.1, 0.2, 0.3], metresPerUnit: 0.12, upAxis: 'y' },
  sharpness: 75,
  parts: [
    {
      id: 'part-01',
      name: 'Part 1',
      index: 0,
      translation: [0.1 + 0.2, -1e-17, 0.25],
      planes: [
        { normal: [1, 0, 0], offset: 0.1, locked: true },
        { normal: [0.6, 0.8, 0], offset: 1 / 3, locked: false },
      ],
      smoothness: 175,
      visible: true,
      locked: false,
    },
  ],
  source: { name: 'mug.glb', kind: 'mesh', sha256: 'a'.repeat(64), byteLength: 3, settings: { upAxis: 'y' } },
  recipe: {
    method: 'fit',
    seed: 7,
    options: { parts: 24 },
    modelHash: null,
    backend: 'wasm',
    createdAt: '2026-01-01T00:00:00.000Z',
  },
  adoptedParts: null,
  journal: [{ command: 'plane.offset', title: 'Move plane', at: '2026-01-01T00:00:00.000Z' }],
};
const source = {
  name: 'mug.png',
  bytes: new Uint8Array([1, 2, 3]),
  camera: { name: 'mug.camera.json', bytes: strToU8('{}') },
};

describe('project file', () => {
  let folder = '';
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'halfspace-project-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('reopens exactly: every plane to the last bit, source, camera, recipe, journal', async () => {
    const path = join(folder, 'mug.halfspace');
    expect(await writeProject(path, { document, source })).toMatchObject({ ok: true });
    const read = await readProject(path);
    expect(read).toEqual({ ok: true, value: { document, source, notes: [] } });
  });

  it('keeps the picture that a network saw, in the oldest version that can hold it', async () => {
    const picture: HalfspaceDocument = {
      ...document,
      source: { name: 'mug.jpg', kind: 'image', sha256: 'b'.repeat(64), byteLength: 3 },
      recipe: { ...document.recipe!, method: 'reconstruct', modelHash: 'c'.repeat(64) },
    };
    const versions: number[] = [];
    for (const each of [document, picture]) {
      const path = join(folder, 'picture.halfspace');
      await writeProject(path, { document: each, source: { ...source, camera: null } });
      expect(await readProject(path)).toMatchObject({
        ok: true,
        value: { document: each, source: { name: 'mug.png', bytes: source.bytes } },
      });
      const manifest = unzipSync(await readFile(path))['manifest.json'];
      versions.push(JSON.parse(new TextDecoder().decode(manifest)).version);
    }
    expect(versions).toEqual([1, 2]);
  });

  it('writes the same bytes for the same document and leaves nothing beside the file', async () => {
    const path = join(folder, 'same.halfspace');
    await writeProject(path, { document, source: null });
    const first = await readFile(path);
    await writeProject(path, { document, source: null });
    expect(await readFile(path)).toEqual(first);
    expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('keeps the old file when the new one cannot be written', async () => {
    const path = join(folder, 'blocked');
    await writeFile(path, 'a file where a folder should be');
    const result = await writeProject(join(path, 'x.halfspace'), { document, source: null });
    expect(result).toMatchObject({ ok: false, error: { code: 'write-failed' } });
    expect(await readFile(path, 'utf8')).toBe('a file where a folder should be');
  });

  const whole = (): Record<string, Uint8Array> => ({
    'manifest.json': strToU8('{"format":"halfspace","version":1,"source":null,"camera":null}'),
    'document.json': strToU8(JSON.stringify(document)),
  });
  const read = async (bytes: Uint8Array, name = 'test.halfspace'): ReturnType<typeof readProject> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return readProject(path);
  };
  const open = (entries: Record<string, Uint8Array>): ReturnType<typeof readProject> =>
    read(zipSync(entries));

  it('says that a project of a newer version needs a newer program', async () => {
    const manifest = strToU8('{"format":"halfspace","version":3,"new":true}');
    expect(await open({ ...whole(), 'manifest.json': manifest })).toMatchObject({
      ok: false,
      error: { code: 'project-too-new', message: expect.stringContaining('test.halfspace') },
    });
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'its archive, the end: .*before its directory'],
    ['text', strToU8('not a zip'), 'its archive, the end: .*before its directory'],
    ['no manifest', zipSync({ 'document.json': whole()['document.json'] }), 'manifest.json is missing'],
    ['no document', zipSync({ 'manifest.json': whole()['manifest.json'] }), 'document.json is missing'],
    [
      'a document that is no JSON',
      zipSync({ ...whole(), 'document.json': strToU8('{') }),
      'document.json is not JSON',
    ],
    [
      'a way out of the archive',
      zipSync({ ...whole(), '../../evil': strToU8('x') }),
      "leaves the archive's folder",
    ],
    ['an absolute path', zipSync({ ...whole(), '/etc/evil': strToU8('x') }), "leaves the archive's folder"],
    ['a folder in a folder', zipSync({ ...whole(), 'a/b/c': strToU8('x') }), '"a/b/c" leaves its folder'],
    [
      'too many files',
      zipSync({
        ...whole(),
        ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, strToU8('x')])),
      }),
      'more than 16 files',
    ],
  ])('refuses %s by name and reason', async (_, bytes, reason) => {
    expect(await read(bytes)).toMatchObject({
      ok: false,
      error: {
        code: 'bad-project',
        message: expect.stringMatching(new RegExp(`test\\.halfspace.*${reason}`)),
      },
    });
  });

  it('says why a file cannot be read', async () => {
    expect(await readProject(join(folder, 'gone.halfspace'))).toMatchObject({
      ok: false,
      error: {
        code: 'file-unreadable',
        message: expect.stringMatching(/^gone\.halfspace could not be read \(ENOENT: .*\)\.$/),
      },
    });
  });

  it('refuses an entry whose bytes are not what they were', async () => {
    const bytes = zipSync({ ...whole(), 'source/a.obj': strToU8('v 0 0 0\n'.repeat(500)) });
    const manifest = Buffer.from(bytes).indexOf('manifest.json');
    bytes.fill(0xff, manifest + 13, manifest + 40);
    expect(await read(bytes)).toMatchObject({
      ok: false,
      error: {
        code: 'bad-project',
        message: expect.stringMatching(/^test\.halfspace .*: the archive is damaged: invalid/),
      },
    });
  });

  it('refuses an entry that claims terabytes before inflating it', async () => {
    const bytes = zipSync({ ...whole(), 'source/big.obj': strToU8('x'.repeat(1000)) });
    // The central directory's uncompressed size of the last entry: offset 24 of its header.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let header = -1;
    for (let i = 0; i + 4 <= bytes.length; i++) if (view.getUint32(i, true) === 0x02014b50) header = i;
    view.setUint32(header + 24, 0xfffffff0, true);
    expect(await read(bytes)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('claims 4294967280 bytes') },
    });
  });

  it('brings back a plane that was typed out of the space, says so, and opens the rest as it is', async () => {
    const planes = boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1]).planes.map((plane, i) =>
      i === 0 ? { ...plane, offset: 10 } : plane,
    );
    const parts = [{ ...document.parts[0], planes }];
    const typed = { ...document, parts, adoptedParts: parts };
    const read = await open({ ...whole(), 'document.json': strToU8(JSON.stringify(typed)) });
    expect(read).toMatchObject({
      ok: true,
      value: {
        notes: [expect.stringMatching(/^Plane 1 of "Part 1" lay 1200 mm .* moved to 23\d(\.\d)? mm\.$/)],
      },
    });
    if (!read.ok) return;
    const { parts: opened, adoptedParts, ...rest } = read.value.document;
    expect(opened[0].planes[0].offset).toBeLessThan(2);
    expect(opened[0].planes.slice(1)).toEqual(planes.slice(1));
    expect(adoptedParts).toEqual(opened);
    expect(rest).toEqual({ ...document, parts: undefined, adoptedParts: undefined });
  });

  it('names the field of a part that is no half-space', async () => {
    const broken = {
      ...document,
      parts: [{ ...document.parts[0], planes: [{ normal: [2, 0, 0], offset: 1, locked: false }] }],
    };
    expect(await open({ ...whole(), 'document.json': strToU8(JSON.stringify(broken)) })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('parts.0.planes.0') },
    });
  });

  it('survives every truncation with one clear problem', async () => {
    const bytes = zipSync({ ...whole(), 'source/a.obj': strToU8('v 0 0 0') });
    for (let length = 0; length < bytes.length; length++) {
      const result = await read(bytes.subarray(0, length), 'cut.halfspace');
      expect(result.ok ? 'opened' : result.error.code).toBe('bad-project');
    }
  });

  it('holds plain text that other tools can read', async () => {
    const path = join(folder, 'plain.halfspace');
    await writeProject(path, { document, source: null });
    const entries = unzipSync(await readFile(path));
    expect(JSON.parse(new TextDecoder().decode(entries['document.json'])).parts[0].planes).toHaveLength(2);
  });
});
