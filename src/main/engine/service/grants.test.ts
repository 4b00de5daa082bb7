import { describe, expect, it } from 'vitest';
import { createGrants } from './grants';

describe('grants', () => {
  it('give the path of a token for what it was granted for, and say what is wrong else', () => {
    const grants = createGrants();
    grants.add('read', '/a/chair.obj', false);
    grants.add('write', '/a/chair.halfspace', true);
    expect(grants.resolve('read', 'read')).toEqual({ ok: true, value: '/a/chair.obj' });
    expect(grants.resolve('write', 'read')).toEqual({ ok: true, value: '/a/chair.halfspace' });
    expect(grants.resolve('write', 'write')).toEqual({ ok: true, value: '/a/chair.halfspace' });
    expect(grants.resolve('read', 'write')).toMatchObject({
      ok: false,
      error: { code: 'file-not-writable' },
    });
    expect(grants.resolve('never', 'read')).toMatchObject({ ok: false, error: { code: 'unknown-file' } });
    grants.add('read', '/b/table.obj', true);
    expect(grants.resolve('read', 'write')).toEqual({ ok: true, value: '/b/table.obj' });
  });
});
