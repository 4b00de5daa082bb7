import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    globalSetup: ['scripts/temporary-folder.mjs', 'scripts/build-kernels.mjs'],
    testTimeout: 120_000,
    pool: 'forks',
  },
});
