import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocument, documentOfSource } from '../../../shared/document/build';
import { unwrap } from '../../../shared/result';
import { writeProject } from '../../files/project/project';
import { encodeExr } from '../../files/read/fixtures';
import { cameraAt, plane, renderDepth, sphere, together } from '../../files/source/fixtures';
import { createGrants, type Grants } from './grants';
import { createSources, settingsOf } from './sources';

const TETRAHEDRON = 'v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n';

let folder: string;
let grants: Grants;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
  grants = createGrants();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function granted(token: string, name = `${token}.obj`, content: string = TETRAHEDRON): Promise<void> {
  await writeFile(join(folder, name), content);
  grants.add(token, join(folder, name), false);
}

describe('sources', () => {
  it('load a file by its token and keep it for the same request', async () => {
    await granted('a');
    const sources = createSources(grants);
    const first = sources.load({ token: 'a' });
    expect(sources.load({ token: 'a' })).toBe(first);
    expect(unwrap(await first).reference).toMatchObject({ name: 'a.obj', kind: 'mesh' });
    const turned = sources.load({ token: 'a', upAxis: 'z' });
    expect(turned).not.toBe(first);
    expect(unwrap(await turned).frame.upAxis).toBe('z');
    expect(sources.load({ token: 'a' })).toBe(first);
  });

  it('keep the last three', async () => {
    for (const token of ['a', 'b', 'c', 'd']) await granted(token);
    const sources = createSources(grants);
    const [a, b] = ['a', 'b', 'c', 'd'].map((token) => sources.load({ token }));
    expect(sources.load({ token: 'b' })).toBe(b);
    const again = sources.load({ token: 'a' });
    expect(again).not.toBe(a);
    await Promise.all([a, b, again, sources.load({ token: 'd' })]);
  });

  it('forget what failed, so that it can be tried again', async () => {
    const sources = createSources(grants);
    expect(await sources.load({ token: 'a' })).toMatchObject({ ok: false, error: { code: 'unknown-file' } });
    await granted('a', 'a.obj', 'nonsense');
    expect((await sources.load({ token: 'a' })).ok).toBe(false);
    await granted('a');
    expect((await sources.load({ token: 'a' })).ok).toBe(true);
    const blind = { token: 'a', cameraToken: 'camera' };
    expect(await sources.load(blind)).toMatchObject({ ok: false, error: { code: 'unknown-file' } });
  });

  it('take the source that lies in a project, with the settings it was opened with', async () => {
    await granted('a');
    const sources = createSources(grants);
    const opened = unwrap(await sources.load({ token: 'a', upAxis: 'z', metresPerFileUnit: 0.001 }));
    const source = { name: '../../a.obj', bytes: Buffer.from(TETRAHEDRON), camera: null };
    const document = documentOfSource('a.obj', opened);
    unwrap(await writeProject(join(folder, 'p.halfspace'), { document, source }));
    grants.add('p', join(folder, 'p.halfspace'), false);
    const inside = unwrap(await sources.load({ token: 'p' }));
    expect(inside.frame).toEqual(opened.frame);
    expect(inside.reference.sha256).toBe(opened.reference.sha256);

    const embedded = sources.loadEmbedded('q', source, { upAxis: 'z' });
    expect(unwrap(await embedded).frame.upAxis).toBe('z');
    // The token alone stands for it, whatever else is asked.
    expect(sources.load({ token: 'q', upAxis: 'y' })).toBe(embedded);
    expect((await readdir(folder)).sort()).toEqual(['a.obj', 'p.halfspace']);

    unwrap(
      await writeProject(join(folder, 'empty.halfspace'), { document: createDocument('e'), source: null }),
    );
    grants.add('empty', join(folder, 'empty.halfspace'), false);
    expect(await sources.load({ token: 'empty' })).toMatchObject({
      ok: false,
      error: { code: 'project-without-source', message: expect.stringContaining('empty.halfspace') },
    });
    await granted('broken', 'broken.halfspace', 'no project');
    expect((await sources.load({ token: 'broken' })).ok).toBe(false);
  });

  it('leave nothing behind of a source that was unpacked', async () => {
    const before = await readdir(tmpdir());
    const sources = createSources(grants);
    await sources.loadEmbedded('x', { name: 'x.obj', bytes: Buffer.from('nonsense'), camera: null }, {});
    await sources.loadEmbedded('y', { name: 'y.obj', bytes: Buffer.from(TETRAHEDRON), camera: null }, {});
    const left = (await readdir(tmpdir())).filter(
      (name) => name.startsWith('halfspace-') && !before.includes(name),
    );
    expect(left).toEqual([]);
  });

  it('forget a load that failed only while nothing newer has taken its place', async () => {
    const sources = createSources(grants);
    const bytes = Buffer.from(TETRAHEDRON);
    const failing = sources.loadEmbedded('n', { name: 'n.obj', bytes: Buffer.from('x'), camera: null }, {});
    const newer = sources.loadEmbedded('n', { name: 'n.obj', bytes, camera: null }, {});
    expect((await failing).ok).toBe(false);
    expect((await newer).ok).toBe(true);
    expect(sources.load({ token: 'n' })).toBe(newer);
  });

  it('unpack a depth image together with its camera', async () => {
    const camera = cameraAt([1, 1, 2], [0, 0.4, 0], 120, 90);
    const { values } = renderDepth(together(sphere([0, 0.5, 0], 0.5), plane([0, 1, 0], 0)), camera);
    const source = {
      name: 'ball.exr',
      bytes: encodeExr(120, 90, { Z: values.map((x) => (x < 65_535 ? Math.round(x) : 0)) }, 2),
      camera: { name: '../ball camera.json', bytes: Buffer.from(JSON.stringify(camera)) },
    };
    const sources = createSources(grants);
    expect(unwrap(await sources.loadEmbedded('d', source, {})).reference.kind).toBe('depth');
    expect(await sources.loadEmbedded('e', { ...source, camera: null }, {})).toMatchObject({
      ok: false,
      error: { code: 'camera-missing' },
    });
  });

  it('forget a load that threw, and leave the error to those who asked for it', async () => {
    const sources = createSources(grants);
    // A name with a zero byte cannot be written to: the file system throws.
    const bad = { name: 'a\0.obj', bytes: Buffer.from(TETRAHEDRON), camera: null };
    const failing = sources.loadEmbedded('z', bad, {});
    await expect(failing).rejects.toThrow('null bytes');
    await granted('z');
    expect((await sources.load({ token: 'z' })).ok).toBe(true);
  });
});

describe('settingsOf', () => {
  it('takes over what a request says, and nothing else', () => {
    const all = { completion: 'mirror', metresPerFileUnit: 0.01, upAxis: 'y' } as const;
    expect(settingsOf({ token: 'a', cameraToken: 'b', ...all })).toEqual(all);
    expect(settingsOf({ token: 'a' })).toEqual({});
  });
});
