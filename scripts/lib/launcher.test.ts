import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasDisplay } from './display.mjs';
import { electronFlags, presentElectron, rememberedFailure } from './electron.mjs';
import { cacheFolder } from './paths.mjs';
import { run } from './process.mjs';
import { hashOf, isStamped, writeStamp } from './stamp.mjs';

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'halfspace-launcher-'));

describe('which Electron is there', () => {
  const all = (): boolean => true;

  it('is the one that the environment names', () => {
    expect(presentElectron({ ELECTRON_OVERRIDE_DIST_PATH: '/e' }, 'linux', all)).toBe('/e/electron');
    expect(presentElectron({ ELECTRON_OVERRIDE_DIST_PATH: '/e' }, 'darwin', all)).toBe(
      '/e/Electron.app/Contents/MacOS/Electron',
    );
  });

  it('is an error when the environment names an empty folder', () => {
    expect(() => presentElectron({ ELECTRON_OVERRIDE_DIST_PATH: '/e' }, 'linux', () => false)).toThrow(
      /ELECTRON_OVERRIDE_DIST_PATH/,
    );
  });

  it("is the package's own when it was unpacked to its end", () => {
    expect(presentElectron({}, 'linux', all)).toMatch(/electron\/dist\/electron$/);
    expect(presentElectron({}, 'linux', (path: string) => !path.endsWith('path.txt'))).toBeNull();
    expect(presentElectron({}, 'linux', (path: string) => path.endsWith('path.txt'))).toBeNull();
  });
});

describe('a failed download', () => {
  it('is remembered for a day, then tried again', () => {
    const file = join(temporaryFolder(), 'failure.json');
    expect(rememberedFailure(file, 0)).toBeNull();
    writeFileSync(file, JSON.stringify({ failedAt: 1000, reason: 'no route' }));
    expect(rememberedFailure(file, 2000)).toBe('no route');
    expect(rememberedFailure(file, 1000 + 25 * 3600 * 1000)).toBeNull();
    writeFileSync(file, '{');
    expect(rememberedFailure(file, 2000)).toBeNull();
  });
});

describe('the machine', () => {
  it('turns the sandbox off for root only', () => {
    expect(electronFlags(0)).toEqual(['--no-sandbox']);
    expect(electronFlags(1000)).toEqual([]);
  });

  it('has a display where one is named, or always on a desktop system', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
    expect(hasDisplay({}, 'win32')).toBe(true);
  });

  it('keeps downloads where it says', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux')).toBe('/c/halfspace');
    expect(cacheFolder({}, 'linux')).toMatch(/\.cache\/halfspace$/);
  });
});

describe('a stamp', () => {
  it('holds while names and contents stay the same, whatever the times', () => {
    const root = temporaryFolder();
    const stamp = join(root, 'out/.stamp');
    mkdirSync(join(root, 'src/a'), { recursive: true });
    writeFileSync(join(root, 'src/a/b.ts'), 'one');
    const inputs = ['src', 'absent.json'];
    const first = hashOf(root, inputs);
    expect(isStamped(stamp, first)).toBe(false);
    writeStamp(stamp, first);
    writeFileSync(join(root, 'src/a/b.ts'), 'one');
    expect(isStamped(stamp, hashOf(root, inputs))).toBe(true);

    writeFileSync(join(root, 'src/a/b.ts'), 'two');
    expect(isStamped(stamp, hashOf(root, inputs))).toBe(false);
    rmSync(join(root, 'src/a/b.ts'));
    writeFileSync(join(root, 'src/a/c.ts'), 'one');
    expect(isStamped(stamp, hashOf(root, inputs))).toBe(false);
  });
});

describe('run', () => {
  it('gives the code and the output of a command', async () => {
    const result = await run(process.execPath, ['-e', 'console.log(7); process.exit(3)'], { capture: true });
    expect(result).toEqual({ code: 3, output: '7\n' });
  });

  it('ends a command that takes too long, and survives one that does not exist', async () => {
    const slow = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      capture: true,
      timeoutMs: 50,
    });
    expect(slow.code).toBe(124);
    expect((await run('halfspace-no-such-command', [], { capture: true })).code).toBe(127);
  });
});
