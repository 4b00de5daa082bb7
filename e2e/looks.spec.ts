import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import { root } from '../scripts/lib/paths.mjs';
import { expect, test } from './harness/launch';

test.setTimeout(300_000);

const WORKSPACES = ['Shape', 'Reconstruct', 'Latent', 'Explain', 'Train'] as const;
const folder = join(root, 'e2e/results/looks');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What axe-core finds of serious or critical impact, one line each. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  // An expression from outside runs in the page without passing its content policy, which stays as it is.
  await page.evaluate(axeSource);
  const results = await page.evaluate(() => window.axe.run());
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/**
 * Compares what the window shows with the kept picture of the same Electron and platform: another version draws text and
 * lines its own way. Where none are kept for it the test says so in its annotations. The picture is also written to the
 * results, for people to look at.
 */
async function looksAsKept(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  const version = await page.evaluate(() => window.halfspace.versions.electron);
  const kept = `electron-${Number.parseInt(version, 10)}-${process.platform}`;
  const updating = test.info().config.updateSnapshots !== 'none';
  if (!updating && !existsSync(join(root, 'e2e/pictures', kept))) {
    test.info().annotations.push({ type: 'not compared', description: `no pictures are kept for ${kept}` });
    return;
  }
  // The pointer rests where nothing lights up under it.
  await page.mouse.move(2, 2);
  await expect(page).toHaveScreenshot([kept, `${name}.png`]);
}

async function settled(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => (window.halfspaceState?.().figures?.unionVolume ?? 0) > 0))
    .toBe(true);
}

for (const theme of ['dark', 'light'] as const) {
  test(`every workspace in the ${theme} theme: a picture, and nothing serious for accessibility`, async ({
    workbench,
  }) => {
    const { page } = workbench;
    await mkdir(folder, { recursive: true });
    await settled(page);
    if (theme === 'light') {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('dark and light');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    }
    for (const name of WORKSPACES) {
      await page.getByRole('tab', { name, exact: true }).click();
      await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
      await looksAsKept(page, `${name.toLowerCase()}-${theme}`);
      expect(await seriousFindings(page), name).toEqual([]);
    }
    await page.getByRole('tab', { name: 'Explain', exact: true }).click();
    await page.getByRole('list', { name: 'Collections' }).getByRole('button').first().click();
    await expect(page.locator('.latent-strip canvas').first()).toBeVisible({ timeout: 120_000 });
    await looksAsKept(page, `explained-${theme}`);
    expect(await seriousFindings(page), 'explained').toEqual([]);
    for (const [view, ready] of [
      ['Between two', 'Two pictures make a path'],
      ['Latent space', 'Where pictures lie'],
      ['Anomalies', 'have no masks'],
      ['Factors', 'no known factors'],
      ['Parts of a shape', 'Which pixels made this part?'],
    ] as const) {
      await page.getByRole('tab', { name: view, exact: true }).click();
      await expect(page.getByText(ready)).toBeVisible();
      const name = view.toLowerCase().replaceAll(' ', '-');
      await looksAsKept(page, `explain-${name}-${theme}`);
      expect(await seriousFindings(page), view).toEqual([]);
    }
    // Switching never loses state.
    await page.getByRole('tab', { name: 'Shape', exact: true }).click();
    await settled(page);

    await page.keyboard.press('a');
    await looksAsKept(page, `selected-${theme}`);
    await page.keyboard.press('Control+e');
    await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
    await looksAsKept(page, `export-${theme}`);
    expect(await seriousFindings(page), 'export dialog').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await looksAsKept(page, `palette-${theme}`);
    expect(await seriousFindings(page), 'palette').toEqual([]);
  });
}

test('the start of an empty document teaches', async ({ workbench }) => {
  const { page } = workbench;
  await settled(page);
  await page.keyboard.press('Control+n');
  await expect(page.getByTestId('start-card')).toBeVisible();
  await mkdir(folder, { recursive: true });
  await looksAsKept(page, 'start-dark');
  expect(await seriousFindings(page)).toEqual([]);
});
