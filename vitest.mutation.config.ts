import { defineConfig } from 'vitest/config';

/** The tests of a mutation run, in one thread per mutant, which shares their imports. scripts/mutate.mjs names the folder. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['scripts/temporary-folder.mjs'],
    testTimeout: 120_000,
    isolate: false,
  },
});
