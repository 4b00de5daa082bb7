import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { hashOf, isStamped, writeStamp } from './lib/stamp.mjs';

const kernels = 'src/main/learning/kernels';
const entry = `${kernels}/assembly/convex-field.ts`;
const output = join(root, kernels, 'generated/convex-field.ts');

/** Flags of asc; the input hash covers this file, so that changing them rebuilds. */
const flags = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--importMemory'];
/** A memory that worker threads see, too, must be declared so; its maximum is that of wasm-module.ts. */
const sharedFlags = [
  '--enable',
  'threads',
  '--sharedMemory',
  '--initialMemory',
  '2',
  '--maximumMemory',
  '16384',
];

/** Compiles the AssemblyScript kernel to a module that exports its WebAssembly as base64. Also vitest's globalSetup. */
export default async function buildKernels() {
  const hash = hashOf(root, [`${kernels}/assembly`, 'scripts/build-kernels.mjs']);
  const stamp = join(root, kernels, 'generated/.stamp');
  if (isStamped(stamp, hash) && existsSync(output)) return;

  const lines = [
    `// Made by scripts/build-kernels.mjs from ${entry}.`,
    `export const convexFieldWasm =\n  '${await compile(flags)}';`,
    `export const convexFieldSharedWasm =\n  '${await compile([...flags, ...sharedFlags])}';`,
  ];
  mkdirSync(join(root, kernels, 'generated'), { recursive: true });
  // Written beside and renamed, so that nobody reads half a module.
  writeFileSync(`${output}.${process.pid}`, `${lines.join('\n')}\n`);
  renameSync(`${output}.${process.pid}`, output);
  writeStamp(stamp, hash);
}

async function compile(arguments_) {
  const asc = await import('assemblyscript/asc');
  const compiled = new Map();
  const { error, stderr } = await asc.main(
    [entry, '--baseDir', root, '--outFile', 'kernel.wasm', ...arguments_],
    {
      writeFile: (name, contents) => compiled.set(name, contents),
    },
  );
  if (error) throw new Error(`The convex-field kernel does not compile.\n${stderr.toString()}`);
  return Buffer.from(compiled.get('kernel.wasm')).toString('base64');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildKernels();
