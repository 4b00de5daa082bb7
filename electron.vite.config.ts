import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import packageJson from './package.json' with { type: 'json' };

const at = (path: string) => resolve(import.meta.dirname, path);

// TensorFlow.js and the WebP decoder find their .wasm files beside their own code and stay packages at run time.
// Everything else goes into the bundle, because CommonJS on Node 18 cannot require the packages that are ES modules only.
const bundled = Object.keys(packageJson.dependencies).filter((name) => !/^@(tensorflow|cwasm)\//.test(name));

// Main and preload are CommonJS for Node 18, the renderer is for Chrome 114: the oldest Electron that we run on is 25.
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node18',
      minify: false,
      sourcemap: true,
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        input: present({
          index: at('src/main/index.ts'),
          cli: at('src/main/cli.ts'),
          engine: at('src/main/engine/entry.ts'),
          'field-worker': at('src/main/compute/field-worker.ts'),
          'train-worker': at('src/main/engine/training/train-worker.ts'),
          bench: at('bench/index.ts'),
        }),
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: existsSync(at('src/renderer/index.html'))
    ? {
        root: 'src/renderer',
        plugins: [react()],
        build: {
          outDir: 'out/renderer',
          target: 'chrome114',
          minify: true,
          rolldownOptions: { input: { index: at('src/renderer/index.html') } },
        },
        worker: { format: 'es' },
      }
    : undefined,
});

function present(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));
}
