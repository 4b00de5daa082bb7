import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../scripts/lib/paths.mjs';
import { facts } from './harness/facts';
import { expect, test, type Workbench } from './harness/launch';

test.setTimeout(300_000);

const dock = (page: Page) => page.getByRole('region', { name: 'Jobs and log' });

const dockHeight = async (page: Page): Promise<number> => (await dock(page).boundingBox())?.height ?? 0;

async function settled(page: Page): Promise<void> {
  await expect.poll(async () => (await facts(page)).figures?.unionVolume ?? 0).toBeGreaterThan(0);
}

async function setSize({ app }: Workbench, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0].setContentSize(size[0], size[1]),
    [width, height],
  );
}

async function openBroken({ page, userData, answerDialogs }: Workbench, name: string): Promise<void> {
  const path = join(userData, name);
  await writeFile(path, 'solid broken\nfacet normal 0 0 1\nouter loop\nvertex 0 0');
  await answerDialogs([path]);
  await page.keyboard.press('Control+o');
  await expect
    .poll(async () => (await facts(page)).jobs.some((job) => job.problem?.message.includes(name)))
    .toBe(true);
}

test('the jobs that a person collapsed stay collapsed, and say an error in their line', async ({
  workbench,
}) => {
  const { page } = workbench;
  await settled(page);
  await setSize(workbench, 1440, 900);
  await page.keyboard.press('Control+j');
  await expect.poll(() => dockHeight(page)).toBeGreaterThan(150);
  await page.keyboard.press('Control+j');
  await expect.poll(() => dockHeight(page)).toBeLessThan(40);
  for (const [width, height] of [
    [1000, 700],
    [1440, 900],
  ]) {
    await setSize(workbench, width, height);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    await page.waitForTimeout(500);
    expect(await dockHeight(page), `${width} x ${height}`).toBeLessThan(40);
  }

  await openBroken(workbench, 'first.stl');
  await expect(
    dock(page)
      .getByText(/first\.stl/)
      .first(),
  ).toBeVisible();
  expect(await dockHeight(page)).toBeLessThan(40);
  await dock(page).getByRole('button', { name: 'Details' }).click();
  await expect.poll(() => dockHeight(page)).toBeGreaterThan(150);
});

test('the camera frames the shape that comes apart, and the one that is together again', async ({
  workbench,
}) => {
  const { page } = workbench;
  await settled(page);
  const corners = async (): Promise<{ width: number; outside: number }> => {
    const box = await page.getByTestId('viewport').boundingBox();
    if (!box) throw new Error('the viewport is not shown');
    const { document } = await facts(page);
    const points = await page.evaluate(
      (parts) =>
        parts
          .flatMap(({ id, planes }) =>
            Array.from({ length: planes }, (_, i) => window.halfspaceState?.().faceAt(id, i) ?? []),
          )
          .flat(),
      document.parts,
    );
    const xs = points.map(({ x }) => x);
    const outside = points.filter(
      ({ x, y }) => x < box.x || y < box.y || x > box.x + box.width || y > box.y + box.height,
    ).length;
    return { width: Math.max(...xs) - Math.min(...xs), outside };
  };
  const together = await corners();
  expect(together.outside).toBe(0);
  await page
    .getByRole('button', { name: /Explode/ })
    .first()
    .click();
  await expect.poll(async () => (await corners()).outside).toBe(0);
  await page.waitForTimeout(500);
  expect((await corners()).width).toBeLessThan(1.35 * together.width);
  await page
    .getByRole('button', { name: /Explode/ })
    .first()
    .click();
  await expect.poll(async () => Math.abs((await corners()).width - together.width)).toBeLessThan(2);
});

test('Ctrl+Enter fits with the number that is being typed, and Esc cancels the fit', async ({
  workbench,
}) => {
  const { page } = workbench;
  await settled(page);
  const parts = page.getByRole('region', { name: 'Fit', exact: true }).locator('input').first();
  await parts.fill('7');
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await facts(page)).fitting).toBe(true);
  await expect(page.getByText(/^Fit up to 7 parts to/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await facts(page)).fitting).toBe(false);
  expect((await facts(page)).jobs.find((job) => job.kind === 'fit')?.state).toBe('cancelled');
});

test('the sizes of the selection stand beside it once they are asked for', async ({ workbench }) => {
  const { page } = workbench;
  await settled(page);
  await page.keyboard.press('a');
  const width = page.getByTestId('viewport-size-x').locator('visible=true');
  await expect(width).toHaveCount(0);
  for (const shown of [1, 0]) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('hide sizes');
    await page.keyboard.press('Enter');
    await expect(width).toHaveCount(shown);
    if (shown === 0) continue;
    await expect(width).toHaveText(/^X \d+(\.\d+)? mm$/);
    await mkdir(join(root, 'e2e/results/looks'), { recursive: true });
    await page.screenshot({ path: join(root, 'e2e/results/looks/sizes-dark.png'), animations: 'disabled' });
  }
});

test('a locked part is not deleted, and the window says why', async ({ workbench }) => {
  const { page } = workbench;
  await settled(page);
  const count = (await facts(page)).document.parts.length;
  await page.keyboard.press('a');
  await page.keyboard.press('Control+l');
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('status-refusal')).toHaveText(/locked: unlock them first/);
  expect((await facts(page)).document.parts).toHaveLength(count);
});
