import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import loadMujoco from '@mujoco/mujoco';
import type { WindowFacts } from '../src/renderer/workspaces/shape/facts';
import { facts } from './harness/facts';
import { expect, test, type Workbench } from './harness/launch';

test.setTimeout(300_000);

async function openSample(page: Page, title: RegExp): Promise<void> {
  await page.keyboard.press('Control+n');
  await page.getByRole('list', { name: 'Samples' }).getByRole('button', { name: title }).click();
  await expect.poll(async () => (await facts(page)).document.source).not.toBeNull();
}

/** Fits, and waits for the end of that very fit. */
async function fit(page: Page): Promise<void> {
  const finished = async (): Promise<number> =>
    Math.max(
      0,
      ...(await facts(page)).jobs
        .filter((job) => job.kind === 'fit' && job.state === 'finished')
        .map(({ id }) => id),
    );
  const before = await finished();
  await page.keyboard.press('Control+Enter');
  await expect.poll(finished, { timeout: 120_000 }).toBeGreaterThan(before);
}

/** A face that is drawn and lies under the pointer at its own middle. */
async function visibleFace(page: Page): Promise<{ partId: string; plane: number; x: number; y: number }> {
  const box = await page.getByTestId('viewport').boundingBox();
  if (!box) throw new Error('the viewport is not shown');
  const { document } = await facts(page);
  for (const part of document.parts) {
    for (let plane = 0; plane < part.planes; plane++) {
      const at = await page.evaluate(
        ([id, index]) => window.halfspaceState?.().faceAt(id as string, index as number),
        [part.id, plane] as const,
      );
      if (
        !at ||
        at.x < box.x + 40 ||
        at.y < box.y + 40 ||
        at.x > box.x + box.width - 120 ||
        at.y > box.y + box.height - 40
      )
        continue;
      await page.mouse.move(at.x, at.y);
      await page.mouse.click(at.x, at.y);
      await page.mouse.click(at.x, at.y);
      const { selection } = await facts(page);
      if (selection.partIds[0] === part.id && selection.plane === plane)
        return { partId: part.id, plane, ...at };
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
  }
  throw new Error('no face can be selected by a click at its middle');
}

async function enginePid({ app }: Workbench): Promise<number> {
  const pid = await app.evaluate(
    ({ app: electron }) => electron.getAppMetrics().find((metric) => metric.name === 'Halfspace engine')?.pid,
  );
  if (!pid) throw new Error('the engine does not run');
  return pid;
}

test.describe('the main job', () => {
  // The engine dies on purpose; main says so in its log, the page must not.
  test('opens a sample, fits, drags a plane, undoes, saves, survives the engine, reopens, exports for MuJoCo', async ({
    workbench,
  }) => {
    const { page, userData } = workbench;
    await openSample(page, /^Mug.*Mesh/);
    await fit(page);
    const fitted = await facts(page);
    expect(fitted.document.parts.length).toBeGreaterThan(3);
    await expect.poll(async () => (await facts(page)).figures?.iou ?? 0).toBeGreaterThan(0.8);

    // Drag a plane along its normal: only its offset changes, figures follow, undo brings back every bit.
    const face = await visibleFace(page);
    const offset = async (): Promise<number> =>
      (await facts(page)).document.parts.find((part) => part.id === face.partId)?.offsets[face.plane] ??
      Number.NaN;
    const before = await offset();
    await page.mouse.move(face.x, face.y);
    await page.mouse.down();
    for (let step = 1; step <= 6; step++) await page.mouse.move(face.x + 6 * step, face.y - 6 * step);
    await page.mouse.up();
    const dragged = await offset();
    expect(dragged).not.toBe(before);
    const others = (parts: WindowFacts['document']['parts']): unknown =>
      parts.map((part) => part.offsets.filter((_, i) => part.id !== face.partId || i !== face.plane));
    expect(others((await facts(page)).document.parts)).toEqual(others(fitted.document.parts));
    await page.keyboard.press('Control+z');
    expect(await offset()).toBe(before);
    await page.keyboard.press('Control+Shift+Z');
    expect(await offset()).toBe(dragged);

    // Esc during a drag restores and leaves nothing in the history.
    const undo = (await facts(page)).document.undo;
    const again = await page.evaluate(
      ([id, plane]) => window.halfspaceState?.().faceAt(id as string, plane as number),
      [face.partId, face.plane] as const,
    );
    await page.mouse.move(again?.x ?? 0, again?.y ?? 0);
    await page.mouse.down();
    await page.mouse.move((again?.x ?? 0) + 30, (again?.y ?? 0) - 30);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await offset()).toBe(dragged);
    expect((await facts(page)).document.undo).toBe(undo);

    // Save.
    const project = join(userData, 'mug.halfspace');
    await workbench.answerDialogs([project]);
    await page.keyboard.press('Control+s');
    await expect.poll(async () => (await facts(page)).document.unsaved).toBe(false);

    // Kill the engine during a fit: the window and the document are whole, the next job runs.
    const saved = (await facts(page)).document;
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await facts(page)).fitting).toBe(true);
    await expect.poll(async () => (await facts(page)).previewParts ?? 0).toBeGreaterThan(0);
    process.kill(await enginePid(workbench), 'SIGKILL');
    await expect.poll(async () => (await facts(page)).fitting).toBe(false);
    expect((await facts(page)).document).toEqual(saved);
    await expect(
      page
        .getByTestId('job-fit')
        .filter({ hasText: /engine stopped/i })
        .first(),
    ).toBeVisible();
    await fit(page);
    // The document has an edit that a fit would replace, so the new shape is a proposal.
    await page.getByTestId('fit-proposal').getByRole('button', { name: 'Discard' }).click();
    expect((await facts(page)).document).toEqual(saved);

    // Reopen the project: the same parts to the last bit.
    await page.keyboard.press('Control+n');
    await expect.poll(async () => (await facts(page)).document.parts.length).toBe(0);
    await workbench.answerDialogs([project]);
    await page.keyboard.press('Control+o');
    await expect.poll(async () => (await facts(page)).document.parts.length).toBe(saved.parts.length);
    expect((await facts(page)).document.parts).toEqual(saved.parts);

    // Export MJCF and let MuJoCo simulate it.
    const target = join(userData, 'mug.xml');
    await workbench.answerDialogs([target]);
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('radio', { name: /MJCF|MuJoCo/ }).check();
    await dialog.getByRole('button', { name: 'Export...' }).click();
    await expect
      .poll(async () =>
        (await facts(page)).jobs.some((job) => job.kind === 'export' && job.state === 'finished'),
      )
      .toBe(true);
    const mujoco = await loadMujoco();
    const model = mujoco.MjModel.from_xml_string(await readFile(target, 'utf8'));
    const data = new mujoco.MjData(model);
    while ((data.time as number) < 1) mujoco.mj_step(model, data);
    const warnings = Array.from({ length: data.warning.size() }, (_, i) => data.warning.get(i)?.number ?? 0);
    expect(warnings.every((count) => count === 0)).toBe(true);
    const { figures } = await facts(page);
    const mass = Array.from(model.body_mass as Float64Array).reduce((sum, value) => sum + value, 0);
    expect(mass / (1000 * (figures?.unionVolume ?? 0))).toBeCloseTo(1, 3);
    data.delete();
    model.delete();
  });

  test('cancels a fit and leaves the document as it was', async ({ workbench }) => {
    const { page } = workbench;
    await openSample(page, /^Chair.*Mesh/);
    const before = (await facts(page)).document;
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await facts(page)).previewParts ?? 0).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await expect.poll(async () => (await facts(page)).fitting).toBe(false);
    expect((await facts(page)).document).toEqual(before);
    expect((await facts(page)).jobs.some((job) => job.state === 'cancelled')).toBe(true);
  });

  test('fits a depth image with its camera', async ({ workbench }) => {
    const { page } = workbench;
    await openSample(page, /^Chair.*Depth image/);
    await fit(page);
    expect((await facts(page)).document.parts.length).toBeGreaterThan(1);
  });

  test('says what is wrong with a bad file and leaves the document untouched', async ({ workbench }) => {
    const { page, userData } = workbench;
    await expect.poll(async () => (await facts(page)).document.parts.length).toBeGreaterThan(0);
    const before = (await facts(page)).document;
    const { writeFile } = await import('node:fs/promises');
    const path = join(userData, 'broken.stl');
    await writeFile(path, 'solid broken\nfacet normal 0 0 1\nouter loop\nvertex 0 0');
    await workbench.answerDialogs([path]);
    await page.keyboard.press('Control+o');
    await expect(page.getByText(/broken\.stl/).first()).toBeVisible();
    expect((await facts(page)).jobs.some((job) => job.problem?.message.includes('broken.stl'))).toBe(true);
    expect((await facts(page)).document).toEqual(before);
  });
});
