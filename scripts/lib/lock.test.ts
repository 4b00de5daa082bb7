import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './paths.mjs';

/** What package-lock.json says of one package; the key is its folder. */
interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Locked>>;

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Packages;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Locked;

/** Where Node finds `name` from inside `folder`, by the lock alone. */
function find(locked: Packages, folder: string, name: string): string | null {
  for (let from = folder; ;) {
    const path = `${from}${from && '/'}node_modules/${name}`;
    if (locked[path]) return path;
    if (from === '') return null;
    from = from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1));
  }
}

/** Packages that another one asks for, whatever the platform, and that the lock does not name. */
function missing(locked: Packages): string[] {
  return Object.entries(locked).flatMap(([folder, { dependencies, devDependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .filter((name) => find(locked, folder, name) === null)
      .map((name) => `${name}, for ${folder || 'the project'}`),
  );
}

const optional = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));

// A lock that names the binaries of the platform it was written on only: npm ci refuses it, npm install rewrites it.
describe('package-lock.json', () => {
  it('names every package that a locked one asks for, those of other platforms included', () => {
    expect(missing(packages)).toEqual([]);
    for (const platform of ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64']) {
      expect(optional.filter((name) => name.includes(platform)).length).toBeGreaterThan(3);
    }
  });

  it('would be found wanting without any one of them', () => {
    const binaries = Object.keys(packages).filter((path) => path.includes('darwin-arm64'));
    expect(binaries.length).toBeGreaterThan(3);
    for (const path of binaries) {
      const { [path]: _, ...rest } = packages;
      expect(missing(rest).length).toBeGreaterThan(0);
    }
  });

  it('asks for what package.json asks for', () => {
    const { dependencies, devDependencies } = packages[''];
    expect(dependencies).toEqual(manifest.dependencies);
    expect(devDependencies).toEqual(manifest.devDependencies);
  });

  it('names no host, and what each package must hold', () => {
    for (const [path, { resolved, integrity, inBundle }] of Object.entries(packages)) {
      expect([path, resolved]).toEqual([path, undefined]);
      // What comes inside another package's archive has no archive of its own.
      if (path !== '' && !inBundle)
        expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    }
  });
});
