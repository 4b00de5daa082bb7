import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { block } from '../src/main/synthetic/shapes/solids';
import { renderViews } from '../src/main/synthetic/shapes/view';
import { facts } from './harness/facts';
import { expect, test } from './harness/launch';

test.setTimeout(300_000);

/** The first shape is drawn: what opens later is the test's. */
async function settled(page: Page): Promise<void> {
  await expect.poll(async () => (await facts(page)).figures?.unionVolume ?? 0).toBeGreaterThan(0);
}

async function reconstructSample(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('tab', { name: 'Reconstruct', exact: true }).click();
  await page.getByRole('list', { name: 'Sample pictures' }).getByRole('button', { name: title }).click();
  await expect(page.getByTestId('reconstruct-result')).toBeVisible({ timeout: 60_000 });
}

/** A stool on a transparent or a busy background, as a PNG file. */
async function writeStool(path: string, background: 'transparent' | 'busy'): Promise<void> {
  const legs = [-0.3, 0.3].flatMap((x) =>
    [-0.3, 0.3].map((z) => block([x - 0.05, -0.5, z - 0.05], [x + 0.05, 0.1, z + 0.05])),
  );
  const parts = [block([-0.4, 0.1, -0.4], [0.4, 0.2, 0.4]), ...legs].map((mesh, i) => ({
    name: `part ${i}`,
    mesh,
  }));
  const size = 160;
  const shape = { parts } as unknown as Parameters<typeof renderViews>[0];
  const [{ colour }] = renderViews(shape, 1, size, 3);
  const png = new PNG({ width: size, height: size });
  for (let p = 0; p < size * size; p++) {
    const alpha = colour[p * 4 + 3] / 255;
    for (let c = 0; c < 3; c++) {
      const stripes = p % 16 < 8 !== Math.floor(p / size) % 16 < 8 ? 40 + 60 * c : 220 - 50 * c;
      png.data[p * 4 + c] =
        background === 'busy'
          ? Math.round(alpha * colour[p * 4 + c] + (1 - alpha) * stripes)
          : colour[p * 4 + c];
    }
    png.data[p * 4 + 3] = background === 'busy' ? 255 : colour[p * 4 + 3];
  }
  await writeFile(path, PNG.sync.write(png));
}

