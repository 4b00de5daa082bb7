import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../shared/random';
import { encodeNpy, encodeNpz, floatBytes } from '../read/fixtures';
import { toHalf } from '../safetensors/half';
import { inFolder } from '../tfrecord/fixtures';
import { readOccnetCameras } from './cameras';
import { openOccnetFolder } from './folder';
import { parseMetadata } from './metadata';
import { readOccnetModel, type OccnetPart } from './model';

const halfBytes = (values: readonly number[]): Uint8Array =>
  new Uint8Array(Uint16Array.from(values, toHalf).buffer);

/** Ten points on the x axis, of which the first and the last are inside. */
const XS = Array.from({ length: 10 }, (_, i) => [i / 16, 0.25, -0.5]).flat();

function pointsNpz(count = 10): Uint8Array {
  return encodeNpz({
    'points.npy': encodeNpy('<f2', `(${count}, 3)`, halfBytes(XS.slice(0, count * 3))),
    'occupancies.npy': encodeNpy('|u1', '(2,)', Uint8Array.of(0b1000_0000, 0b0100_0000)),
    'loc.npy': encodeNpy('<f4', '(3,)', floatBytes([1, 2, 3])),
    'scale.npy': encodeNpy('<f4', '()', floatBytes([2])),
  });
}

function cloudNpz(): Uint8Array {
  return encodeNpz({
    'points.npy': encodeNpy('<f2', '(2, 3)', halfBytes([0, 0, 0.5, 0, 0, -0.5])),
    'normals.npy': encodeNpy('<f2', '(2, 3)', halfBytes([0, 0, 1, 0, 0, -1])),
  });
}

function camerasNpz(views = 2): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  for (let i = 0; i < views; i++) {
    const world = [1, 0, 0, i, 0, 1, 0, 0, 0, 0, 1, 2];
    entries[`world_mat_${i}.npy`] = encodeNpy('<f4', '(3, 4)', floatBytes(world));
    entries[`camera_mat_${i}.npy`] = encodeNpy(
      '<f4',
      '(3, 3)',
      floatBytes([149, 0, 68, 0, 149, 68, 0, 0, 1]),
    );
  }
  return encodeNpz(entries);
}

const METADATA = `'03001627':\n  id: '03001627'\n  name: chair\n04379243:\n  id: '04379243'\n  name: "table"\n`;

