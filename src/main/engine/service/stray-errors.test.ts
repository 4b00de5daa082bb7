import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { buildForNode } from '../../compute/build.fixture';
import { catchStrayErrors, withStrayErrors } from './stray-errors';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('a process', () => {
  it('hands what nobody caught to the work it comes from, else on, and writes it to stderr', () => {
    const written: string[] = [];
    const process = Object.assign(new EventEmitter(), {
      stderr: { write: (text: string) => written.push(text) },
    });
    const [ofWork, ofNone]: unknown[][] = [[], []];
    catchStrayErrors(process as unknown as NodeJS.Process, (error) => ofNone.push(error));
    const bug = new Error('a bug');
    const given = withStrayErrors(
      (error) => ofWork.push(error),
      () => {
        process.emit('uncaughtException', bug);
        process.emit('unhandledRejection', 'no error at all');
        return 7;
      },
    );
    expect(given).toBe(7);
    expect(ofWork).toEqual([bug, 'no error at all']);
    process.emit('unhandledRejection', bug);
    process.emit('uncaughtException', undefined);
    expect(ofNone).toEqual([bug, undefined]);
    expect(ofWork).toHaveLength(2);
    expect(written).toEqual([`${bug.stack}\n`, 'no error at all\n', `${bug.stack}\n`, 'undefined\n']);
  });
});

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
