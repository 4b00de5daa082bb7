import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { SPLITS } from '../../../shared/dataset/types';
import { cameraPose } from '../../../shared/geometry/ray-camera';
import { createRandom } from '../../../shared/random';
import { unwrap } from '../../../shared/result';
import { writeCvxnetExample, type CvxnetLayout, type CvxnetSample } from '../tfrecord/cvxnet';
import { inFolder } from '../tfrecord/fixtures';
import { frameRecord } from '../tfrecord/records';
import { encodeNpz } from '../write/npy';
import { openDataset } from '.';
import { openCvxnetDataset } from './cvxnet';
import { cameraOf } from './occnet';

const LAYOUT: CvxnetLayout = { views: 3, side: 4, depthViews: 2, depthSide: 5, samples: 6 };

function record(number: number): Uint8Array {
  const random = createRandom(number);
  const floats = (length: number): Float32Array =>
    Float32Array.from({ length }, () => random.uniform() - 0.5);
  const sample: CvxnetSample = {
    name: `03001627-m${number}`,
    synset: '03001627',
    modelId: `m${number}`,
    className: 'chair',
    rgb: floats(3 * 4 * 4 * 3).map((x) => x + 0.5),
    depth: floats(5 * 5 * 2).map((x) => x + 1),
    box: floats(24),
    surface: floats(24),
  };
  sample.box.set([0.25, 0.5, -0.5, -0.1, 0.5, 0.25, 0.5, 0.1, 0, 0, 0, 0]);
  return frameRecord(writeCvxnetExample(sample, LAYOUT));
}

async function makeRecords(folder: string): Promise<void> {
  const train = Array.from({ length: 12 }, (_, i) => record(i));
  await writeFile(join(folder, '03001627-train-00000'), Buffer.concat(train));
  await writeFile(join(folder, '03001627-test-00000'), Buffer.concat([record(20)]));
}

