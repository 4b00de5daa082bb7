import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenSchema } from '../../shared/contract/token';
import { createGrantStore, isWritableWhenOpened } from './grants';

describe('grants', () => {
  it('give a token that the contract accepts, the name and the size, never the path', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'halfspace-grants-')), 'chair.obj');
    writeFileSync(path, 'v 0 0 0\n');
    const store = createGrantStore();
    const grant = store.grant(path, false);
    expect(tokenSchema.safeParse(grant.token).success).toBe(true);
    expect(grant).toEqual({ token: grant.token, name: 'chair.obj', bytes: 8 });
    expect(store.find(grant.token)).toEqual({ token: grant.token, path, write: false });
  });

  it('keep the token of the same file and right, and tell rights apart', () => {
    const store = createGrantStore();
    const read = store.grant('/nowhere/a.obj', false);
    expect(store.grant('/nowhere/a.obj', false)).toEqual(read);
    expect(store.grant('/nowhere/a.obj', true).token).not.toBe(read.token);
    expect(store.all()).toHaveLength(2);
    expect(read.bytes).toBe(0);
  });

  it('know nothing of tokens that were not given', () => {
    expect(createGrantStore().find('00000000-0000-4000-8000-000000000000')).toBeNull();
  });

  it('let an opened project be saved, and nothing else', () => {
    expect(isWritableWhenOpened('/a/b.HALFSPACE')).toBe(true);
    expect(isWritableWhenOpened('/a/b.obj')).toBe(false);
  });
});