test('reconstructs a depth image, refines, finds like parts, accepts, interpolates and exports', async ({
  workbench,
}) => {
  const { page, userData } = workbench;
  await settled(page);
  const before = (await facts(page)).document;
  await reconstructSample(page, /^Chair Depth/);
  await expect(page.getByTestId('mask-outline')).toBeVisible();
  expect((await facts(page)).document).toEqual(before);

  await page.getByRole('button', { name: 'Refine', exact: true }).click();
  await expect(page.getByTestId('observed-error')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByTestId('refinement')).toHaveText(/Accepted|Not accepted/);

  const chips = page.getByRole('list', { name: 'Parts of the reconstruction' }).getByRole('button');
  const count = await chips.count();
  expect(count).toBeGreaterThan(1);
  await chips.first().click();
  await page.getByRole('button', { name: 'Find similar parts' }).click();
  const similar = page.getByRole('list', { name: 'Similar shapes' }).getByRole('button', { pressed: false });
  await expect(similar.first()).toBeVisible({ timeout: 60_000 });
  await similar.first().click();
  await expect(page.getByText(/^Library shape: /)).toBeVisible();
  await page.getByRole('button', { name: 'Back to the reconstruction' }).click();

  await page.getByRole('button', { name: 'Add to path', exact: true }).first().click();
  await expect(page.getByRole('tab', { name: 'Latent', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.getByRole('button', { name: 'Library shapes' }).click();
  await page.getByRole('list', { name: 'Library shapes' }).getByRole('button').last().click();
  const slider = page.getByTestId('path-slider');
  await expect(slider).toBeEnabled();
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Frame 8 of 9/);
  await page.keyboard.press('p');
  await expect(page.getByTestId('path-rate')).toHaveText(/frames\/s/, { timeout: 30_000 });
  await page.keyboard.press('p');

  const strip = join(userData, 'strip');
  await mkdir(strip);
  await workbench.answerDialogs([strip]);
  await page.getByRole('button', { name: 'Export strip...' }).click();
  await expect(page.getByTestId('latent-job')).toContainText(/\d+ files/, { timeout: 120_000 });
  const files = await readdir(strip);
  expect(files.filter((name) => name.endsWith('.png')).length).toBeGreaterThan(0);
  expect(files.length).toBeGreaterThanOrEqual(10);

  // Switching has lost nothing: the reconstruction is still there to accept, and undo takes it back in one step.
  await page.getByRole('tab', { name: 'Reconstruct', exact: true }).click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  const accepted = (await facts(page)).document;
  expect(accepted).toMatchObject({ source: 'chair-depth.png', undo: 'Accept the reconstruction' });
  expect(accepted.parts).toHaveLength(count);
  await page.keyboard.press('Control+z');
  expect((await facts(page)).document.parts).toEqual(before.parts);
  await page.keyboard.press('Control+y');

  // The picture travels in the project: from there it is reconstructed again.
  const project = join(userData, 'chair.halfspace');
  await workbench.answerDialogs([project]);
  await page.keyboard.press('Control+s');
  await expect.poll(async () => (await facts(page)).document.unsaved).toBe(false);
  expect((await readFile(project)).includes('chair-depth.png')).toBe(true);
  await page.keyboard.press('Control+n');
  await workbench.answerDialogs([project]);
  await page.keyboard.press('Control+o');
  await expect.poll(async () => (await facts(page)).document.parts.length).toBe(count);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('picture behind');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('reconstruct-result')).toBeVisible({ timeout: 60_000 });
});

test('reconstructs a colour picture, by a box where its background is busy', async ({ workbench }) => {
  const { page, userData } = workbench;
  await settled(page);
  const plain = join(userData, 'stool.png');
  await writeStool(plain, 'transparent');
  await workbench.answerDialogs([plain]);
  await page.keyboard.press('Control+o');
  await expect(page.getByTestId('reconstruct-result')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/The outline comes from the transparency/)).toBeVisible();

  const busy = join(userData, 'busy.png');
  await writeStool(busy, 'busy');
  await workbench.answerDialogs([busy]);
  await page.keyboard.press('Control+o');
  const area = page.getByTestId('box-area');
  await expect(area).toBeVisible();
  // By the mouse, then the last pixels by the keyboard.
  const at = await area.boundingBox();
  if (!at) throw new Error('the picture is not shown');
  await page.mouse.move(at.x + 0.1 * at.width, at.y + 0.1 * at.height);
  await page.mouse.down();
  await page.mouse.move(at.x + 0.9 * at.width, at.y + 0.9 * at.height, { steps: 3 });
  await page.mouse.up();
  const width = page.getByRole('spinbutton', { name: 'Width' });
  await expect(width).toHaveValue('128');
  await width.fill('130');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('reconstruct-result')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/The outline comes from the box/)).toBeVisible();
});

test('says what is wrong with a picture and keeps what is there', async ({ workbench }) => {
  const { page, userData } = workbench;
  await settled(page);
  const before = (await facts(page)).document;
  await page.getByRole('tab', { name: 'Reconstruct', exact: true }).click();
  const path = join(userData, 'broken.jpg');
  await writeFile(path, Buffer.from('ffd8ffe000104a464946', 'hex'));
  await workbench.answerDialogs([path]);
  await page.keyboard.press('Control+o');
  await expect(page.getByTestId('reconstruct-job').getByRole('alert')).toContainText('broken.jpg');
  expect((await facts(page)).document).toEqual(before);
  await expect(page.getByTestId('reconstruct-start')).toBeVisible();
});
