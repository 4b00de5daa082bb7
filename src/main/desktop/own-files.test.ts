import { mkdtemp, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileArgument } from './arguments';
import { createRecovery } from './recovery';
import { createSamples } from './samples';

const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'halfspace-own-'));

describe('the recovery file', () => {
  it('is removed after a good end when this run wrote it', async () => {
    const path = join(await temporaryFolder(), 'recovery.halfspace');
    const recovery = createRecovery(path, Date.now() - 1000);
    expect(recovery.exists()).toBe(false);
    await writeFile(path, 'work');
    expect(recovery.exists()).toBe(true);
    recovery.clearOwn();
    await expect(stat(path)).rejects.toThrow(/ENOENT/);
  });

  it('stays when an earlier run left it and nobody took it up', async () => {
    const path = join(await temporaryFolder(), 'recovery.halfspace');
    await writeFile(path, 'work');
    await utimes(path, new Date(1000), new Date(1000));
    const recovery = createRecovery(path, Date.now() - 1000);
    recovery.clearOwn();
    expect(recovery.exists()).toBe(true);
    await recovery.clear();
    await recovery.clear();
    expect(recovery.exists()).toBe(false);
  });
});

describe('samples', () => {
  it('are none without an index', async () => {
    const samples = createSamples(await temporaryFolder());
    expect(await samples.list()).toEqual([]);
    expect(await samples.pathOf('chair')).toBeNull();
  });

  it('are found by name, inside their folder only', async () => {
    const folder = await temporaryFolder();
    const entry = { title: 'Chair', kind: 'mesh' };
    await writeFile(
      join(folder, 'index.json'),
      JSON.stringify([
        { ...entry, name: 'chair', file: 'chair.obj', camera: 'unused.json' },
        { ...entry, name: 'escape', file: '../chair.obj' },
      ]),
    );
    const samples = createSamples(folder);
    expect((await samples.list())[0]).toEqual({ name: 'chair', title: 'Chair', kind: 'mesh' });
    expect(await samples.pathOf('chair')).toBe(join(folder, 'chair.obj'));
    expect(await samples.pathOf('escape')).toBeNull();
    expect(await samples.pathOf('lamp')).toBeNull();
  });
});

describe('fileArgument', () => {
  it.each([
    [['electron', '--no-sandbox', '/app', '--inspect=0', 'a.obj'], false, '/home/a.obj'],
    [['electron', '/app', '/b/a.obj'], false, '/b/a.obj'],
    [['electron', '/app'], false, null],
    [['halfspace', 'a.obj'], true, '/home/a.obj'],
    [['halfspace', '--flag'], true, null],
  ])('of %j (packaged: %s) is %s', (argv, packaged, expected) => {
    expect(fileArgument(argv, packaged, '/home')).toBe(expected);
  });
});
