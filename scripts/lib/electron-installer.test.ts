import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from './paths.mjs';
import { run } from './process.mjs';

const electron = join(root, 'node_modules/electron');
const { version } = JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')) as { version: string };

let server: Server | null = null;
const folder = mkdtempSync(join(tmpdir(), 'halfspace-electron-'));

afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A host like the one that Electron is fetched from, with the given files under `/v<version>/`. */
async function serve(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const started = createServer((request, response) => {
    const file = files[(request.url ?? '').replace(`/v${version}/`, '')];
    response.writeHead(file ? 200 : 404).end(file);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
}

describe("Electron's own installer", () => {
  // Its packages ask for Node 22.12, and npm warns of it; that set-up explains the warning away rests on this.
  it('fetches, checks and unpacks an Electron on the Node that runs this, the oldest that we promise included', async () => {
    const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
    const zip = zipSync({ version: strToU8(version), [executableName()]: strToU8('an Electron') });
    const sum = createHash('sha256').update(zip).digest('hex');
    const host = await serve({ [name]: zip, 'SHASUMS256.txt': strToU8(`${sum} *${name}\n`) });
    for (const file of ['install.js', 'package.json', 'checksums.json']) {
      cpSync(join(electron, file), join(folder, file));
    }
    const { code, output } = await run(process.execPath, [join(folder, 'install.js')], {
      capture: true,
      env: {
        PATH: process.env.PATH,
        NODE_PATH: join(root, 'node_modules'),
        ELECTRON_MIRROR: host,
        electron_use_remote_checksums: '1',
        electron_config_cache: join(folder, 'cache'),
      },
    });
    expect([code, output]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'dist', executableName()), 'utf8')).toBe('an Electron');
    expect(readFileSync(join(folder, 'path.txt'), 'utf8')).toBe(executableName());
  });
});

function executableName(): string {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  };
  return names[process.platform] ?? 'electron';
}
