import { join } from 'node:path';
import { build } from 'vite';

/** Bundles an entry as the product bundles it, CommonJS for Node 18. @returns the file */
export async function buildForNode(entry: string, folder: string, name: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: {
      noExternal: true,
      external: ['backend-cpu', 'backend-wasm', 'core'].map((name) => `@tensorflow/tfjs-${name}`),
    },
    build: {
      ssr: entry,
      target: 'node18',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: `${name}.cjs` } },
    },
  });
  return join(folder, `${name}.cjs`);
}
