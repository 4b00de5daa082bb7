import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

// Main and preload are CommonJS for Node 18, the renderer is for Chrome 114: the oldest Electron that we run on is 25.
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node18',
      minify: false,
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          cli: at('src/main/cli.ts'),
          engine: at('src/main/engine/entry.ts'),
          'field-worker': at('src/main/engine/field-worker.ts'),
          bench: at('bench/index.ts'),
        },
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
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: 'chrome114',
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
    worker: { format: 'es' },
  },
});
