import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../shared/result';
import { openDataset } from '../files/dataset';
import { inFolder } from '../files/tfrecord/fixtures';
import type { CommandContext, OptionValues } from './command';
import { datasetCommand } from './dataset';

function contextOf(kind: string, values: OptionValues, said: string[] = [], seed = 1): CommandContext {
  return {
    positionals: [kind],
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
    ['a family that does not exist', 'shapes', { output: 'x', families: 'chair,dragon' }, /^--families/],
    ['a family twice', 'shapes', { output: 'x', families: 'chair,chair' }, /^--families: .*twice/],
  ])('takes %s for bad usage', async (_, kind, values, message) => {
    const result = await datasetCommand.run(contextOf(kind, values as OptionValues));
    expect(result.ok ? null : result.error.code).toBe('usage');
    expect(result.ok ? null : result.error.message).toMatch(message);
  });

  it('lists the kinds that there are', async () => {
    const result = await datasetCommand.run(contextOf('cubes', {}));
    expect(result.ok ? null : result.error.hint).toBe('There is: shapes.');
  });
});
