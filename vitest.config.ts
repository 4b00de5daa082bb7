import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    globalSetup: ['scripts/temporary-folder.mjs', 'scripts/build-kernels.mjs'],
    // Trainings and fits among them take seconds of an idle core, and may find a busy one.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
