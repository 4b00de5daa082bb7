import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../scripts/lib/paths.mjs';
import { expect, test } from './harness/launch';

test.setTimeout(300_000);

const folder = join(root, 'e2e/results/parts');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds of serious or critical impact, one line each. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  // An expression from outside runs in the page without passing its content policy, which stays as it is.
  await page.evaluate(axeSource);
  const results = await page.evaluate(() => window.axe.run());
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** The first shape is drawn: what opens later is the test's. */
async function settled(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => (window.halfspaceState?.().figures?.unionVolume ?? 0) > 0), {
      timeout: 90_000,
    })
    .toBe(true);
}

async function openParts(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Explain', exact: true }).click();
  await page.getByRole('tab', { name: 'Parts of a shape', exact: true }).click();
}

async function reconstructSample(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('tab', { name: 'Reconstruct', exact: true }).click();
  await page.getByRole('list', { name: 'Sample pictures' }).getByRole('button', { name: title }).click();
  await expect(page.getByTestId('reconstruct-result')).toBeVisible({ timeout: 60_000 });
}

const look = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });

/** The pixels of a canvas in the page, to tell whether it changed. */
const drawn = (page: Page, testId: string): Promise<string> =>
  page
    .getByTestId(testId)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test('a part shows its pixels, brushed pixels show their parts, and depth is painted in space', async ({
  workbench,
}) => {
  const { page } = workbench;
  await mkdir(folder, { recursive: true });
  await settled(page);
  await openParts(page);
  await expect(page.getByTestId('parts-start')).toBeVisible();
  await look(page, 'start');
  await page.getByRole('button', { name: 'Reconstruct a picture', exact: true }).click();
  await reconstructSample(page, /^Chair Depth/);

  await openParts(page);
  await expect(page.getByTestId('parts-picture')).toBeVisible({ timeout: 60_000 });
  const bare = await drawn(page, 'parts-picture');
  const list = page.getByRole('list', { name: 'Parts', exact: true }).getByRole('button');
  const count = await list.count();
  expect(count).toBeGreaterThan(1);
  await list.nth(1).click();
  await expect(list.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => drawn(page, 'parts-picture')).not.toBe(bare);
  const second = await drawn(page, 'parts-picture');
  await expect(page.getByRole('checkbox', { name: 'Paint the map on the parts' })).toBeChecked();
  await expect(page.getByTestId('parts-paint')).toContainText('not seen');
  await look(page, 'selected-dark');
  expect(await seriousFindings(page)).toEqual([]);

  // Another part by the keyboard: another map.
  await list.nth(2).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => drawn(page, 'parts-picture')).not.toBe(second);

  const at = await page.getByTestId('parts-picture').boundingBox();
  if (!at) throw new Error('the picture is not shown');
  const drag = async (from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
    await page.mouse.move(at.x + from[0] * at.width, at.y + from[1] * at.height);
    await page.mouse.down();
    await page.mouse.move(at.x + to[0] * at.width, at.y + to[1] * at.height, { steps: 4 });
    await page.mouse.up();
  };
  await drag([0.1, 0.05], [0.9, 0.3]);
  await expect(page.getByTestId('brush')).toBeVisible();
  const ranked = page.getByRole('list', { name: 'Parts, most attention in the brush first' });
  await expect(ranked.getByRole('button')).toHaveCount(count);
  const shares = (await ranked.getByRole('button').allInnerTexts()).map((text) =>
    Number(/([\d.]+) %/.exec(text)?.[1]),
  );
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares[0]).toBeGreaterThan(shares[count - 1]);
  await look(page, 'brushed-dark');

  // Painting adds to what is brushed; typing gives a rectangle; clearing takes it all away.
  const even = page.getByText(/would be even/);
  const before = await even.innerText();
  await page.getByRole('button', { name: 'Paint', exact: true }).click();
  await drag([0.3, 0.8], [0.7, 0.8]);
  await expect(even).not.toHaveText(before);
  await look(page, 'painted-dark');
  await page.getByRole('spinbutton', { name: 'Width', exact: true }).fill('8');
  await page.getByRole('spinbutton', { name: 'Height', exact: true }).fill('8');
  await expect(page.getByText(/1\.6 % would be even/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByTestId('brush')).toBeHidden();

  await page.getByRole('combobox', { name: 'Layer' }).selectOption('stage3');
  await expect(page.getByRole('combobox', { name: 'Layer' })).toHaveValue('stage3', { timeout: 60_000 });
  await page.getByRole('combobox', { name: 'Explain' }).selectOption('place');
  await page.getByRole('checkbox', { name: 'Paint the map on the parts' }).uncheck();
  await expect(page.getByTestId('parts-paint')).not.toContainText('not seen');

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('dark and light');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Paint the map on the parts' }).check();
  await look(page, 'selected-light');
  expect(await seriousFindings(page)).toEqual([]);
});

test('a colour picture has pixels of its parts, and nothing to paint in space', async ({ workbench }) => {
  const { page } = workbench;
  await mkdir(folder, { recursive: true });
  await settled(page);
  await reconstructSample(page, /^Car Picture/);
  await openParts(page);
  await expect(page.getByTestId('parts-picture')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('list', { name: 'Parts', exact: true }).getByRole('button').first().click();
  await expect(page.getByRole('heading', { name: /^Pixels of / })).toBeVisible();
  await expect(page.getByTestId('parts-paint')).toBeHidden();
  await look(page, 'colour-dark');
});
