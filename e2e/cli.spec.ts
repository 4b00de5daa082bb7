import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from '../scripts/lib/paths.mjs';
import { EXPORT_FORMATS, extensionOf } from '../src/shared/formats/lookup';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a person would. */
function halfspace(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'bin/halfspace.mjs'), ...args],
      { cwd: root },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
      },
    );
  });
}

const sample = (name: string): string => join(root, 'resources/samples', name);

test.describe('the command line', () => {
  test.setTimeout(300_000);
  let folder = '';
  test.beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'halfspace-cli-'))));
  test.afterAll(() => rm(folder, { recursive: true }));
  const at = (name: string): string => join(folder, name);

  async function meshSample(): Promise<string> {
    const index = JSON.parse(await readFile(sample('index.json'), 'utf8')) as {
      name: string;
      kind: string;
      file: string;
    }[];
    const found = index.find((entry) => entry.kind === 'mesh' && entry.name === 'mug');
    if (!found) throw new Error('there is no mug among the samples');
    return sample(found.file);
  }

  test('fits, reports, evaluates and exports a sample; the same seed gives the same parts', async () => {
    const mug = await meshSample();
    const fit = (name: string): Promise<Ended> =>
      halfspace(
        'fit',
        mug,
        '-o',
        at(name),
        '--parts',
        '8',
        '--steps',
        '150',
        '--seed',
        '3',
        '--report',
        at('report.json'),
        '--json',
      );
    const first = await fit('first.halfspace');
    expect(first.stderr).not.toMatch(/error/i);
    expect(first.code).toBe(0);
    const report = JSON.parse(await readFile(at('report.json'), 'utf8'));
    expect(report).toMatchObject({ seed: 3, backend: 'wasm', options: { parts: 8 } });
    expect(report.shape.iou).toBeGreaterThan(0.5);
    expect(report.shape.overlapVolume).toBeGreaterThanOrEqual(0);
    expect(report.parts.length).toBe(report.shape.partCount);
    expect(JSON.parse(first.stdout).shape).toEqual(report.shape);

    const second = await fit('second.halfspace');
    expect(JSON.parse(second.stdout).shape).toEqual(report.shape);

    const evaluated = await halfspace('evaluate', at('first.halfspace'), '--against', mug, '--json');
    expect(JSON.parse(evaluated.stdout).shape.iou).toBe(report.shape.iou);

    for (const format of EXPORT_FORMATS) {
      const target = at(`out.${extensionOf(format)}`);
      const result = await halfspace('export', at('first.halfspace'), '--format', format, '-o', target);
      expect(result, format).toMatchObject({ code: 0 });
      expect((await stat(target)).size).toBeGreaterThan(200);
    }
  });

  test('fits a depth image into a folder, with its camera found beside it', async () => {
    const index = JSON.parse(await readFile(sample('index.json'), 'utf8')) as {
      kind: string;
      file: string;
    }[];
    const depth = index.find((entry) => entry.kind === 'depth');
    const result = await halfspace(
      'fit',
      sample(depth?.file ?? ''),
      '-o',
      at('depth'),
      '--parts',
      '6',
      '--steps',
      '60',
    );
    expect(result).toMatchObject({ code: 0 });
    const files = await readdir(at('depth'), { recursive: true });
    expect(files.some((file) => file.endsWith('.halfspace'))).toBe(true);
    expect(files.filter((file) => file.endsWith('.obj')).length).toBeGreaterThan(2);
  });

  test('explains shipped pictures by a shipped VAE: overlays, maps, and what does not belong', async () => {
    const explain = (output: string, ...more: string[]): Promise<Ended> =>
      halfspace('explain', 'digits', '--model', 'digits', '--pictures', '2', '-o', at(output), ...more);
    const all = await explain('maps', '--class', '3', '--json');
    expect(all.code).toBe(0);
    expect(JSON.parse(all.stdout)).toMatchObject({ split: 'test', layer: 'conv2', pictures: 2 });
    const about = JSON.parse(await readFile(at('maps/maps.json'), 'utf8'));
    const files = await readdir(at('maps'));
    expect(files.filter((file) => file.endsWith('.png')).length).toBe(2 * about.maps.length);
    expect(files.filter((file) => file.endsWith('.npy')).length).toBe(2);
    expect(about.scale.to).toBeGreaterThan(0);
    expect(await explain('odd', '--latent', 'anomaly')).toMatchObject({ code: 0 });
    expect(await explain('none', '--latent', '900')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no latent 900'),
    });
    expect(await explain('none', '--latent', 'many')).toMatchObject({ code: 2 });
    expect(await explain('none', '--layer', 'dense1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('conv1, conv2'),
    });
  });

  test('answers bad usage with 2 and a bad file with 1, each in one clear line', async () => {
    expect(await halfspace()).toMatchObject({ code: 2 });
    expect(await halfspace('melt')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no command "melt"'),
    });
    expect(await halfspace('fit', 'a.obj')).toMatchObject({ code: 2, stderr: expect.stringContaining('-o') });
    expect(await halfspace('fit', 'a.obj', '-o', 'b.doc')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('.doc'),
    });
    expect(await halfspace('fit', 'a.obj', '-o', 'b.obj', '--parts', 'many')).toMatchObject({ code: 2 });
    const missing = await halfspace('fit', at('missing.obj'), '-o', at('x.obj'));
    expect(missing).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('missing.obj') });
    await writeFile(at('empty.stl'), '');
    const empty = await halfspace('fit', at('empty.stl'), '-o', at('x.obj'));
    expect(empty).toMatchObject({ code: 1, stderr: expect.stringContaining('empty.stl') });
    expect(await halfspace('devices', '--backend', 'quantum')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('quantum'),
    });
  });

  test('lists the backends', async () => {
    const result = await halfspace('devices', '--json');
    expect(JSON.parse(result.stdout)).toMatchObject({ active: 'wasm', cores: expect.any(Number) });
  });
});
