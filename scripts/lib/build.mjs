import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run, say, tail } from './process.mjs';
import { hashOf, isStamped, writeStamp } from './stamp.mjs';

const stamp = join(root, 'out/.stamp');

const inputs = [
  'src',
  'bench',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/build-kernels.mjs',
];

/** Builds kernels, main, preload and renderer into out/ when a source changed. Throws with the tool's last lines. */
export async function ensureBuilt() {
  const { default: buildKernels } = await import('../build-kernels.mjs');
  await buildKernels();
  const hash = hashOf(root, inputs);
  if (isStamped(stamp, hash) && existsSync(join(root, 'out/main/index.cjs'))) return;
  say('building');
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { code, output } = await run(process.execPath, [tool, 'build'], { cwd: root, capture: true });
  if (code !== 0) throw new Error(`The build failed.\n${tail(output, 40)}`);
  writeStamp(stamp, hash);
}
