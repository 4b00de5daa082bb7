import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meshesOptionsSchema } from '../../../shared/dataset/made';
import { SPLITS } from '../../../shared/dataset/types';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { unwrap } from '../../../shared/result';
import { boxMesh, encodeAsciiStl, encodeBinaryStl, encodeObj, encodePly, text } from '../read/fixtures';
import { sphereMesh } from '../source/fixtures';
import { openDataset } from './index';
import { meshBytes } from './mesh-bytes';
import { planMeshes } from './shapes-plan';
import { writeMeshesDataset } from './write-meshes';

const OPTIONS = meshesOptionsSchema.parse({ views: 2, imageSize: 16, pointsPerSet: 400, seed: 4 });

let root = '';
let folders = 0;
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'halfspace-meshes-'))));
afterAll(() => rm(root, { recursive: true, force: true }));

/** A new folder with these files. */
async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = join(root, `meshes-${folders++}`);
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
}

const output = (): string => join(root, `made-${folders++}`);

/** A box without its top, z up. */
function openBox(half: readonly [number, number, number]): TriangleMesh {
  const { positions, indices } = boxMesh(half);
  const isTop = (t: number): boolean =>
    [0, 1, 2].every((c) => positions[indices[t * 3 + c] * 3 + 2] === half[2]);
  const kept = Array.from({ length: indices.length / 3 }, (_, t) => t).filter((t) => !isTop(t));
  return {
    positions,
    indices: Uint32Array.from(kept.flatMap((t) => Array.from(indices.slice(t * 3, t * 3 + 3)))),
  };
}

const BOX = encodeObj(boxMesh([0.5, 0.25, 0.1]));
const GOOD = {
  'chairs/Big Chair.obj': BOX,
  'chairs/tall.stl': encodeBinaryStl(boxMesh([0.1, 0.2, 0.5])),
  'chairs/more/round.ply': encodePly(sphereMesh(12, 16), 'ascii'),
  'vases/open.stl': encodeAsciiStl(openBox([0.2, 0.2, 0.5])),
};

/** Every file's bytes by name. */
async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.sort().map(async (file): Promise<[string, string]> => {
    return [file.slice(folder.length), (await readFile(file)).toString('base64')];
  });
  return new Map(await Promise.all(pairs));
}

