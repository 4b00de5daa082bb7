import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../shared/random';
import {
  CVXNET_LAYOUT,
  listCvxnetFiles,
  readCvxnetExample,
  readCvxnetRecords,
  writeCvxnetExample,
  type CvxnetLayout,
  type CvxnetSample,
} from './cvxnet';
import { decodeExample, encodeExample, type Example, type Feature } from './example';
import { collect, inFolder } from './fixtures';
import { frameRecord } from './records';
import { SHAPENET_CLASSES } from './synsets';

const SMALL: CvxnetLayout = { views: 2, side: 3, depthViews: 4, depthSide: 5, samples: 6 };

function randomSample(layout: CvxnetLayout, seed: number, name = '03001627-chair-7'): CvxnetSample {
  const random = createRandom(seed);
  const floats = (length: number): Float32Array =>
    Float32Array.from({ length }, () => random.uniform() - 0.5);
  const { views, side, depthViews, depthSide, samples } = layout;
  return {
    name,
    synset: '03001627',
    modelId: 'chair-7',
    className: 'chair',
    rgb: floats(views * side * side * 3),
    depth: floats(depthViews * depthSide * depthSide),
    box: floats(samples * 4),
    surface: floats(samples * 4),
  };
}

function exampleOf(sample: CvxnetSample): Map<string, Feature> {
  return new Map(decodeExample(writeCvxnetExample(sample, SMALL)) as Example);
}

describe("CvxNet's records", () => {
  it('come back as they were written, one after the other (seed 3110)', async () => {
    const samples = [randomSample(SMALL, 3110), randomSample(SMALL, 3111)];
    await inFolder(async (folder) => {
      const path = join(folder, '03001627-train-00000');
      await writeFile(path, Buffer.concat(samples.map((s) => frameRecord(writeCvxnetExample(s, SMALL)))));
      const { values, problem } = await collect(readCvxnetRecords(path, SMALL));
      expect(problem).toBeNull();
      expect(values.length).toBe(2);
      for (const [i, value] of values.entries()) {
        const { depth, ...rest } = value;
        const { depth: expected, ...others } = samples[i];
        expect(rest).toEqual(others);
        expect(Math.max(...depth.map((d, j) => Math.abs(d - expected[j])))).toBeLessThan(1e-7);
      }
    });
  });

  it('turn depth views into channels and thousandths into units', () => {
    const values = Float32Array.from({ length: 4 * 25 }, (_, i) => i * 10);
    const example = exampleOf(randomSample(SMALL, 3112)).set('depth', { kind: 'float', values });
    const read = readCvxnetExample(example, { file: 'a', record: 0 }, SMALL);
    expect(read.ok).toBe(true);
    // Row 1, column 2, view 3 lies at (3 * 5 + 1) * 5 + 2 of the file.
    if (read.ok) expect(read.value.depth[(1 * 5 + 2) * 4 + 3]).toBeCloseTo(0.82, 6);
  });

  it('hold the published lengths', () => {
    const sample = randomSample(CVXNET_LAYOUT, 3113);
    const bytes = writeCvxnetExample(sample);
    expect(bytes.length).toBeGreaterThan(12_600_000);
    const example = decodeExample(bytes) as Example;
    expect([...example].map(([key, { values }]) => [key, values.length])).toEqual([
      ['rgb', 1_351_368],
      ['depth', 1_003_520],
      ['bbox_samples', 400_000],
      ['surf_samples', 400_000],
      ['name', 1],
    ]);
    expect(readCvxnetExample(example, { file: 'a', record: 0 }).ok).toBe(true);
  });

  it('name file, record and key when one is wrong', () => {
    const place = { file: 'f.tfrecord', record: 4 };
    const cases: [string, Feature | null, RegExp][] = [
      ['rgb', null, /f\.tfrecord, record 4, key rgb: it is missing/],
      ['depth', { kind: 'int64', values: BigInt64Array.of(1n) }, /key depth: floats are needed, found int64/],
      [
        'bbox_samples',
        { kind: 'float', values: new Float32Array(7) },
        /key bbox_samples: 24 values are needed, found 7/,
      ],
      [
        'surf_samples',
        { kind: 'float', values: new Float32Array(24).fill(Number.NaN, 5, 6) },
        /key surf_samples, value 5: it is NaN/,
      ],
      ['name', { kind: 'bytes', values: [Buffer.from('nodash')] }, /key name: "synset-model" is needed/],
      ['name', { kind: 'bytes', values: [Buffer.from('0-../../x')] }, /key name/],
      ['name', { kind: 'bytes', values: [] }, /key name: one text/],
    ];
    for (const [key, feature, message] of cases) {
      const example = exampleOf(randomSample(SMALL, 3114));
      if (feature) example.set(key, feature);
      else example.delete(key);
      const read = readCvxnetExample(example, place, SMALL);
      expect(read.ok ? null : read.error.message).toMatch(message);
    }
  });

  it('end a stream at a record that is no example', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a');
      const good = frameRecord(writeCvxnetExample(randomSample(SMALL, 3115), SMALL));
      await writeFile(path, Buffer.concat([good, frameRecord(Uint8Array.of(0x0a, 0x7f)), good]));
      const { values, problem } = await collect(readCvxnetRecords(path, SMALL));
      expect(values.length).toBe(1);
      expect(problem?.message).toMatch(/record 1: .*announces 127 bytes/);
    });
  });

  it('keep the class of an unknown synset open', () => {
    const read = readCvxnetExample(
      exampleOf(randomSample(SMALL, 3116, 'tower-12')),
      { file: 'a', record: 0 },
      SMALL,
    );
    expect(read.ok && [read.value.synset, read.value.modelId, read.value.className]).toEqual([
      'tower',
      '12',
      null,
    ]);
    expect(SHAPENET_CLASSES.size).toBe(13);
  });

  it('are found by their names, and a folder without any is an error', async () => {
    await inFolder(async (folder) => {
      for (const name of ['0-test-1', '0-train-2', '0-train-1', 'train', 'notes.txt']) {
        await writeFile(join(folder, name), encodeExample(new Map()));
      }
      const found = await listCvxnetFiles(folder, 'train');
      expect(found.ok && found.value).toEqual([join(folder, '0-train-1'), join(folder, '0-train-2')]);
      await mkdir(join(folder, 'empty'));
      const empty = await listCvxnetFiles(join(folder, 'empty'), 'test');
      expect(empty.ok ? null : empty.error.code).toBe('dataset-empty');
      const missing = await listCvxnetFiles(join(folder, 'missing'), 'test');
      expect(missing.ok ? null : missing.error.code).toBe('dataset-unreadable');
    });
  });
});
