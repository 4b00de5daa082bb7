import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPLITS } from '../../../shared/dataset/types';
import { unwrap } from '../../../shared/result';
import { measureTopology } from '../../../shared/geometry/mesh-topology';
import { createInsideTest } from '../../../shared/geometry/inside';
import { readPly } from '../read/ply';
import { readNpy } from '../read/npy';
import { readZip } from '../read/zip';
import { fromHalf, toHalf } from '../safetensors/half';
import { encodeNpz, type NpyContent } from '../write/npy';
import { openShapesDataset } from './read-shapes';
import { shapesOptionsSchema } from './shapes-format';
import { planShapes, splitShapes } from './shapes-plan';
import { writeShapesDataset } from './write-shapes';

const OPTIONS = shapesOptionsSchema.parse({
  count: 9,
  views: 2,
  imageSize: 12,
  pointsPerSet: 300,
  seed: 7,
  families: ['chair', 'mug', 'rocket'],
});

let root: string;
let made: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'halfspace-shapes-'));
  made = join(root, 'made');
  unwrap(await writeShapesDataset(made, OPTIONS));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let copies = 0;
/** The data set again, to be damaged. */
async function copy(): Promise<string> {
  const folder = join(root, `copy-${copies++}`);
  await cp(made, folder, { recursive: true });
  return folder;
}

/** Every file's bytes by name. */
async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.sort().map(async (file): Promise<[string, string]> => {
    return [file.slice(folder.length), (await readFile(file)).toString('base64')];
  });
  return new Map(await Promise.all(pairs));
}

describe('a data set of procedural shapes', () => {
  it('comes back as it was written', async () => {
    const dataset = unwrap(await openShapesDataset(made));
    expect(dataset.families).toEqual(['chair', 'mug', 'rocket']);
    const ids = SPLITS.flatMap((split) => dataset.shapes(split).map(({ id }) => id));
    expect(new Set(ids).size).toBe(9);
    for (const id of ids) {
      const shape = unwrap(await dataset.read(id));
      expect(shape.id).toBe(id);
      expect(shape.samples.box.points.length).toBe(900);
      expect(shape.samples.nearSurface.inside.length).toBe(300);
      expect(shape.views.length).toBe(2);
      for (const { colour, depth, camera } of shape.views) {
        expect(colour!.rgba.length).toBe(12 * 12 * 4);
        expect(colour!.rgba.some((value) => value > 0)).toBe(true);
        expect(depth!.depth.length).toBe(144);
        const depths = depth!.depth.filter((z) => z > 0);
        const distance = Math.hypot(...[3, 7, 11].map((i) => camera!.cameraToWorld![i]));
        for (const z of depths) expect(Math.abs(z - distance)).toBeLessThan(0.9);
        expect(camera).toMatchObject({ width: 12, height: 12, cx: 5.5, cy: 5.5, upAxis: 'y' });
      }
    }
  });

  it('has labels and points that fit the mesh beside them', async () => {
    const dataset = unwrap(await openShapesDataset(made));
    for (const id of ['chair-00000', 'mug-00001', 'rocket-00002']) {
      const file = join(made, id.split('-')[0], id, 'mesh.ply');
      const read = unwrap(readPly(await readFile(file), file));
      if (read.kind !== 'mesh') throw new Error('a mesh was written');
      const { mesh } = read;
      expect(measureTopology(mesh).watertight).toBe(true);
      const { samples } = unwrap(await dataset.read(id));
      for (const { points, inside } of [samples.box, samples.nearSurface]) {
        expect(points.every((x) => x === fromHalf(toHalf(x)))).toBe(true);
        expect(createInsideTest(mesh).inside(points)).toEqual(inside);
      }
    }
  });

  it('has the same bytes of the same options, and others of another seed', async () => {
    const again = join(root, 'again');
    unwrap(await writeShapesDataset(again, OPTIONS));
    expect(await contents(again)).toEqual(await contents(made));
    const other = join(root, 'other');
    unwrap(await writeShapesDataset(other, { ...OPTIONS, count: 1, seed: 8 }));
    const chair = '/chair/chair-00000/samples.npz';
    expect((await contents(other)).get(chair)).not.toBe((await contents(made)).get(chair));
  });

  it('has the same bytes after it was stopped and continued', async () => {
    const folder = join(root, 'stopped');
    const stop = new AbortController();
    const stopped = await writeShapesDataset(folder, OPTIONS, {
      signal: stop.signal,
      onProgress: (done) => done === 4 && stop.abort(),
    });
    expect(stopped.ok ? null : stopped.error.code).toBe('cancelled');
    const opened = await openShapesDataset(folder);
    expect(opened.ok ? null : opened.error).toMatchObject({ code: 'dataset-unfinished' });
    // What a killed run leaves of the shape it was writing.
    await mkdir(join(folder, 'mug', '.mug-00004.part'));
    await writeFile(join(folder, 'mug', '.mug-00004.part', 'samples.npz'), 'half');
    expect(unwrap(await writeShapesDataset(folder, OPTIONS))).toEqual({ total: 9, found: 4 });
    expect(await contents(folder)).toEqual(await contents(made));
    // A finished one is left alone.
    expect(unwrap(await writeShapesDataset(folder, OPTIONS))).toEqual({ total: 9, found: 9 });
  });

  it('is never mixed with other options or other files', async () => {
    const other = await writeShapesDataset(made, { ...OPTIONS, seed: 8 });
    expect(other.ok ? null : other.error).toMatchObject({ code: 'dataset-other-options' });
    const taken = join(root, 'taken');
    await mkdir(taken);
    await writeFile(join(taken, 'letter.txt'), 'mine');
    const refused = await writeShapesDataset(taken, OPTIONS);
    expect(refused.ok ? null : refused.error).toMatchObject({ code: 'dataset-folder-taken' });
    expect(await readdir(taken)).toEqual(['letter.txt']);
  });

  it('is split by shape, in equal shares of every family', () => {
    const options = { ...OPTIONS, count: 120 };
    const shapes = planShapes(options);
    const splits = splitShapes(shapes, options);
    const ids = SPLITS.flatMap((split) => splits[split].map(({ id }) => id));
    expect([...ids].sort()).toEqual(shapes.map(({ id }) => id).sort());
    for (const family of options.families) {
      const sizes = SPLITS.map((split) => splits[split].filter((shape) => shape.family === family).length);
      expect(sizes).toEqual([32, 4, 4]);
    }
    expect(splitShapes(shapes, options)).toEqual(splits);
    expect(splitShapes(shapes, { ...options, seed: 9 })).not.toEqual(splits);
    expect(new Set(shapes.map(({ seed }) => seed)).size).toBe(120);
  });
});