describe('a data set of meshes', () => {
  it('opens as any other, with a category a folder and shapes to learn from, validate and test', async () => {
    const meshes = await folderOf(GOOD);
    const made = output();
    const seen: string[] = [];
    const written = unwrap(
      await writeMeshesDataset(meshes, made, OPTIONS, {
        onProgress: (done, total, file) => seen.push(`${done} of ${total} ${file}`),
      }),
    );
    expect(written).toMatchObject({ shapes: 4, families: ['chairs', 'vases'], skipped: [] });
    expect(seen[0]).toBe('0 of 4 chairs/Big Chair.obj');
    const dataset = unwrap(await openDataset(made));
    expect(dataset.name).toMatch(/^4 shapes made of meshes in meshes-\d+, seed 4$/);
    expect(SPLITS.map((split) => dataset.shapes(split).length)).toEqual(SPLITS.map((s) => written.counts[s]));
    for (const split of SPLITS) expect(dataset.shapes(split).length).toBeGreaterThan(0);
    const ids = SPLITS.flatMap((split) => dataset.shapes(split).map(({ id }) => id)).sort();
    expect(ids).toEqual(['big-chair-00000', 'open-00003', 'round-00001', 'tall-00002']);
    for (const id of ids) {
      const shape = unwrap(await dataset.read(id));
      expect(shape.views).toHaveLength(2);
      expect(shape.samples.box.inside).toHaveLength(400);
      expect(shape.views[0].depth!.depth.some((depth) => depth > 0)).toBe(true);
      expect(shape.views[0].colour!.rgba.some((value) => value > 0)).toBe(true);
      expect(unwrap(await dataset.surface(id))!.indices.length).toBeGreaterThan(0);
    }
  });

  it('labels points by the shape that was read, its height along y whatever the file has up', async () => {
    const made = output();
    unwrap(await writeMeshesDataset(await folderOf(GOOD), made, OPTIONS));
    const dataset = unwrap(await openDataset(made));
    // Half sizes in learning space; STL is z up, and its open top does not matter.
    const boxes = [
      ['big-chair-00000', [0.5, 0.25, 0.1]],
      ['tall-00002', [0.1, 0.5, 0.2]],
      ['open-00003', [0.2, 0.5, 0.2]],
    ] as const;
    for (const [id, half] of boxes) {
      const { box, nearSurface } = unwrap(await dataset.read(id)).samples;
      for (const { points, inside } of [box, nearSurface]) {
        let wrong = 0;
        for (let i = 0; i < inside.length; i++) {
          const out = Math.max(...half.map((h, c) => Math.abs(points[i * 3 + c]) - h));
          // What lies on a face as it is stored is neither.
          if (Math.abs(out) > 1e-6 && Number(out < 0) !== inside[i]) wrong++;
        }
        // About the rim of an opening the winding number ends in a dome.
        expect(wrong / inside.length, id).toBeLessThanOrEqual(id.startsWith('open') ? 0.05 : 0);
      }
    }
  });

  it('has the same bytes for the same seed, whatever cannot be read beside, and other ones for another', async () => {
    const [first, second, third] = [output(), output(), output()];
    unwrap(await writeMeshesDataset(await folderOf(GOOD), first, OPTIONS));
    const meshes = await folderOf({ ...GOOD, 'zz-broken.obj': text('v 1 2\nf 1 2 3\n') });
    const { skipped } = unwrap(await writeMeshesDataset(meshes, second, OPTIONS));
    expect(skipped).toEqual([
      { file: 'zz-broken.obj', reason: expect.stringMatching(/^zz-broken\.obj, line 1: /) as string },
    ]);
    const named = (map: ReadonlyMap<string, string>) => [...map].filter(([file]) => file !== '/dataset.json');
    const expected = named(await contents(first));
    expect(expected.length).toBe(4 * 4 + 3);
    expect(named(await contents(second))).toEqual(expected);
    unwrap(await writeMeshesDataset(meshes, third, { ...OPTIONS, seed: 5 }));
    const points = (map: ReadonlyMap<string, string>) => map.get('/chairs/tall-00002/samples.npz');
    expect(points(await contents(third))).not.toBe(points(await contents(first)));
  });

  it('takes two meshes for learning and validating, and passes over data sets within the folder', async () => {
    const meshes = await folderOf({ 'a.obj': BOX, 'b.obj': BOX });
    const within = join(meshes, 'made');
    const first = unwrap(await writeMeshesDataset(meshes, within, OPTIONS));
    expect(first).toMatchObject({
      shapes: 2,
      families: ['meshes'],
      counts: { train: 1, validation: 1, test: 0 },
    });
    expect(unwrap(await writeMeshesDataset(meshes, output(), OPTIONS)).shapes).toBe(2);
  });

  it.each([
    ['no mesh', { 'readme.txt': text('x') }, 'meshes-missing', /holds no mesh/],
    ['one mesh', { 'a.obj': BOX }, 'meshes-too-few', /Only one of the 1 meshes/],
    [
      'meshes of which none can be used',
      {
        'flat.obj': text('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n'),
        'points.ply': encodePly(
          { positions: boxMesh().positions, indices: new Uint32Array() },
          'ascii',
          boxMesh().positions,
        ),
      },
      'meshes-unusable',
      /None of the 2 meshes in meshes-\d+ can be used, the first one because: flat\.obj/,
    ],
  ])('refuses a folder with %s in one error, and leaves nothing', async (_, files, code, message) => {
    const made = output();
    const result = await writeMeshesDataset(
      await folderOf(files as unknown as Record<string, Uint8Array>),
      made,
      OPTIONS,
    );
    expect(result.ok ? null : result.error.code).toBe(code);
    expect(result.ok ? null : result.error.message).toMatch(message);
    expect((await readdir(root)).filter((name) => name.includes(made.split('/').at(-1)!))).toEqual([]);
  });

  it('writes over nothing, and leaves nothing when it is stopped', async () => {
    const meshes = await folderOf(GOOD);
    const taken = await writeMeshesDataset(meshes, meshes, OPTIONS);
    expect(taken.ok ? null : taken.error.code).toBe('dataset-folder-taken');
    const made = output();
    const abort = new AbortController();
    const stopped = await writeMeshesDataset(meshes, made, OPTIONS, {
      signal: abort.signal,
      onProgress: (done) => done === 2 && abort.abort(),
    });
    expect(stopped.ok ? null : stopped.error.code).toBe('cancelled');
    expect((await readdir(root)).filter((name) => name.includes(made.split('/').at(-1)!))).toEqual([]);
  });

  it('can be stopped between two pictures of one shape, of which there may be many large ones', async () => {
    const meshes = await folderOf({ 'a.obj': BOX });
    const abort = new AbortController();
    const [plan] = planMeshes(['a.obj'], 1);
    const options = { ...OPTIONS, views: 64, imageSize: 64 };
    const work = meshBytes(join(meshes, 'a.obj'), plan, options, {
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(), 0);
    await expect(work).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});