async function makeDataset(root: string): Promise<void> {
  const files: Record<string, Uint8Array | string> = {
    'metadata.yaml': METADATA,
    '03001627/train.lst': 'm1\nm2\n',
    '03001627/val.lst': 'm3',
    '03001627/test.lst': '',
  };
  for (const id of ['m1', 'm2', 'm3']) {
    files[`03001627/${id}/points.npz`] = pointsNpz();
    files[`03001627/${id}/pointcloud.npz`] = cloudNpz();
    files[`03001627/${id}/img_choy2016/cameras.npz`] = camerasNpz();
    for (const view of ['000', '001']) files[`03001627/${id}/img_choy2016/${view}.jpg`] = 'jpg';
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
}

/** Opens a dataset after a change of its files; the error's code and message, or null. */
async function openError(change: (root: string) => Promise<unknown>): Promise<string | null> {
  return inFolder(async (root) => {
    await makeDataset(root);
    await change(root);
    const opened = await openOccnetFolder(root);
    return opened.ok ? null : `${opened.error.code}: ${opened.error.message}`;
  });
}

/** Reads model m1 after a change of its files. */
async function readError(
  change: (model: string) => Promise<unknown>,
  parts?: readonly OccnetPart[],
): Promise<string | null> {
  return inFolder(async (root) => {
    await makeDataset(root);
    await change(join(root, '03001627', 'm1'));
    const opened = await openOccnetFolder(root);
    if (!opened.ok) throw new Error(opened.error.message);
    const random = createRandom(3401);
    const like = await readOccnetModel(opened.value.models.train[1], { random, parts });
    if (!like.ok) throw new Error(like.error.message);
    const read = await readOccnetModel(opened.value.models.train[0], { random, parts, like: like.value });
    return read.ok ? null : `${read.error.code}: ${read.error.message}`;
  });
}

describe("a folder of Occupancy Networks' dataset", () => {
  it('lists classes and the models of each split', async () => {
    await inFolder(async (root) => {
      await makeDataset(root);
      const opened = await openOccnetFolder(root);
      if (!opened.ok) throw new Error(opened.error.message);
      // The table class is in the metadata but not on the disk.
      expect(opened.value.classes).toEqual([{ synset: '03001627', name: 'chair' }]);
      const { train, val, test } = opened.value.models;
      expect([train, val, test].map((models) => models.map((model) => model.modelId))).toEqual([
        ['m1', 'm2'],
        ['m3'],
        [],
      ]);
      expect(train[0]).toMatchObject({ className: 'chair', folder: join(root, '03001627', 'm1') });
    });
  });

  it('may come without metadata', async () => {
    expect(await openError((root) => rm(join(root, 'metadata.yaml')))).toBeNull();
  });

  it('is an error that names the place when something is missing or contradicts', async () => {
    const list =
      (text: string, split = 'train') =>
      (root: string) =>
        writeFile(join(root, '03001627', `${split}.lst`), text);
    expect(await openError((root) => rm(join(root, '03001627'), { recursive: true }))).toMatch(
      /^dataset-empty/,
    );
    expect(await openError((root) => rm(join(root, '03001627', 'val.lst')))).toMatch(
      /^dataset-list-missing: .*val\.lst is missing/,
    );
    expect(await openError(list('m1\nm1\n'))).toMatch(/train\.lst, line 2: m1 stands in train\.lst already/);
    expect(await openError(list('m1', 'test'))).toMatch(/test\.lst, line 1: m1 stands in train\.lst already/);
    expect(await openError(list('m1\n../m2'))).toMatch(/train\.lst, line 2: "\.\.\/m2" is no name/);
    expect(await openError(list('m1\nm9'))).toMatch(
      /^model-incomplete: .*train\.lst, line 2: the folder .*m9/,
    );
    expect(
      await openError(async (root) => {
        for (const split of ['train', 'val', 'test']) await list('\n', split)(root);
      }),
    ).toMatch(/^dataset-empty: The lists/);
    expect(await openError((root) => writeFile(join(root, 'metadata.yaml'), 'nonsense'))).toMatch(
      /metadata\.yaml, line 1/,
    );
    expect(await openError((root) => writeFile(join(root, 'metadata.yaml'), '{"0": {"name": "x"}}'))).toMatch(
      /^dataset-empty: .*1 classes/,
    );
    const missing = await openOccnetFolder('/nowhere/at/all');
    expect(missing.ok ? null : missing.error.code).toBe('dataset-unreadable');
  });
});

describe('metadata.yaml', () => {
  it('is read in block and in JSON form', () => {
    const expected = [
      { synset: '03001627', name: 'chair' },
      { synset: '04379243', name: 'table' },
    ];
    const block = parseMetadata(`# classes\n---\n${METADATA}`, 'm');
    expect(block.ok && block.value).toEqual(expected);
    const flow = parseMetadata(
      '{"03001627": {"id": "03001627", "name": "chair"}, "04379243": {"name": "table"}}',
      'm',
    );
    expect(flow.ok && flow.value).toEqual(expected);
  });

  it('gives classes or a problem for any text (seed 3402)', () => {
    const piece = fc.constantFrom("'a'", 'b', ':', ' ', '\n', '  ', 'name', '{', '}', '"', '../x', '1');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const read = parseMetadata(pieces.join(''), 'm');
        if (read.ok)
          expect(read.value.every(({ synset }) => synset !== '' && !synset.includes('/'))).toBe(true);
        else expect(read.error.message).toMatch(/^m, /);
      }),
      { seed: 3402, numRuns: 500 },
    );
  });
});