/** The problem of opening, or of reading the first chair, after a change. */
async function problemAfter(change: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = await copy();
  await change(folder);
  const opened = await openShapesDataset(folder);
  const result = opened.ok ? await opened.value.read('chair-00000') : opened;
  return result.ok ? 'none' : `${result.error.code}: ${result.error.message}`;
}

/** Writes an archive of the first chair again with some of its arrays changed. */
async function rewrite(
  folder: string,
  name: string,
  change: (arrays: Record<string, NpyContent>) => void,
): Promise<void> {
  const file = join(folder, 'chair', 'chair-00000', name);
  const entries = unwrap(readZip(await readFile(file), file, () => true));
  const arrays: Record<string, NpyContent> = {};
  for (const [entry, bytes] of entries) {
    const { type, shape, data } = unwrap(readNpy(bytes, entry));
    const key = entry.replace('.npy', '');
    if (type === 'f2') arrays[key] = { type, shape, data: Uint16Array.from(data, toHalf) };
    else if (type === 'u2') arrays[key] = { type, shape, data: Uint16Array.from(data) };
    else if (type === 'f8') arrays[key] = { type, shape, data: Float64Array.from(data) };
    else arrays[key] = { type: 'u1', shape, data: Uint8Array.from(data) };
  }
  change(arrays);
  await writeFile(file, encodeNpz(arrays));
}

const chair = (folder: string, name = ''): string => join(folder, 'chair', 'chair-00000', name);
const edit = async (file: string, change: (text: string) => string): Promise<void> =>
  writeFile(file, change(await readFile(file, 'utf8')));

