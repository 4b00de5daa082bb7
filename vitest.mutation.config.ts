import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import {
  BaseSequencer,
  type Reporter,
  type TestModule,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';

/** Milliseconds that each test file was seen to take, the most of all runs: with a mutant, only some of its tests run. */
const durations = new Map<string, number>();

/**
 * The file's own tests, then quick ones: most mutants are noticed by the first. Vitest itself begins with the longest,
 * to fill many threads, so that nearly every mutant would wait for it.
 */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { cache, config } = this.ctx;
    const own = new Set(config.related?.map((path) => path.replace(/\.ts$/, '.test.ts')));
    const costs = new Map<TestSpecification, number>();
    for (const file of files) {
      const key = `${file.project.name}:${relative(config.root, file.moduleId)}`;
      const duration = Math.max(durations.get(key) ?? 0, cache.getFileTestResults(key)?.duration ?? 0);
      durations.set(key, duration);
      costs.set(file, own.has(file.moduleId) ? -1 : duration);
    }
    return [...files].sort((a, b) => costs.get(a)! - costs.get(b)!);
  }
}

/** Says so when a test file cannot even be loaded, which Stryker would take for a file without tests that fail. */
class LoadErrors implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestModuleEnd(module: TestModule): void {
    for (const error of module.errors())
      this.#vitest?.state.catchError(error, 'a test file cannot be loaded');
  }
}

/** The tests of a mutation run, in one thread per mutant, which shares their imports. scripts/mutate.mjs names the folder. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['scripts/temporary-folder.mjs'],
    testTimeout: 120_000,
    isolate: false,
    sequence: { sequencer: QuickFirst },
    reporters: [new LoadErrors()],
  },
});
