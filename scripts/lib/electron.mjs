import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fallbackElectron } from './electron-fallback.mjs';
import { cacheFolder, root } from './paths.mjs';
import { run, say, tail } from './process.mjs';

const packageFolder = join(root, 'node_modules/electron');

/** A download of about 100 MB; a host that cannot be reached fails much sooner, in the connection. */
const DOWNLOAD_LIMIT_MS = 240_000;

/** How long a failed download is remembered, so that the next starts do not wait for it again. */
const REMEMBER_FAILURE_MS = 24 * 3600 * 1000;

/**
 * The Electron to run: one that is already there, else the electron package's own binary (downloaded in bounded time),
 * else the fallback for Linux x64. Throws with a sentence that says what to do when there is none.
 * @returns {Promise<{executable: string, note: string}>}
 */
export async function ensureElectron() {
  const wanted = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
  const present = presentElectron(process.env, process.platform, existsSync);
  if (present) return { executable: present, note: '' };

  const memory = join(cacheFolder(), `electron-${wanted}-download.json`);
  let reason = rememberedFailure(memory, Date.now());
  if (reason === null) {
    say(`fetching Electron ${wanted}`);
    const { code, output } = await run(process.execPath, [join(packageFolder, 'install.js')], {
      cwd: packageFolder,
      capture: true,
      timeoutMs: DOWNLOAD_LIMIT_MS,
    });
    const downloaded = presentElectron(process.env, process.platform, existsSync);
    if (code === 0 && downloaded) return { executable: downloaded, note: '' };
    rmSync(join(packageFolder, 'dist'), { recursive: true, force: true });
    reason = code === 124 ? 'the download took too long' : firstLine(output);
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(memory, JSON.stringify({ failedAt: Date.now(), reason }));
  }

  if (process.platform === 'linux' && process.arch === 'x64') {
    return {
      executable: await fallbackElectron(),
      note: ` in place of ${wanted}, which could not be downloaded (${reason}; delete ${memory} to try again)`,
    };
  }
  throw new Error(
    `Electron ${wanted} could not be downloaded (${reason}). Delete ${memory} to try again, or point ` +
      'ELECTRON_OVERRIDE_DIST_PATH at a folder that holds an unpacked Electron.',
  );
}

/** Path of an Electron binary that is already on this machine, or null. */
export function presentElectron(environment, platform, exists) {
  const executable = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  }[platform];
  const name = executable ?? 'electron';
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const path = join(override, name);
    if (!exists(path)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${path}.`);
    return path;
  }
  // path.txt is written last: without it an unpacking was cut off.
  const path = join(packageFolder, 'dist', name);
  return exists(join(packageFolder, 'path.txt')) && exists(path) ? path : null;
}

/** Why the last download failed, or null when it should be tried (again). */
export function rememberedFailure(file, now) {
  try {
    const { failedAt, reason } = JSON.parse(readFileSync(file, 'utf8'));
    return now - failedAt < REMEMBER_FAILURE_MS && typeof reason === 'string' ? reason : null;
  } catch {
    return null;
  }
}

/** The versions inside an Electron binary, asked of itself. Throws with what the loader said when it does not run. */
export async function electronVersions(executable) {
  const { code, output } = await run(executable, ['-p', 'JSON.stringify(process.versions)'], {
    capture: true,
    timeoutMs: 30_000,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (code !== 0) throw new Error(`Electron at ${executable} does not run.\n${tail(output)}`);
  return JSON.parse(output.trim().split('\n').at(-1));
}

export async function announceElectron({ executable, note }) {
  const versions = await electronVersions(executable);
  const node = versions.node ? `, Node ${versions.node}` : '';
  say(`Electron ${versions.electron} (V8 ${versions.v8}${node})${note}`);
}

/** Flags that the launcher and the tests add: Chromium's sandbox refuses to run as root. */
export function electronFlags(userId = process.getuid?.()) {
  return userId === 0 ? ['--no-sandbox'] : [];
}

function firstLine(output) {
  return (output.trim().split('\n')[0] || 'no reason given').replace(/^\w*Error: /, '');
}
