import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { hashOf, isStamped, writeStamp } from './lib/stamp.mjs';

const kernels = 'src/main/learning/kernels';
const entry = `${kernels}/assembly/convex-field.ts`;
const output = join(root, kernels, 'generated/convex-field.ts');

/** Flags of asc; the input hash covers this file, so that changing them rebuilds. */
const flags = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--noAssert',
];

/** Compiles the AssemblyScript kernel to a module that exports its WebAssembly as base64. Also vitest's globalSetup. */
export default async function buildKernels() {
  if (!existsSync(join(root, entry))) return;
  const hash = hashOf(root, [`${kernels}/assembly`, 'scripts/build-kernels.mjs']);
  const stamp = join(root, kernels, 'generated/.stamp');
  if (isStamped(stamp, hash) && existsSync(output)) return;

  const asc = await import('assemblyscript/asc');
  const compiled = new Map();
  const { error, stderr } = await asc.main([entry, '--baseDir', root, '--outFile', 'kernel.wasm', ...flags], {
    writeFile: (name, contents) => compiled.set(name, contents),
  });
  if (error) throw new Error(`The convex-field kernel does not compile.\n${stderr.toString()}`);

  const base64 = Buffer.from(compiled.get('kernel.wasm')).toString('base64');
  mkdirSync(join(root, kernels, 'generated'), { recursive: true });
  writeFileSync(
    output,
    `// Made by scripts/build-kernels.mjs from ${entry}.\nexport const convexFieldWasmBase64 =\n  '${base64}';\n`,
  );
  writeStamp(stamp, hash);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildKernels();
