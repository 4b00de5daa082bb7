import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import type { DataReport } from '../../../shared/dataset/report';
import type { NetworkKind } from '../../../shared/recipes/training';
import { writeShapesDataset } from '../../files/dataset/write-shapes';
import { createGrants } from '../service/grants';
import type { JobContext, JobEnvironment } from '../service/job';
import { inspectDataJob } from './inspect-data';

let root = '';
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'halfspace-inspect-'))));
afterAll(() => rm(root, { recursive: true, force: true }));

let folders = 0;
async function folderOf(...files: readonly string[]): Promise<string> {
  const folder = join(root, `folder-${folders++}`);
  await mkdir(folder);
  for (const name of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), 'x');
  }
  return folder;
}

async function inspect(path: string, network: NetworkKind = 'cvxnet'): Promise<DataReport> {
  const grants = createGrants();
  grants.add('chosen', path, false);
  const request = { kind: 'inspect-data', network, data: ['chosen'] } as const;
  const environment = { grants } as unknown as JobEnvironment;
  return unwrap(
    await inspectDataJob.run({ ...request, data: [...request.data] }, environment, {} as JobContext),
  );
}

describe('what was chosen to learn shapes from', () => {
  it('is a data set of ours, when it is whole and has something to validate on', async () => {
    const folder = join(root, 'ours');
    const options = {
      count: 6,
      views: 1,
      imageSize: 8,
      pointsPerSet: 20,
      seed: 1,
      families: ['mug', 'lamp'],
    };
    unwrap(await writeShapesDataset(folder, options));
    expect(await inspect(folder)).toEqual({
      what: 'Our own data set: 6 shapes, 2 categories',
      unfit: null,
      meshes: 0,
    });
    await rm(join(folder, 'train.lst'));
    expect((await inspect(folder)).unfit?.message).toMatch(/train\.lst.*missing/);
    const two = join(root, 'two');
    unwrap(await writeShapesDataset(two, { ...options, count: 2, families: ['mug'] }));
    expect(await inspect(two)).toMatchObject({
      what: 'Our own data set: 2 shapes, 1 category',
      unfit: { message: 'The data set has no shape to validate on.' },
    });
  });

  it('is what others publish, when there is something to learn from', async () => {
    const records = ['03001627-train-00000', '03001627-train-00001', '03001627-test-00000'];
    expect(await inspect(await folderOf(...records))).toEqual({
      what: 'TFRecords of CvxNet: 3 files',
      unfit: null,
      meshes: 0,
    });
    expect((await inspect(await folderOf(records[2]))).unfit?.message).toMatch(/none to learn from/);
    const occnet = await folderOf('03001627/a/points.npz', '03001627/b/points.npz', '03001627/test.lst');
    await writeFile(join(occnet, '03001627/train.lst'), 'a\n');
    await writeFile(join(occnet, '03001627/val.lst'), 'b\n');
    await writeFile(join(occnet, '03001627/test.lst'), '');
    expect(await inspect(occnet)).toEqual({
      what: "Occupancy Networks' folder: 2 shapes, 1 category",
      unfit: null,
      meshes: 0,
    });
    await writeFile(join(occnet, '03001627/val.lst'), 'c\n');
    expect((await inspect(occnet)).unfit?.message).toMatch(/val\.lst, line 1/);
  });

  it('is a folder of meshes, of which a data set can be made', async () => {
    const folder = await folderOf('a.obj', 'chairs/b.GLB', 'chairs/c.glb', 'notes.txt');
    await symlink(join(folder, 'a.obj'), join(folder, 'linked.obj'));
    expect(await inspect(folder)).toMatchObject({
      what: 'A folder of 4 meshes (GLB, OBJ): not yet a data set',
      unfit: { message: 'A folder of 4 meshes is not yet a data set.' },
      meshes: 4,
    });
    expect(await inspect(await folderOf('a.stl'))).toMatchObject({
      unfit: { message: expect.stringMatching(/^One mesh is too few/) as string },
      meshes: 0,
    });
  });

  it.each([
    [
      'pictures',
      ['1.png', '2.png', 'x.json', 'in/3.png'],
      'A folder of 2 PNG files, 1 JSON file, 1 folder: no data set',
    ],
    ['nothing', [], 'An empty folder'],
    ['hidden files', ['.git/x.obj'], 'An empty folder'],
  ])('is said plainly when it holds %s, with what is expected', async (_, files, what) => {
    const report = await inspect(await folderOf(...files));
    expect(report.what).toBe(what);
    expect(report.unfit?.hint).toMatch(/dataset\.json.*TFRecords.*Occupancy Networks/);
  });

  it('is a file, or not there', async () => {
    const folder = await folderOf('chair.obj');
    expect((await inspect(join(folder, 'chair.obj'))).unfit?.message).toMatch(/chair\.obj is a file/);
    expect((await inspect(join(folder, 'gone'))).unfit?.message).toMatch(/gone is not there/);
  });

  it('ends its look at a folder without end', async () => {
    const folder = await folderOf();
    let at = folder;
    for (let depth = 0; depth < 6; depth++) {
      await symlink(folder, join(at, 'loop')).catch(() => undefined);
      await mkdir((at = join(at, `deeper`)));
      await writeFile(join(at, 'mesh.obj'), 'x');
    }
    const { what } = await inspect(folder);
    expect(what).toMatch(/^A folder of more than \d+ meshes \(OBJ\)/);
  });
});

describe('what was chosen to learn pictures from', () => {
  it.each([
    ['a folder of pictures', ['a.png', 'b.jpg'], 'A folder of 2 pictures'],
    [
      'classes within splits',
      ['train/cat/a.png', 'test/dog/b.png', 'test/dog/c.png'],
      'A folder of 3 pictures',
    ],
    ["MNIST's files", ['train-images-idx3-ubyte.gz'], "MNIST's files"],
    [
      'a category of MVTec AD',
      ['train/good/0.png', 'test/good/0.png', 'ground_truth/x/0.png'],
      'A category of MVTec AD',
    ],
    ["dSprites' archive", ['dsprites.npz'], "dSprites' .npz"],
  ])('is %s', async (_, files, what) => {
    expect(await inspect(await folderOf(...files), 'vae')).toEqual({ what, unfit: null, meshes: 0 });
  });

  it('is no data set of shapes, and no folder of meshes', async () => {
    const report = await inspect(await folderOf('a.obj', 'b.obj'), 'vae');
    expect(report).toMatchObject({ what: 'A folder without pictures', meshes: 0 });
    expect(report.unfit?.hint).toMatch(/PNG/);
  });
});
