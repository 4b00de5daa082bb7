import { defineConfig } from '@playwright/test';

// One worker: every test owns an Electron with a software renderer, and two of them starve each other on small machines.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './scripts/temporary-folder.mjs',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 240_000,
  expect: {
    timeout: 20_000,
    // Kept pictures: text and edges may differ by a shade, one pixel in a hundred may differ by more.
    toHaveScreenshot: { threshold: 0.2, maxDiffPixelRatio: 0.01, animations: 'disabled' },
  },
  // A missing or a different picture fails; `npm run pictures` keeps new ones, and the commit shows them.
  updateSnapshots: 'none',
  snapshotPathTemplate: 'e2e/pictures/{arg}{ext}',
  outputDir: 'e2e/results/artifacts',
  reporter: [['line'], ['json', { outputFile: 'e2e/results/report.json' }]],
});
