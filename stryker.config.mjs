/**
 * Mutation testing: what every room shares. scripts/mutate.mjs adds a room's files, its tests' folder and the file that
 * keeps its results.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: true },
  coverageAnalysis: 'perTest',
  mutator: {
    // Words of messages are not behaviour, and a test that repeats them holds nothing. The price: codes and keys, which
    // are, go unmeasured where neither the type checker nor a test compares them. Every other mutator is on.
    excludedMutations: ['StringLiteral'],
  },
  // TypeScript 7 has no JavaScript interface with which Stryker could rewrite its configuration; there is nothing to
  // rewrite, as it names no file outside the project. Vitest strips types without looking at them.
  tsconfigFile: 'no-tsconfig.json',
  disableTypeChecks: false,
  ignorePatterns: ['/out', '/dist', '/.cache', '/resources', '/docs', '/e2e', '/bench', '*.log'],
  tempDirName: '.cache/mutation/sandbox',
  incremental: true,
  // A file of types only, mutated alone, has no tests.
  allowEmpty: true,
  concurrency: 2,
  // Above what a busy machine adds to a test: an endless loop is a kill, a slow one is not.
  timeoutMS: 10_000,
  reporters: ['progress'],
  // `low` is the bar over all rooms; scripts/mutate.mjs ends with code 1 under it.
  thresholds: { high: 90, low: 80, break: null },
};
