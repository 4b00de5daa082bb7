import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { openCollection } from './collections';
import { createGrants, type Grants } from './grants';

let folder: string;
let grants: Grants;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collections-'));
  grants = createGrants();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function picture(token: string): Promise<void> {
  const path = join(folder, `${token}.png`);
  await writeFile(path, PNG.sync.write(new PNG({ width: 4, height: 4 })));
  grants.add(token, path, false);
}

describe('openCollection', () => {
  it('keeps what is open by its paths, and reads anew when asked', async () => {
    await picture('a');
    await picture('b');
    const first = unwrap(await openCollection({ tokens: ['a', 'b'] }, { grants }));
    expect(unwrap(await openCollection({ tokens: ['a', 'b'] }, { grants }))).toBe(first);
    expect(unwrap(await openCollection({ tokens: ['b'] }, { grants }))).not.toBe(first);
    const anew = unwrap(await openCollection({ tokens: ['a', 'b'] }, { grants }, true));
    expect(anew).not.toBe(first);
    expect(unwrap(await openCollection({ tokens: ['a', 'b'] }, { grants }))).toBe(anew);
  });

  it('keeps the four that were used last', async () => {
    const tokens = ['a', 'b', 'c', 'd', 'e'];
    for (const token of tokens) await picture(token);
    const open = async (token: string) => unwrap(await openCollection({ tokens: [token] }, { grants }));
    const [a, b] = [await open('a'), await open('b')];
    await open('c');
    await open('d');
    expect(await open('a')).toBe(a);
    await open('e');
    expect(await open('a')).toBe(a);
    expect(await open('b')).not.toBe(b);
  });

  it('says which file is no longer granted, and tries again what could not be read', async () => {
    expect(await openCollection({ tokens: ['gone'] }, { grants })).toMatchObject({
      ok: false,
      error: { code: 'unknown-file' },
    });
    grants.add('late', join(folder, 'late.png'), false);
    expect((await openCollection({ tokens: ['late'] }, { grants })).ok).toBe(false);
    await picture('late');
    expect((await openCollection({ tokens: ['late'] }, { grants })).ok).toBe(true);
  });

  it('keeps a built-in one by its name', async () => {
    const first = unwrap(await openCollection({ builtin: 'planted' }, { grants }));
    expect(unwrap(await openCollection({ builtin: 'planted' }, { grants }, true))).toBe(first);
  });
});
