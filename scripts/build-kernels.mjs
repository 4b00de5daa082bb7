import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { hashOf, isStamped, writeStamp } from './lib/stamp.mjs';

const kernels = 'src/main/compute/kernels';
const entry = `${kernels}/assembly/convex-field.ts`;
const output = join(root, kernels, 'generated/convex-field.ts');
const trainingEntry = `${kernels}/assembly/training.ts`;
const trainingOutput = join(root, kernels, 'generated/training.ts');
const gradientsOutput = join(root, kernels, 'generated/stock-gradients.ts');

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

/** Compiles the AssemblyScript kernels to modules that export their WebAssembly as base64. Also vitest's globalSetup. */
export default async function buildKernels() {
  const inputs = [
    `${kernels}/assembly`,
    'scripts/build-kernels.mjs',
    'node_modules/@tensorflow/tfjs-core/package.json',
  ];
  const hash = hashOf(root, inputs);
  const stamp = join(root, kernels, 'generated/.stamp');
  if (isStamped(stamp, hash) && [output, trainingOutput, gradientsOutput].every((file) => existsSync(file)))
    return;

  const lines = [
    `// Made by scripts/build-kernels.mjs from ${entry}.`,
    `export const convexFieldWasm =\n  '${await compile(entry, flags)}';`,
    `export const convexFieldSharedWasm =\n  '${await compile(entry, [...flags, ...sharedFlags])}';`,
  ];
  mkdirSync(join(root, kernels, 'generated'), { recursive: true });
  writeWhole(output, `${lines.join('\n')}\n`);
  const training = `export const trainingWasm =\n  '${await compile(trainingEntry, flags)}';`;
  writeWhole(trainingOutput, `// Made by scripts/build-kernels.mjs from ${trainingEntry}.\n${training}\n`);
  writeWhole(gradientsOutput, `// @ts-nocheck\n${await bundleStockGradients()}`);
  writeStamp(stamp, hash);
}

/** Written beside and renamed, so that nobody reads half a module. */
function writeWhole(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/**
 * The gradients of TensorFlow.js's stock operations as one module. The package's CommonJS entry, which Node takes,
 * leaves them out, and its ESM files are not loadable by Node.
 */
async function bundleStockGradients() {
  const { build } = await import('vite');
  const [result] = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      target: 'node18',
      lib: {
        entry: join(root, 'node_modules/@tensorflow/tfjs-core/dist/register_all_gradients.js'),
        formats: ['es'],
        fileName: 'stock-gradients',
      },
    },
  });
  return result.output[0].code;
}

async function compile(source, arguments_) {
  const asc = await import('assemblyscript/asc');
  const compiled = new Map();
  const { error, stderr } = await asc.main(
    [source, '--baseDir', root, '--outFile', 'kernel.wasm', ...arguments_],
    {
      writeFile: (name, contents) => compiled.set(name, contents),
    },
  );
  if (error) throw new Error(`${source} does not compile.\n${stderr.toString()}`);
  return Buffer.from(compiled.get('kernel.wasm')).toString('base64');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildKernels();