describe('a bad data set', () => {
  it('is none when it was only copied and packed again', async () => {
    expect(await problemAfter((folder) => rewrite(folder, 'samples.npz', () => undefined))).toBe('none');
  });

  const cases: [string, (folder: string) => Promise<unknown>, RegExp][] = [
    ['an empty folder', (f) => empty(f), /^dataset-empty: .* is empty/],
    ['a folder that is not there', (f) => rm(f, { recursive: true }), /^dataset-unreadable/],
    [
      'a folder of something else',
      (f) => rm(join(f, 'dataset.json')),
      /^dataset-unknown: .*no dataset\.json/,
    ],
    [
      'broken JSON',
      (f) => truncate(join(f, 'dataset.json'), 30),
      /dataset\.json, the file: it is no valid JSON/,
    ],
    [
      'another version',
      (f) => edit(join(f, 'dataset.json'), (t) => t.replace('"version": 1', '"version": 2')),
      /dataset\.json, version: /,
    ],
    [
      'a wrong number of shapes',
      (f) => edit(join(f, 'dataset.json'), (t) => t.replace('"count": 9', '"count": 10')),
      /dataset\.json, count: it announces 10 shapes, the lists name 9/,
    ],
    ['a missing list', (f) => rm(join(f, 'test.lst')), /test\.lst, the file: it is missing/],
    [
      'a shape twice in a list',
      (f) => edit(join(f, 'train.lst'), (t) => t + t),
      /train\.lst, line \d+: .* stands in train\.lst already/,
    ],
    [
      'a shape in two splits',
      async (f) => writeFile(join(f, 'test.lst'), await readFile(join(f, 'train.lst'))),
      /test\.lst, line 1: .* stands in train\.lst already/,
    ],
    [
      'a list that leaves the folder',
      (f) => edit(join(f, 'test.lst'), (t) => t + '../../etc/passwd\n'),
      /test\.lst, line \d+: "family\/shape" is needed/,
    ],
    [
      'a list with another family',
      (f) => edit(join(f, 'test.lst'), (t) => t.replace('mug/', 'cup/')),
      /test\.lst, line \d+: dataset\.json names no family "cup"/,
    ],
    [
      'a missing shape',
      (f) => rm(chair(f), { recursive: true }),
      /\.lst, chair\/chair-00000: its folder is missing/,
    ],
    [
      'missing samples',
      (f) => rm(chair(f, 'samples.npz')),
      /chair-00000.samples\.npz, the file: it is missing/,
    ],
    ['missing views', (f) => rm(chair(f, 'views.npz')), /chair-00000.views\.npz, the file: it is missing/],
    ['no shape.json', (f) => rm(chair(f, 'shape.json')), /chair-00000.shape\.json, the file: it is missing/],
    ['truncated samples', (f) => truncate(chair(f, 'samples.npz'), 900), /samples\.npz.*ends before/],
    ['truncated views', (f) => truncate(chair(f, 'views.npz'), 900), /views\.npz.*ends before/],
    [
      'the shape of another family',
      (f) => edit(chair(f, 'shape.json'), (t) => t.replace('"chair"', '"mug"')),
      /shape\.json, family: chair is needed, found mug/,
    ],
    [
      'an array that is missing',
      (f) => rewrite(f, 'samples.npz', (arrays) => delete arrays.near_labels),
      /samples\.npz, the archive: it holds no near_labels/,
    ],
    [
      'an array of another size',
      (f) =>
        rewrite(f, 'samples.npz', (arrays) => {
          arrays.near_labels = { type: 'u1', shape: [10], data: new Uint8Array(10) };
        }),
      /near_labels\.npy: u1 of \(300\) is needed, found u1 of \(10\)/,
    ],
    [
      'an array of another type',
      (f) =>
        rewrite(f, 'views.npz', (arrays) => {
          arrays.depth = { type: 'f4', shape: [2, 12, 12], data: new Float32Array(288) };
        }),
      /depth\.npy: u2 of \(2, 12, 12\) is needed, found f4/,
    ],
    [
      'a label of a part that does not exist',
      (f) => rewrite(f, 'samples.npz', ({ box_labels }) => box_labels.data.fill(200, 4, 5)),
      /box_labels\.npy, value 4: it names part 200, shape\.json has \d+/,
    ],
    [
      'labels that contradict the volume',
      (f) => rewrite(f, 'samples.npz', ({ box_labels }) => box_labels.data.fill(1)),
      /box_labels\.npy: 300 of 300 points are inside, the volume .* asks for about/,
    ],
    [
      'a point that is no number',
      (f) => rewrite(f, 'samples.npz', ({ near_points }) => near_points.data.fill(0x7e00, 5, 6)),
      /^not-finite: .*near_points\.npy, value 5: it is NaN/,
    ],
    [
      'a point outside of the cube',
      (f) => rewrite(f, 'samples.npz', ({ box_points }) => box_points.data.fill(toHalf(0.6), 5, 6)),
      /box_points\.npy, value 5: it is 0\.6/,
    ],
    [
      'a camera that is no number',
      (f) => rewrite(f, 'views.npz', ({ cameras }) => cameras.data.fill(Number.NaN, 3, 4)),
      /^not-finite: .*cameras\.npy, value 3/,
    ],
  ];
  it.each(cases)('with %s is one clear error', async (_, change, message) => {
    expect(await problemAfter(change)).toMatch(message);
  });

  it('has no shape of an unknown name', async () => {
    const dataset = unwrap(await openShapesDataset(made));
    const read = await dataset.read('../chair/chair-00000');
    expect(read.ok ? null : read.error.code).toBe('shape-unknown');
  });
});

async function empty(folder: string): Promise<void> {
  await rm(folder, { recursive: true });
  await mkdir(folder);
}