describe('a model', () => {
  it('has points, occupancies, cloud, images and cameras', async () => {
    await inFolder(async (root) => {
      await makeDataset(root);
      const opened = await openOccnetFolder(root);
      if (!opened.ok) throw new Error(opened.error.message);
      const model = opened.value.models.train[0];
      const read = await readOccnetModel(model, { random: createRandom(3403) });
      if (!read.ok) throw new Error(read.error.message);
      const { points, cloud, images, cameras } = read.value;
      expect([...points!.inside]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
      expect([points!.location, points!.scale]).toEqual([[1, 2, 3], 2]);
      const noise = points!.points.map((value, i) => (value - XS[i]) / 1e-4);
      expect(noise.every((value) => value !== 0 && Math.abs(value) < 5)).toBe(true);
      expect([...cloud!.points]).toEqual([0, 0, 0.5, 0, 0, -0.5]);
      expect([...cloud!.normals]).toEqual([0, 0, 1, 0, 0, -1]);
      expect(images).toEqual(['000.jpg', '001.jpg'].map((name) => join(model.folder, 'img_choy2016', name)));
      expect([...cameras[1].world]).toEqual([1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 2]);
      expect(cameras[0].intrinsics[2]).toBe(68);
      const again = await readOccnetModel(model, { random: createRandom(3403), parts: ['points'] });
      expect(again.ok && again.value.points).toEqual(points);
      expect(again.ok && [again.value.cloud, again.value.images]).toEqual([null, []]);
    });
  });

  it('that is half-written names the file', async () => {
    expect(await readError((model) => rm(join(model, 'points.npz')))).toMatch(
      /^model-incomplete: .*points\.npz is mis/,
    );
    expect(await readError((model) => writeFile(join(model, 'points.npz'), ''))).toMatch(
      /^file-truncated: .*points\.npz/,
    );
    expect(await readError((model) => writeFile(join(model, 'points.npz'), cloudNpz()))).toMatch(
      /no occupancies/,
    );
    expect(await readError((model) => writeFile(join(model, 'pointcloud.npz'), pointsNpz()))).toMatch(
      /pointcloud\.npz.*points with normals/,
    );
    expect(await readError((model) => rm(join(model, 'img_choy2016', '000.jpg')))).toMatch(
      /image number 0 is missing/,
    );
    expect(await readError((model) => rm(join(model, 'img_choy2016', '001.jpg')))).toMatch(
      /1 images, but .* 2 cam/,
    );
    expect(await readError((model) => rm(join(model, 'img_choy2016'), { recursive: true }))).toMatch(
      /^model-incomplete: The folder/,
    );
    // What is not asked for may be missing.
    expect(
      await readError((model) => rm(join(model, 'img_choy2016'), { recursive: true }), ['points']),
    ).toBeNull();
  });

  it('of another size than the others is an error', async () => {
    expect(await readError((model) => writeFile(join(model, 'points.npz'), pointsNpz(9)))).toMatch(
      /^dataset-mixed: .*m1 has 9 points, .*m2 has 10/,
    );
  });

  it('cut at any byte is a problem, not a crash (seed 3404)', async () => {
    const whole = pointsNpz();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const message = await readError(
          (model) => writeFile(join(model, 'points.npz'), whole.subarray(0, length)),
          ['points'],
        );
        expect(message).toContain('points.npz');
      }),
      { seed: 3404, numRuns: 40 },
    );
  });
});

describe('cameras.npz', () => {
  it('names what is missing or has another form', () => {
    const good = encodeNpy('<f4', '(3, 3)', floatBytes([1, 0, 0, 0, 1, 0, 0, 0, 1]));
    const world = encodeNpy('<f4', '(3, 4)', floatBytes(new Float32Array(12)));
    const cases: [Record<string, Uint8Array>, RegExp][] = [
      [{ 'other.npy': good }, /holds no world_mat_0/],
      [{ 'world_mat_0.npy': world }, /holds no camera_mat_0/],
      [
        { 'world_mat_0.npy': good, 'camera_mat_0.npy': good },
        /world_mat_0\.npy: a matrix of \(3, 4\).*\(3, 3\)/,
      ],
      [
        {
          'world_mat_0.npy': encodeNpy('<f4', '(3, 4)', floatBytes(new Float32Array(12).fill(Number.NaN))),
          'camera_mat_0.npy': good,
        },
        /finite/,
      ],
    ];
    for (const [entries, message] of cases) {
      const read = readOccnetCameras(encodeNpz(entries), 'c.npz');
      expect(read.ok ? null : read.error.message).toMatch(message);
    }
  });
});
