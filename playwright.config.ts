import { defineConfig } from '@playwright/test';

// One worker: every test owns an Electron with a software renderer, and two of them starve each other on small machines.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './scripts/temporary-folder.mjs',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  outputDir: 'e2e/results/artifacts',
  reporter: [['line'], ['json', { outputFile: 'e2e/results/report.json' }]],
});
