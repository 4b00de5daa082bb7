import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MadeDataset } from '../../shared/dataset/made';
import { ok, unwrap } from '../../shared/result';
import { SPLITS } from '../../shared/dataset/types';
import { openDataset } from '../files/dataset';
import { openPictures } from '../files/pictures';
import { inFolder } from '../files/tfrecord/fixtures';
import type { CommandContext, OptionValues } from './command';
import { datasetCommand } from './dataset';

function contextOf(
  names: string | readonly string[],
  values: OptionValues,
  said: string[] = [],
  seed = 1,
): CommandContext {
  return {
    positionals: [names].flat(),
    values,
    seed,
    signal: new AbortController().signal,
    engine: () => {
      throw new Error('a data set needs no engine');
    },
    progress: (line) => said.push(line),
  };
}

const SMALL = { count: '3', views: '1', 'image-size': '8', points: '20', families: 'boat,lamp' };

describe('halfspace dataset', () => {
  it('makes procedural shapes and says so', async () => {
    await inFolder(async (folder) => {
      const output = join(folder, 'shapes');
      const said: string[] = [];
      const made = unwrap(await datasetCommand.run(contextOf('shapes', { ...SMALL, output }, said, 5)));
      expect(made.lines[0]).toMatch(/^3 shapes of 2 families in/);
      expect(made.json).toMatchObject({ folder: output, count: 3, imageSize: 8, pointsPerSet: 20, seed: 5 });
      expect(said.at(-1)).toBe('shapes 3 of 3');
      const dataset = unwrap(await openDataset(output));
      expect(dataset.families).toEqual(['boat', 'lamp']);
      const again = unwrap(await datasetCommand.run(contextOf('shapes', { ...SMALL, output }, [], 5)));
      expect(again.lines[0]).toMatch(/3 of them were there/);
    });
  });

  it.each([
    ['another kind', 'cubes', { output: 'x' }, /no data set "cubes"/],
    ['no output', 'shapes', {}, /with -o/],
    ['a count that is no number', 'shapes', { output: 'x', count: 'many' }, /--count takes a number/],
    ['half a shape', 'shapes', { output: 'x', count: '1.5' }, /^--count: /],
    ['pictures too large', 'shapes', { output: 'x', 'image-size': '9000' }, /^--image-size: /],
    ['no points', 'shapes', { output: 'x', points: '0' }, /^--points: /],
    ['no family', 'shapes', { output: 'x', families: ' ,' }, /^--families/],
    ['a family that does not exist', 'shapes', { output: 'x', families: 'chair,dragon' }, /^--families/],
    [
      'an option of another kind',
      'planted',
      { output: 'x', views: '2' },
      /--views is no option of "dataset planted"/,
    ],
    ['sprites without a place', 'dsprites', {}, /with -o/],
    ['too many sprites', 'dsprites', { output: 'x', count: '737281' }, /^--count: /],
    ['a grid of too many', 'dsprites', { output: 'x', grid: '4,6,40,32,32' }, /--grid takes five counts/],
    ['a grid and a count', 'dsprites', { output: 'x', grid: '1,1,1,1,1', count: '2' }, /exclude each other/],
    ['one planted picture', 'planted', { output: 'x', count: '1' }, /^--count: /],
    ['meshes from nowhere', 'meshes', { output: 'x' }, /Say which folder of meshes/],
    ['meshes without a place', ['meshes', 'm'], {}, /with -o/],
    ['an up axis that is none', ['meshes', 'm'], { output: 'x', up: 'x' }, /^--up: /],
    ['meshes of a family', ['meshes', 'm'], { output: 'x', families: 'a' }, /--families is no option of/],
    ['a name too many', ['shapes', 'm'], { output: 'x' }, /takes no name "m"/],
    ['a family twice', 'shapes', { output: 'x', families: 'chair,chair' }, /^--families: .*twice/],
  ])('takes %s for bad usage', async (_, kind, values, message) => {
    const result = await datasetCommand.run(
      contextOf(kind as string | readonly string[], values as OptionValues),
    );
    expect(result.ok ? null : result.error.code).toBe('usage');
    expect(result.ok ? null : result.error.message).toMatch(message);
  });

  it('draws sprites as the original archive has them', async () => {
    await inFolder(async (folder) => {
      const output = join(folder, 'some');
      const made = unwrap(await datasetCommand.run(contextOf('dsprites', { output, count: '40' }, [], 3)));
      expect(made.lines[0]).toMatch(/^40 sprites of 737280 in .* MB$/);
      const some = unwrap(await openPictures([output]));
      expect(SPLITS.map((split) => some.count(split))).toEqual([32, 4, 4]);
      const second = join(folder, 'again');
      unwrap(await datasetCommand.run(contextOf('dsprites', { output: second, count: '40' }, [], 3)));
      const file = 'dsprites.npz';
      expect(await readFile(join(second, file))).toEqual(await readFile(join(output, file)));
      const taken = await datasetCommand.run(contextOf('dsprites', { output, count: '40' }));
      expect(taken.ok ? null : taken.error.code).toBe('dataset-folder-taken');
      const grid = join(folder, 'grid');
      unwrap(await datasetCommand.run(contextOf('dsprites', { output: grid, grid: '3,2,4,1,1' })));
      const all = unwrap(await openPictures([grid]));
      expect(SPLITS.reduce((sum, split) => sum + all.count(split), 0)).toBe(24);
    });
  });

  it('plants anomalies in a category of MVTec AD', async () => {
    await inFolder(async (folder) => {
      const output = join(folder, 'planted');
      const made = unwrap(await datasetCommand.run(contextOf('planted', { output, count: '20' }, [], 3)));
      expect(made.json).toMatchObject({ train: 20, test: { normal: 2, anomalous: 2 }, seed: 3 });
      const dataset = unwrap(await openPictures([output]));
      expect([dataset.format, ...SPLITS.map((split) => dataset.count(split))]).toEqual([
        'MVTec AD',
        18,
        2,
        4,
      ]);
      const stopped = contextOf('planted', { output: join(folder, 'stopped'), count: '20' });
      const result = await datasetCommand.run({ ...stopped, signal: AbortSignal.abort() });
      expect(result.ok ? null : result.error.code).toBe('cancelled');
      expect(await readdir(folder)).toEqual(['planted']);
    });
  });

  it('makes shapes of meshes by the job of the window, and names what was left out', async () => {
    const asked: unknown[] = [];
    const made: MadeDataset = {
      shapes: 3,
      families: ['meshes'],
      counts: { train: 1, validation: 1, test: 1 },
      skipped: [{ file: 'a/b.obj', reason: 'b.obj, line 1: it ends.' }],
    };
    const run = async (request: unknown) => {
      asked.push(request);
      return ok(made);
    };
    const engine = { grant: (path: string, use: string) => `${use} ${path}`, client: { run } };
    const values = { output: 'out', views: '2', 'image-size': '16', points: '50', up: 'z' };
    const done = await datasetCommand.run({
      ...contextOf(['meshes', 'in'], values, [], 7),
      engine: () => engine as unknown as ReturnType<CommandContext['engine']>,
    });
    expect(asked).toEqual([
      {
        kind: 'make-dataset',
        meshes: 'read in',
        destination: 'write out',
        options: { views: 2, imageSize: 16, pointsPerSet: 50, seed: 7, upAxis: 'z' },
      },
    ]);
    expect(unwrap(done).lines.slice(0, 2)).toEqual([
      '3 shapes in one category: 1 to learn from, 1 to validate, 1 to test; one mesh was left out.',
      '  a/b.obj: b.obj, line 1: it ends.',
    ]);
    expect(unwrap(done).json).toMatchObject({ folder: 'out', skipped: made.skipped });
  });

  it('lists the kinds that there are', async () => {
    const result = await datasetCommand.run(contextOf('cubes', {}));
    expect(result.ok ? null : result.error.hint).toBe('There is: shapes, meshes, dsprites, planted.');
  });
});
