import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveResource } from './resource-path';

const folder = '/opt/halfspace/out/renderer';

describe('resolveResource', () => {
  it.each([
    ['app://halfspace/', `${folder}/index.html`, 'text/html; charset=utf-8'],
    ['app://halfspace/assets/a.js?x=1#y', `${folder}/assets/a.js`, 'text/javascript; charset=utf-8'],
    ['app://halfspace/assets/kernel.wasm', `${folder}/assets/kernel.wasm`, 'application/wasm'],
    ['app://halfspace/a%20b.png', `${folder}/a b.png`, 'image/png'],
    ['app://halfspace/a/../b.bin', `${folder}/b.bin`, 'application/octet-stream'],
  ])('%s is %s', (address, path, type) => {
    expect(resolveResource(folder, address)).toEqual({ ok: true, value: { path, type } });
  });

  it.each([
    'app://halfspace/..%2fmain/index.cjs',
    'app://halfspace/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://halfspace/..%5cmain%5cindex.cjs',
    'app://halfspace/..%2frenderer-secrets/key',
    'app://halfspace/a%00.js',
    'app://halfspace/%ff',
    'app://other/index.html',
    'file:///etc/passwd',
    'https://halfspace/index.html',
    'not an address',
  ])('%s is refused', (address) => {
    const result = resolveResource(folder, address);
    expect(result).toMatchObject({ ok: false, error: { code: 'refused-address' } });
  });

  it('never leaves the folder (seed 20)', () => {
    const piece = fc.constantFrom(
      '..',
      '%2e%2e',
      '/',
      '%2f',
      '%5c',
      '\\',
      '%00',
      'a',
      '.',
      '%252e',
      ';',
      '?',
      '//',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const result = resolveResource(folder, `app://halfspace/${pieces.join('')}`);
        if (result.ok) expect(result.value.path.startsWith(folder + sep)).toBe(true);
      }),
      { seed: 20, numRuns: 2000 },
    );
  });
});
