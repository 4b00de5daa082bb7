import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { root } from '../scripts/lib/paths.mjs';
import {
  COMPACT_DEPTH_TRAINING,
  REFERENCE_RGB_TRAINING,
  type CvxNetTraining,
} from '../src/shared/recipes/training';
import { expect, test } from './harness/launch';

test.setTimeout(300_000);

/** A network that learns nothing much, quickly. */
const TINY: CvxNetTraining = {
  ...REFERENCE_RGB_TRAINING,
  network: {
    ...COMPACT_DEPTH_TRAINING.network,
    parts: 6,
    planes: 8,
    latent: 32,
    inputSize: 32,
    encoderWidth: 0.0625,
    decoderWidths: [32],
  },
  batch: 2,
  steps: 50_000,
  boxPoints: 64,
  nearPoints: 64,
  start: 'clusters',
  validation: { every: 20, shapes: 2 },
  checkpointEvery: 20,
};

let folder = '';
const at = (name: string): string => join(folder, name);

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-train-'));
  const options = ['--count', '6', '--families', 'chair,table', '--views', '1', '--image-size', '32'];
  await promisify(execFile)(
    process.execPath,
    [join(root, 'bin/halfspace.mjs'), 'dataset', 'shapes', ...options, '--points', '512', '-o', at('shapes')],
    { cwd: root },
  );
  await writeFile(at('tiny.json'), JSON.stringify(TINY));
  await mkdir(at('meshes'));
  for (const name of ['chair.glb', 'lamp.obj', 'mug.glb'])
    await copyFile(join(root, 'resources/samples', name), at(`meshes/${name}`));
  await writeFile(at('meshes/broken.obj'), 'v 1 2\n');
});
test.afterAll(() => rm(folder, { recursive: true }));

async function openTraining(page: Page): Promise<void> {
  // The start opens a sample and shows it in Shape, whatever was chosen before.
  await expect
    .poll(() => page.evaluate(() => window.halfspaceState?.().document.parts.length ?? 0))
    .toBeGreaterThan(0);
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
}

async function loadTiny(page: Page): Promise<void> {
  await page.getByLabel('Configuration file').setInputFiles(at('tiny.json'));
  await expect(page.getByRole('textbox', { name: 'Steps', exact: true })).toHaveValue('50000');
}

const points = async (chart: Locator): Promise<number> => Number(await chart.getAttribute('data-points'));
const status = (page: Page): Locator => page.getByTestId('run-status');
const step = async (page: Page): Promise<number> =>
  Number((await page.getByTestId('run-step').textContent())?.replaceAll(',', ''));

