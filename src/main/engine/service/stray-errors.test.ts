import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { buildForNode } from '../../compute/build.fixture';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('an error that nobody catches', () => {
  it('ends the job that it comes from with its stack, lets the others go on, and is told where it is no job’s', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'halfspace-stray-'));
    folders.push(folder);
    const entry = await buildForNode(join(__dirname, 'stray-errors.fixture.ts'), folder, 'stray');
    // A process of its own: a stray error would end the one that runs the tests.
    const { stdout } = await promisify(execFile)(process.execPath, [entry]);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const errorWith = (detail: string) => ({
      code: 'internal-error',
      detail: expect.stringContaining(detail),
    });
    expect(lines).toMatchObject([
      { type: 'error', id: 2, error: errorWith('on a timer') },
      { type: 'error', id: 3, error: errorWith('nobody waits') },
      { type: 'result', id: 1 },
      { otherwise: 'Error: of no job' },
    ]);
  });
});
