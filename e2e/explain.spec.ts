import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { root } from '../scripts/lib/paths.mjs';
import { expect, test } from './harness/launch';

test.setTimeout(300_000);

const folder = join(root, 'e2e/results/looks');
const LONG = { timeout: 120_000 };

async function openCollection(page: Page, name: string): Promise<void> {
  // The first shape is drawn: what opens later is the test's.
  await expect
    .poll(() => page.evaluate(() => (window.halfspaceState?.().figures?.unionVolume ?? 0) > 0), LONG)
    .toBe(true);
  await page.getByRole('tab', { name: 'Explain', exact: true }).click();
  await page.getByRole('list', { name: 'Collections' }).getByRole('button', { name }).click();
  await expect(page.getByTestId('attention-map').locator('canvas').first()).toBeVisible(LONG);
}

/** What a canvas shows, as one number: it changes when the picture does. */
function picture(page: Page, name: string): Promise<number> {
  return page
    .getByRole('img', { name })
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const data = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
      return data.reduce((sum, value, i) => (sum * 31 + value + i) % 1_000_003, 7);
    });
}

test('explains digits: maps, sliders, a path between two, and exports', async ({ workbench }) => {
  const { page, userData } = workbench;
  await openCollection(page, 'Handwritten digits');
  const map = page.getByTestId('attention-map');
  // Away from the latents: what lies under the pointer is shown.
  await page.mouse.move(4, 4);
  await expect(map).toContainText('Mean of all latents');
  await expect(page.getByTestId('scale-bar').first()).toContainText('Range of all maps of this picture');

  // By keyboard: the next latent, another sign, the next picture.
  await page.getByTestId('picture-grid').focus();
  await page.keyboard.press('k');
  await expect(map).toContainText(/Latent \d+/);
  await page.keyboard.press('s');
  await page.keyboard.press('s');
  await expect(page.getByTestId('scale-bar').first()).toContainText('-');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#picture-1')).toHaveAttribute('aria-selected', 'true');

  // A latent moves: the picture follows, a reset brings the reconstruction back.
  const slider = page.getByTestId('latent-row').first().getByRole('slider');
  await expect(page.locator('.latent-strip canvas').first()).toBeVisible(LONG);
  const isReconstruction = async (): Promise<boolean> =>
    (await picture(page, 'Picture of the latents below')) === (await picture(page, 'Reconstruction'));
  await expect.poll(isReconstruction).toBe(true);
  await slider.focus();
  for (let press = 0; press < 20; press++) await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('decoded-caption')).toHaveText('Latents as set below');
  await expect.poll(isReconstruction, LONG).toBe(false);
  await page.keyboard.press('r');
  await expect.poll(isReconstruction).toBe(true);

  // A class alone, and a second picture beside.
  await page.getByRole('combobox', { name: 'Class', exact: true }).selectOption('7');
  await expect(page.getByTestId('shown-count')).toContainText(/of 997 pictures/);
  await page
    .getByRole('option', { name: /class 7/ })
    .first()
    .click();
  await page
    .getByRole('option', { name: /class 7/ })
    .nth(2)
    .click({ modifiers: ['Control'] });
  await expect(page.getByRole('list', { name: 'Pictures beside' }).locator('canvas')).toBeVisible(LONG);
  await page.getByRole('tab', { name: 'Between two' }).click();
  await expect(page.getByTestId('between-strip').getByRole('button')).toHaveCount(9, LONG);
  await page.getByTestId('between-slider').focus();
  await page.keyboard.press('Home');
  await expect(page.getByText('0 % of the way', { exact: true })).toBeVisible();
  const path = join(userData, 'path.png');
  await workbench.answerDialogs([path]);
  await page.getByRole('button', { name: 'Export path...' }).click();
  await expect
    .poll(async () => (existsSync(path) ? PNG.sync.read(await readFile(path)).width : 0), LONG)
    .toBeGreaterThan(9 * 128);

  // Switching loses nothing.
  await page.getByRole('tab', { name: 'Shape', exact: true }).click();
  await page.getByRole('tab', { name: 'Explain', exact: true }).click();
  await expect(page.getByTestId('between-strip')).toBeVisible();

  const exported = join(userData, 'maps');
  await mkdir(exported);
  await workbench.answerDialogs([exported]);
  await page.getByRole('tab', { name: 'Attention' }).click();
  await page.getByRole('button', { name: 'Export maps...' }).click();
  await expect(page.getByTestId('maps-summary')).toContainText('2 pictures');
  await page.getByRole('dialog').getByRole('button', { name: 'Export...' }).click();
  await expect(page.getByTestId('explain-job')).toContainText(/\d+ files/, LONG);
  const files = await readdir(exported);
  expect(files).toContain('maps.json');
  expect(files.filter((name) => name.endsWith('.png')).length).toBeGreaterThanOrEqual(2);
  expect(files.filter((name) => name.endsWith('.npy'))).toHaveLength(2);
});