test('starts a training, draws its curve, pauses, goes on, stops, resumes, and compares two runs', async ({
  workbench,
}) => {
  const { page, userData } = workbench;
  await openTraining(page);
  await expect(page.getByText('Train a network on your shapes')).toBeVisible();

  await workbench.answerDialogs([at('shapes')]);
  await page.getByRole('button', { name: 'Choose data...' }).first().click();
  await expect(page.getByTestId('chosen-data')).toHaveText('shapes');
  await loadTiny(page);

  // A wrong figure says so at its field, and nothing can be started.
  const planes = page.getByRole('textbox', { name: 'Planes per part' });
  await planes.fill('3');
  await expect(page.getByRole('alert')).toHaveText('Must be more than the dimensions, or no part is bounded');
  const start = page.getByRole('button', { name: 'Start training' }).last();
  await expect(start).toHaveAttribute('aria-disabled', 'true');
  await planes.fill('8');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await start.click();

  // Loss and IoU arrive and go on arriving, and a held-out shape is shown.
  const loss = page.getByTestId('curve-total');
  await expect.poll(() => points(loss), { timeout: 60_000 }).toBeGreaterThan(2);
  await expect.poll(() => points(page.getByTestId('curve-validationIou'))).toBeGreaterThan(0);
  await expect(page.getByTestId('run-preview')).toBeVisible();
  const before = await points(loss);
  await expect.poll(() => points(loss)).toBeGreaterThan(before);

  // The arrow keys read values off the curve.
  await loss.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(loss.getByRole('status')).toContainText('tiny');

  // The run goes on behind another workspace.
  const seen = await step(page);
  await page.getByRole('tab', { name: 'Shape', exact: true }).click();
  await expect(page.getByTestId('viewport')).toBeVisible();
  await openTraining(page);
  await expect.poll(() => step(page)).toBeGreaterThan(seen);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(status(page)).toHaveText('Paused');
  const held = await step(page);
  await page.getByLabel('Log scale').check();
  await expect(loss).toHaveAttribute('data-points', String(await points(loss)));
  expect(await step(page)).toBe(held);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect.poll(() => step(page)).toBeGreaterThan(held);

  await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
  await expect(status(page)).toHaveText('Stopped');
  const stopped = await step(page);
  expect(await stat(join(userData, 'runs/tiny/checkpoint.safetensors'))).toBeTruthy();

  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(stopped);
  await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
  await expect(status(page)).toHaveText('Stopped');

  // A second run beside the first: both are drawn, and both are in the table.
  await page.getByRole('button', { name: 'New run' }).click();
  await page.getByRole('textbox', { name: 'Seed', exact: true }).fill('2');
  await page.getByRole('button', { name: 'Start training' }).last().click();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
  await expect(status(page)).toHaveText('Stopped');
  await expect(page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem')).toHaveCount(2);
  const both = await points(loss);
  await page.getByRole('checkbox', { name: 'Compare tiny', exact: true }).uncheck();
  await expect.poll(() => points(loss)).toBeLessThan(both);
  await page.getByRole('checkbox', { name: 'Compare tiny', exact: true }).check();

  await workbench.answerDialogs([at('curves.csv'), at('curves.png')]);
  await page.getByRole('button', { name: 'CSV...' }).click();
  await expect.poll(() => readFile(at('curves.csv'), 'utf8').catch(() => '')).toContain('tiny-2,');
  const table = await readFile(at('curves.csv'), 'utf8');
  expect(table).toMatch(/^run,step,total,/);
  expect(table).toContain('\ntiny,10,');
  await page.getByRole('button', { name: 'PNG...' }).click();
  await expect.poll(() => readFile(at('curves.png')).catch(() => Buffer.alloc(0))).not.toHaveLength(0);
  const picture = await readFile(at('curves.png'));
  expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(picture.readUInt32BE(16)).toBeGreaterThan(300);

  // What came out is a model with a card, ready to reconstruct with.
  await page.getByRole('button', { name: 'Open its model' }).click();
  const card = page.getByTestId('model-card');
  await expect(card).toContainText('6 procedural shapes');
  await expect(card.locator('code')).toHaveText(/^[0-9a-f]{64}$/);
  await card.getByRole('button', { name: 'Use for reconstruction' }).click();
  await expect(card).toContainText('Used for reconstruction');
});

test('knows its runs after a restart, opens one from elsewhere, and refuses what is none', async ({
  launch,
}) => {
  const first = await launch();
  await openTraining(first.page);
  await first.answerDialogs([at('shapes')]);
  await first.page.getByRole('button', { name: 'Choose data...' }).first().click();
  await loadTiny(first.page);
  await first.page.getByRole('textbox', { name: 'Steps', exact: true }).fill('30');
  await first.page.getByRole('button', { name: 'Start training' }).last().click();
  await expect(status(first.page)).toHaveText('Done', { timeout: 90_000 });
  await first.exit();

  const { page, ...second } = await launch({ userData: first.userData });
  await openTraining(page);
  await expect(page.getByTestId('run-row')).toHaveAttribute('data-status', 'done');
  await expect.poll(() => points(page.getByTestId('curve-total'))).toBeGreaterThan(2);

  await page.getByRole('button', { name: 'Take tiny off the list' }).click();
  await expect(page.getByTestId('run-row')).toHaveCount(0);
  await second.answerDialogs([at('shapes'), join(first.userData, 'runs/tiny')]);
  await page.getByRole('button', { name: 'Open run...' }).first().click();
  await expect(page.getByTestId('job-open-run').first()).toHaveAttribute('data-state', 'failed');
  await page.getByRole('button', { name: 'Open run...' }).first().click();
  await expect(page.getByTestId('run-row')).toHaveAttribute('data-status', 'done');
});

test('says what a folder of meshes is, makes a data set of it, and learns from that', async ({
  workbench,
}) => {
  const { page } = workbench;
  await openTraining(page);
  await loadTiny(page);
  await workbench.answerDialogs([at('meshes')]);
  await page.getByRole('button', { name: 'Choose data...' }).first().click();
  const report = page.getByTestId('data-report');
  await expect(report).toContainText('A folder of 4 meshes (GLB, OBJ): not yet a data set');
  const start = page.getByRole('button', { name: 'Start training' }).last();
  await expect(start).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByTestId('start-reason')).toHaveText('A folder of 4 meshes is not yet a data set.');

  await page.getByText('How it is made').click();
  for (const [name, value] of Object.entries({
    'Pictures per shape': '1',
    'Picture size': '32',
    'Points per shape': '256',
  }))
    await page.getByRole('textbox', { name }).fill(value);
  await workbench.answerDialogs([at('own-shapes')]);
  await page.getByRole('button', { name: 'Make a data set of it...' }).last().click();
  await expect(page.getByTestId('chosen-data')).toHaveText('own-shapes', { timeout: 60_000 });
  await expect(report).toHaveText('Our own data set: 3 shapes, 1 category');
  await expect(page.getByTestId('job-make-dataset').first()).toContainText('one mesh was left out');
  await page.getByTestId('skipped-meshes').getByText('One mesh was left out').click();
  await expect(page.getByTestId('skipped-meshes')).toContainText('broken.obj, line 1');

  // The steps are those of the recipe, and a pause keeps the figures on view.
  await expect(start).toHaveAttribute('aria-disabled', 'false');
  await start.click();
  await expect.poll(() => points(page.getByTestId('curve-total')), { timeout: 60_000 }).toBeGreaterThan(1);
  await expect(page.getByText('Nothing measured yet')).toHaveCount(0);
  const panel = page.getByRole('complementary', { name: 'Run' });
  await expect(panel).toContainText(/Step [\d,]+ of 50,000/);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(status(page)).toHaveText('Paused');
  for (const name of ['Loss', 'Speed', 'Time left']) {
    const fact = panel.locator('.fact').filter({ has: page.getByText(name, { exact: true }) });
    await expect(fact.locator('dd')).toHaveText(/\d/);
  }
  const held = await step(page);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect.poll(() => step(page)).toBeGreaterThan(held);
  await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
  await expect(status(page)).toHaveText('Stopped');
});

