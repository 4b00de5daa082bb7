import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { root } from '../scripts/lib/paths.mjs';
import { expect, test } from './harness/launch';

test.setTimeout(300_000);

const folder = join(root, 'e2e/results/looks');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function look(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await page.evaluate(axeSource);
  const results = await page.evaluate(() => window.axe.run());
  const serious = results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(serious, name).toEqual([]);
}

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(words);
  await page.keyboard.press('Enter');
}

test('a mask becomes polygons that can be watched, understood and exported', async ({ workbench }) => {
  const { page, userData } = workbench;
  await command(page, 'mask in 2D');
  const dialog = page.getByRole('dialog', { name: 'Fit a mask in 2D' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Fit polygons' }).click();
  await expect(dialog.getByTestId('curve-loss')).not.toHaveAttribute('data-points', '0');
  const result = dialog.getByTestId('flat-result');
  await expect(result).toContainText('polygons', { timeout: 60_000 });
  await look(page, 'flat-polygons-dark');

  await dialog.getByText('Smooth field', { exact: true }).click();
  await look(page, 'flat-field-dark');
  await dialog.getByText('One part and its lines').click();
  await dialog.getByRole('button', { name: 'Part 2' }).click();
  await look(page, 'flat-part-dark');

  const path = join(userData, 'star.svg');
  await workbench.answerDialogs([path]);
  await dialog.getByRole('button', { name: 'Export SVG...' }).click();
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('<polygon ');

  // By keyboard alone: an empty mask says what is wrong, two dabs of the brush can be fitted.
  await dialog.getByRole('button', { name: 'Clear' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Fit polygons' }).click();
  await expect(dialog.getByRole('alert')).toContainText('nothing to fit');
  await dialog.getByTestId('flat-canvas').focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Fit polygons' }).click();
  await expect(result).toBeVisible({ timeout: 60_000 });
});

test('a picture is read as a mask, in the light theme', async ({ workbench }) => {
  const { page, userData } = workbench;
  await command(page, 'dark and light');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  await command(page, 'mask in 2D');
  const dialog = page.getByRole('dialog', { name: 'Fit a mask in 2D' });
  await dialog.getByRole('button', { name: 'Letter' }).click();
  await dialog.getByTestId('flat-parts').fill('8');
  await dialog.getByRole('button', { name: 'Fit polygons' }).click();
  await expect(dialog.getByTestId('flat-result')).toBeVisible({ timeout: 60_000 });
  await look(page, 'flat-polygons-light');

  const file = join(userData, 'disc.png');
  await writeFile(file, darkDisc(300, 200));
  await workbench.answerDialogs([file]);
  await dialog.getByRole('button', { name: 'Choose mask...' }).click();
  await expect(dialog.getByRole('slider', { name: 'Threshold' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Fit polygons' }).click();
  await expect(dialog.getByTestId('flat-result')).toContainText('polygon', { timeout: 60_000 });
  await look(page, 'flat-picture-light');
});

test('the command line makes polygons of a mask, the same for the same seed, and names what does not fit', async () => {
  const place = await mkdtemp(join(tmpdir(), 'halfspace-flat-'));
  const disc = join(place, 'disc.png');
  await writeFile(disc, darkDisc(120, 90));
  const fit = (...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(root, 'bin/halfspace.mjs'), 'fit', disc, '--flat', ...options],
        { cwd: root },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
      );
    });
  const first = await fit('--parts', '1', '--planes', '12', '--json', '-o', join(place, 'first.svg'));
  expect(first.code, first.stderr).toBe(0);
  const report = JSON.parse(first.stdout) as {
    insideIs: string;
    figures: { iou: number; partCount: number };
  };
  expect(report).toMatchObject({ insideIs: 'dark', figures: { partCount: 1 } });
  expect(report.figures.iou).toBeGreaterThan(0.97);
  await fit('--parts', '1', '--planes', '12', '-o', join(place, 'second.svg'));
  expect(await readFile(join(place, 'second.svg'), 'utf8')).toBe(
    await readFile(join(place, 'first.svg'), 'utf8'),
  );

  expect(await fit('-o', join(place, 'disc.gif'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('.svg'),
  });
  expect(await fit('--parts', '99', '-o', join(place, 'x.svg'))).toMatchObject({ code: 2 });
  expect(await fit('--threshold', '0', '-o', join(place, 'x.svg'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('disc.png: No pixel of the mask'),
  });
  await rm(place, { recursive: true });
});

/** A dark disc on light paper, as a scanner would give it. */
function darkDisc(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    const radius = Math.hypot((i % width) - width / 2, Math.floor(i / width) - height / 2);
    const tone = Math.min(235, Math.max(30, 130 + 40 * (radius - 0.4 * height)));
    png.data.set([tone, tone, tone - 20, 255], 4 * i);
  }
  return PNG.sync.write(png);
}
