import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRuns, runsSchema } from './runs';
import { createStoredJson } from './stored-json';

async function runsIn(folder: string) {
  const log = { write: () => undefined };
  const stored = createStoredJson(join(folder, 'runs.json'), runsSchema, () => [], log as never);
  return createRuns(join(folder, 'runs'), stored);
}

describe('training runs', () => {
  it('get folders of their own under the data folder, whatever their name says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'halfspace-runs-'));
    const runs = await runsIn(folder);
    expect(await runs.create('Compact depth')).toBe(join(folder, 'runs', 'compact-depth'));
    expect(await runs.create('Compact depth')).toBe(join(folder, 'runs', 'compact-depth-2'));
    const escaping = await runs.create('../../outside');
    expect(dirname(escaping)).toBe(join(folder, 'runs'));
    expect((await stat(escaping)).isDirectory()).toBe(true);
    expect(await runs.create('..')).toBe(join(folder, 'runs', 'run'));
  });

  it('are remembered newest first with their data, once each, until forgotten or gone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'halfspace-runs-'));
    const runs = await runsIn(folder);
    const [a, b] = [await runs.create('a'), await runs.create('b')];
    await Promise.all([runs.remember({ path: a, data: '/data' }), runs.remember({ path: b, data: null })]);
    await runs.remember({ path: a, data: null });
    const again = await runsIn(folder);
    expect(await again.list()).toEqual([
      { path: a, data: '/data' },
      { path: b, data: null },
    ]);
    await rm(a, { recursive: true });
    expect((await again.list()).map(({ path }) => path)).toEqual([b]);
    await writeFile(join(b, 'config.json'), '{}');
    await again.forget(b);
    expect(await again.list()).toEqual([]);
    expect((await stat(b)).isDirectory()).toBe(true);
  });

  it('leave no empty folder when they are forgotten before they began, but where a person chose it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'halfspace-runs-'));
    const runs = await runsIn(folder);
    const own = await runs.create('own');
    const chosen = await mkdtemp(join(tmpdir(), 'halfspace-chosen-'));
    for (const path of [own, chosen]) {
      await runs.remember({ path, data: null });
      await runs.forget(path);
    }
    await expect(stat(own)).rejects.toThrow('ENOENT');
    expect((await stat(chosen)).isDirectory()).toBe(true);
  });
});
