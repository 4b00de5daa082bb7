import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './process.mjs';
import { changedPaths, readWorkingTree } from './working-tree.mjs';

let folder = '';
const git = (...args: string[]) => run('git', ['-C', folder, ...args], { capture: true });
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const hasGit = (await run('git', ['--version'], { capture: true })).code === 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfspace-tree-'));
  await git('init', '--quiet');
  write('.gitignore', 'out/\n');
  for (const name of ['kept', 'edited', 'gone', 'with a "name" of ümlauts']) write(name, `${name}\n`);
  await git('add', '--all');
  await git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'one');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What changes while `work` runs; without git nothing can be said, and that is what is tested there. */
async function changesOf(work: () => unknown): Promise<string[] | null> {
  const before = await readWorkingTree(folder);
  await work();
  const after = await readWorkingTree(folder);
  return before && after && changedPaths(before, after);
}
const found = (paths: string[]) => (hasGit ? paths : null);

describe('changes of the working tree', () => {
  it('are files changed, new and gone, by name', async () => {
    const changes = await changesOf(() => {
      write('edited', 'twice\n');
      write('with a "name" of ümlauts', 'twice\n');
      rmSync(join(folder, 'gone'));
      mkdirSync(join(folder, 'new'));
      write('new/file', 'new\n');
    });
    expect(changes).toEqual(found(['edited', 'gone', 'new/file', 'with a "name" of ümlauts']));
  });

  it('are not what was changed before, unless it changes again', async () => {
    write('edited', 'by hand\n');
    write('new', 'by hand\n');
    expect(await changesOf(() => {})).toEqual(found([]));
    expect(await changesOf(() => write('edited', 'by a test\n'))).toEqual(found(['edited']));
    expect(await changesOf(() => write('edited', 'edited\n'))).toEqual(found(['edited']));
  });

  it('are not what git ignores, nor a time of writing', async () => {
    const changes = await changesOf(() => {
      mkdirSync(join(folder, 'out'));
      write('out/built', 'built\n');
      write('kept', 'kept\n');
    });
    expect(changes).toEqual(found([]));
  });

  it('cannot be told of an unpacked archive, also inside another repository', async () => {
    mkdirSync(join(folder, 'archive'));
    expect(await readWorkingTree(join(folder, 'archive'))).toBeNull();
    rmSync(join(folder, '.git'), { recursive: true, force: true });
    expect(await readWorkingTree(folder)).toBeNull();
  });
});