test('leaves no run of data that turns out to be damaged, and says why', async ({ workbench }) => {
  const { page, userData } = workbench;
  await cp(at('shapes'), at('damaged'), { recursive: true });
  await openTraining(page);
  await loadTiny(page);
  await workbench.answerDialogs([at('damaged')]);
  await page.getByRole('button', { name: 'Choose data...' }).first().click();
  await expect(page.getByTestId('data-report')).toHaveText('Our own data set: 6 shapes, 2 categories');
  for (const family of ['chair', 'table'])
    for (const id of await readdir(at(`damaged/${family}`)))
      await writeFile(at(`damaged/${family}/${id}/samples.npz`), 'x');
  await page.getByRole('button', { name: 'Start training' }).last().click();
  const panel = page.getByRole('complementary', { name: 'New run' });
  await expect(panel.getByRole('alert')).toContainText('samples.npz');
  await expect(page.getByTestId('run-row')).toHaveCount(0);
  expect(await readdir(join(userData, 'runs'))).toEqual([]);
});

test('names the classes that a VAE learns from', async ({ workbench }) => {
  const { page } = workbench;
  await openTraining(page);
  await page.getByLabel('Configuration', { exact: true }).selectOption({ label: 'VAE, one digit' });
  const classes = page.getByRole('textbox', { name: 'Classes' });
  await expect(classes).toHaveValue('3');

  const saved = async (name: string): Promise<unknown> => {
    await workbench.answerDialogs([at(name)]);
    await page.getByRole('button', { name: 'Save JSON...' }).click();
    await expect.poll(() => stat(at(name)).catch(() => null)).not.toBeNull();
    return (JSON.parse(await readFile(at(name), 'utf8')) as { classes: unknown }).classes;
  };
  await classes.fill('1, 7');
  expect(await saved('two.json')).toEqual(['1', '7']);
  await classes.fill('');
  expect(await saved('all.json')).toBeNull();
});