test('lays digits out by their codes and chooses one there', async ({ workbench }) => {
  const { page } = workbench;
  await openCollection(page, 'Handwritten digits');
  await page.getByRole('tab', { name: 'Latent space' }).click();
  await page.getByLabel('Number of pictures').selectOption('128');
  await page.getByRole('button', { name: 'Lay out the latent space' }).click();
  const canvas = page.getByTestId('space-canvas');
  await expect(canvas).toBeVisible(LONG);
  await expect(canvas).toHaveAttribute('aria-label', /^128 pictures/);
  await canvas.focus();
  const name = page.getByTestId('space-name');
  const first = await name.textContent();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(name).not.toHaveText(first ?? '');
  await page.keyboard.press('Enter');
  const chosen = (await name.textContent()) ?? '';
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'explain-space-dark.png'), animations: 'disabled' });
  await page.getByRole('tab', { name: 'Attention' }).click();
  await expect(page.getByTestId('attention-map')).toContainText(chosen, LONG);
});

test('finds what does not belong, and a threshold redraws what is marked', async ({ workbench }) => {
  const { page } = workbench;
  await openCollection(page, 'Planted anomalies');
  await page.getByRole('tab', { name: 'Anomalies' }).click();
  await expect(page.getByTestId('anomaly-card')).toHaveCount(8, LONG);
  await page.getByRole('button', { name: 'Score the split' }).first().click();
  const report = page.getByTestId('anomaly-report');
  await expect(report).toContainText('Pixel AUROC', { timeout: 240_000 });
  await expect(report).toContainText('oracle');
  const marks = /what the threshold marks/;
  const canvas = page.getByRole('img', { name: marks }).nth(1);
  const shown = (): Promise<string> =>
    canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  const before = await shown();
  const words = page.getByTestId('threshold-words');
  await expect(words).toContainText('of what does not belong');
  const said = await words.textContent();
  await page.getByTestId('threshold').focus();
  await page.keyboard.press('Home');
  await expect.poll(shown).not.toBe(before);
  await expect(words).not.toHaveText(said ?? '');
  await page.getByRole('button', { name: /^Best/ }).click();
  await expect.poll(shown).toBe(before);
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByText(/^Page 2 of/)).toBeVisible();
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'explain-anomaly-dark.png'), animations: 'disabled' });
});

test('measures disentanglement where factors are known, and says so where they are not', async ({
  workbench,
}) => {
  const { page } = workbench;
  await openCollection(page, 'Drawn shapes');
  await page.getByRole('tab', { name: 'Factors' }).click();
  await page.getByLabel('Samples').selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Measure disentanglement' }).click();
  await expect(page.getByTestId('factor-scores')).toContainText('FactorVAE score', { timeout: 240_000 });
  await expect(page.getByTestId('heat-map').getByRole('columnheader')).toHaveCount(6);
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'explain-factors-dark.png'), animations: 'disabled' });
});