describe("CvxNet's records as a data set", () => {
  it('are recognised, split and read one by one', async () => {
    await inFolder(async (folder) => {
      await makeRecords(folder);
      expect(unwrap(await openDataset(folder)).families).toEqual(['chair']);
      const dataset = unwrap(await openCvxnetDataset(folder, LAYOUT));
      expect(SPLITS.map((split) => dataset.shapes(split).length)).toEqual([11, 1, 1]);
      expect(dataset.shapes('validation')[0].id).toBe('03001627-train-00000-9');
      const { samples, views } = unwrap(await dataset.read('03001627-train-00000-9'));
      expect([...samples.box.points.subarray(0, 6)]).toEqual([0.25, 0.5, -0.5, 0.5, 0.25, 0.5]);
      expect([...samples.box.inside.subarray(0, 3)]).toEqual([1, 0, 1]);
      expect(samples.nearSurface.inside.length).toBe(6);
      expect(views.length).toBe(2);
      const [{ colour, depth, camera }] = views;
      expect(camera).toBeNull();
      expect(colour!.rgba.length).toBe(64);
      expect(Math.max(...colour!.rgba.filter((_, i) => i % 4 < 3))).toBeGreaterThan(128);
      expect(colour!.rgba.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
      expect(Math.min(...depth!.depth)).toBeGreaterThanOrEqual(0.5);
      expect(depth!.depth).not.toEqual(views[1].depth!.depth);
    });
  });

  it('name the file and the record where something is wrong', async () => {
    await inFolder(async (folder) => {
      await makeRecords(folder);
      const whole = Buffer.concat([record(0), record(1)]);
      await writeFile(join(folder, '03001627-train-00000'), whole.subarray(0, whole.length - 10));
      const cut = await openDataset(folder);
      expect(cut.ok ? null : cut.error.message).toMatch(/03001627-train-00000, record 1 at byte/);
      whole[whole.length - 40] ^= 1;
      await writeFile(join(folder, '03001627-train-00000'), whole);
      const dataset = unwrap(await openCvxnetDataset(folder, LAYOUT));
      const damaged = await dataset.read('03001627-train-00000-1');
      expect(damaged.ok ? null : damaged.error.message).toMatch(/record 1 .*checksum of its data/);
      const other = await dataset.read('03001627-train-00000-0');
      expect(other.ok).toBe(true);
      const unknown = await dataset.read('03001627-train-00000-7');
      expect(unknown.ok ? null : unknown.error.code).toBe('shape-unknown');
    });
  });
});

/** A quarter turn about y, then two units into the picture. */
const WORLD = [0, 0, -1, 0.5, 0, 1, 0, 0.25, 1, 0, 0, 2];
const INTRINSICS = [149, 0, 4, 0, 149, 3, 0, 0, 1];

async function makeShapenet(root: string): Promise<void> {
  const files: Record<string, Uint8Array | string> = {
    '03001627/train.lst': 'm1',
    '03001627/val.lst': 'm2',
    '03001627/test.lst': '',
  };
  const arrays = {
    points: {
      type: 'f4',
      shape: [8, 3],
      data: Float32Array.from({ length: 24 }, (_, i) => (i % 8) / 8 - 0.45),
    },
  } as const;
  const rgb = new Uint8Array(10 * 8 * 4).fill(120);
  const png = new PNG({ width: 10, height: 8 });
  png.data.set(rgb);
  for (const id of ['m1', 'm2']) {
    const home = `03001627/${id}`;
    const place = {
      loc: { type: 'f4', shape: [3], data: Float32Array.of(1, 2, 3) },
      scale: { type: 'f4', shape: [], data: Float32Array.of(2) },
    } as const;
    files[`${home}/points.npz`] = encodeNpz({
      ...arrays,
      ...place,
      occupancies: { type: 'u1', shape: [1], data: Uint8Array.of(0b1010_0001) },
    });
    files[`${home}/pointcloud.npz`] = encodeNpz({
      points: { type: 'f4', shape: [1, 3], data: arrays.points.data.slice(0, 3) },
      normals: { type: 'f4', shape: [1, 3], data: Float32Array.of(0, 0, 1) },
      ...place,
    });
    files[`${home}/img_choy2016/cameras.npz`] = encodeNpz({
      world_mat_0: { type: 'f4', shape: [3, 4], data: Float32Array.from(WORLD) },
      camera_mat_0: { type: 'f4', shape: [3, 3], data: Float32Array.from(INTRINSICS) },
      world_mat_1: { type: 'f4', shape: [3, 4], data: Float32Array.from(WORLD) },
      camera_mat_1: { type: 'f4', shape: [3, 3], data: Float32Array.from(INTRINSICS) },
    });
    files[`${home}/img_choy2016/000.jpg`] = encode({ width: 10, height: 8, data: rgb }, 95).data;
    files[`${home}/img_choy2016/001.png`] = PNG.sync.write(png);
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
}

describe("Occupancy Networks' ShapeNet as a data set", () => {
  it('is recognised and read with pictures, cameras and labels that its files vouch for', async () => {
    await inFolder(async (folder) => {
      await makeShapenet(folder);
      const dataset = unwrap(await openDataset(folder));
      expect(SPLITS.map((split) => dataset.shapes(split).map(({ id }) => id))).toEqual([
        ['03001627-m1'],
        ['03001627-m2'],
        [],
      ]);
      expect(dataset.families).toEqual(['chair']);
      const { samples, views, family } = unwrap(await dataset.read('03001627-m1'));
      expect(family).toBe('chair');
      expect([...samples.box.inside]).toEqual([1, 0, 1, 0, 0, 0, 0, 1]);
      // The surface's one point lies in the cell of the first box point alone.
      expect(samples.nearSurface).toEqual({
        points: samples.box.points.slice(0, 3),
        inside: Uint8Array.of(1),
      });
      expect(views.map(({ depth }) => depth)).toEqual([null, null]);
      for (const { colour } of views) {
        expect([colour!.width, colour!.height]).toEqual([10, 8]);
        for (const value of colour!.rgba.filter((_, i) => i % 4 < 3))
          expect(Math.abs(value - 120)).toBeLessThan(4);
      }
      expect(views[0].camera).toMatchObject({ width: 10, height: 8, fx: 149, cx: 3.5, cy: 2.5 });
    });
  });

  it('has a camera that sees points where its matrices put them', () => {
    const world = Float64Array.from(WORLD);
    const placement = { location: [1, 2, 3], scale: 2 } as const;
    const intrinsics = Float64Array.from(INTRINSICS);
    const camera = cameraOf({ world, intrinsics }, placement, 8, 6)!;
    const point = [0.3, -0.2, 0.1];
    const original = point.map((x, c) => placement.location[c] + placement.scale * x);
    const row = (r: number): number =>
      world[r * 4 + 3] + original.reduce((sum, x, c) => sum + world[r * 4 + c] * x, 0);
    const expected = [(149 * row(0)) / row(2) + 4, (149 * row(1)) / row(2) + 3];
    const { eye, right, down, forward } = cameraPose(camera);
    const along = (axis: readonly number[]): number =>
      point.reduce((sum, x, c) => sum + (x - eye[c]) * axis[c], 0);
    expect((camera.fx * along(right)) / along(forward) + camera.cx + 0.5).toBeCloseTo(expected[0], 6);
    expect((camera.fy * along(down)) / along(forward) + camera.cy + 0.5).toBeCloseTo(expected[1], 6);
    // A mirrored or stretched space is no camera.
    expect(cameraOf({ world: world.map((x) => 1.1 * x), intrinsics }, placement, 8, 6)).toBeNull();
  });

  it('names a picture that is damaged', async () => {
    await inFolder(async (folder) => {
      await makeShapenet(folder);
      const file = join(folder, '03001627/m1/img_choy2016/000.jpg');
      for (const bytes of [Uint8Array.of(0xff, 0xd8, 1, 2), Uint8Array.of(1, 2, 3), new Uint8Array(0)]) {
        await writeFile(file, bytes);
        const read = await unwrap(await openDataset(folder)).read('03001627-m1');
        expect(read.ok ? null : read.error.message).toMatch(/^\S*000\.jpg, /);
      }
    });
  });
});

describe('a folder that is no data set', () => {
  it('is one clear error that says what can be read', async () => {
    await inFolder(async (folder) => {
      const empty = await openDataset(folder);
      expect(empty.ok ? null : empty.error.code).toBe('dataset-empty');
      await writeFile(join(folder, 'notes.txt'), 'hello');
      const other = await openDataset(folder);
      expect(other.ok ? null : other.error).toMatchObject({ code: 'dataset-unknown' });
      expect(other.ok ? null : other.error.hint).toMatch(/dataset\.json.*TFRecords.*synset/);
      const missing = await openDataset(join(folder, 'missing'));
      expect(missing.ok ? null : missing.error.code).toBe('dataset-unreadable');
    });
  });
});
