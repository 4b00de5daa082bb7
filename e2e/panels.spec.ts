import type { Locator, Page } from '@playwright/test';
import { SMOOTHNESS_RANGE } from '../src/shared/document/edits';
import { facts } from './harness/facts';
import { expect, test } from './harness/launch';

const LONG = { timeout: 60_000 };

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const rows = (page: Page): Locator => page.getByRole('grid', { name: 'Parts', exact: true }).getByRole('row');
const undoButton = (page: Page): Locator =>
  page.getByRole('navigation', { name: 'File and history' }).getByRole('button', { name: /^Undo/ });
const selected = (page: Page): Locator => page.getByTestId('status-selection');
const parameters = (page: Page): Locator => region(page, 'Parameters of the selection');

/** What stands in a parameter's field, without its unit. */
const valueOf = async (field: Locator): Promise<number> => Number.parseFloat(await field.inputValue());

/** The workspace of that name in front, once the first shape is drawn: the start brings Shape to the front. */
async function show(page: Page, workspace: string): Promise<void> {
  await expect.poll(async () => (await facts(page)).figures?.unionVolume ?? 0, LONG).toBeGreaterThan(0);
  const tab = page.getByRole('tab', { name: workspace, exact: true });
  await tab.click();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
}

/** The fitted sample of the first start, with its figures and nothing selected. */
async function showShape(page: Page): Promise<void> {
  await show(page, 'Shape');
  await expect(rows(page).first()).toBeVisible(LONG);
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await expect(selected(page)).toContainText('Nothing selected');
}

/** Types into a field as a person does: the old value goes, Enter takes the new one over. */
async function type(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.press('Control+a');
  await field.pressSequentially(text);
  await field.press('Enter');
}

async function expectReason(button: Locator, reason: string | RegExp): Promise<void> {
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAttribute('title', reason);
}

test.describe('the shape', () => {
  test('the outliner selects by arrows, Home, End and Shift', async ({ shared: { page } }) => {
    await showShape(page);
    const count = await rows(page).count();
    expect(count).toBeGreaterThan(2);
    await expect(region(page, 'Outliner').getByRole('heading')).toHaveText(`Parts${count}`);
    await rows(page).first().click();
    await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true');
    await expect(rows(page).nth(1)).toBeFocused();
    await expect(rows(page).first()).toHaveAttribute('aria-selected', 'false');
    await page.keyboard.press('End');
    await expect(rows(page).last()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(rows(page).last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await expect(selected(page)).toContainText('2 parts selected');
    await rows(page)
      .nth(2)
      .click({ modifiers: ['Control'] });
    await expect(selected(page)).toContainText('3 parts selected');
  });

  test('a part is renamed by Enter, kept by Esc, and undo takes the name back', async ({
    shared: { page },
  }) => {
    await showShape(page);
    const row = rows(page).first();
    await row.click();
    const name = (await facts(page)).document.parts[0].name;
    await page.keyboard.press('F2');
    const field = page.getByRole('textbox', { name: `Name of ${name}` });
    await expect(field).toBeFocused();
    await field.fill('Left leg');
    await field.press('Escape');
    await expect(field).toBeHidden();
    await expect(row).toContainText(name);
    await page.keyboard.press('F2');
    await field.fill('Left leg');
    await field.press('Enter');
    await expect(row).toContainText('Left leg');
    await expect(selected(page)).toContainText('Left leg');
    await expect(undoButton(page)).toHaveAccessibleName('Undo rename part');
    await undoButton(page).click();
    await expect(row).toContainText(name);
    await row.dblclick();
    await field.fill('   ');
    await field.press('Enter');
    await expect(row).toContainText(name);
  });

  test('a row hides and locks its part, and a locked part says so in the inspector', async ({
    shared: { page },
  }) => {
    await showShape(page);
    const { name } = (await facts(page)).document.parts[0];
    const row = rows(page).first();
    await row.getByRole('button', { name: `Hide ${name}` }).click();
    await expect(row.getByRole('button', { name: `Show ${name}` })).toBeVisible();
    await page.keyboard.press('Alt+h');
    await expect(row.getByRole('button', { name: `Hide ${name}` })).toBeVisible();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(row.getByRole('button', { name: `Hide ${name}` })).toBeVisible();

    await row.click();
    await expect(parameters(page).locator('input').first()).toBeEnabled();
    await row.getByRole('button', { name: `Lock ${name}` }).click();
    await expect(parameters(page)).toContainText(/locked/);
    await expect(parameters(page).locator('input').first()).toBeDisabled();
    await expectReason(parameters(page).getByRole('button', { name: 'Delete' }), /locked: unlock/);
    await undoButton(page).click();
    await expect(parameters(page)).not.toContainText(/locked/);
    await expect(parameters(page).locator('input').first()).toBeEnabled();
  });

  test('the inspector follows the selection, duplicates and deletes it, and undo takes both back', async ({
    shared: { page },
  }) => {
    await showShape(page);
    const inspector = region(page, 'Inspector');
    const count = await rows(page).count();
    await expect(page.getByTestId('fact-parts')).toHaveText(String(count));
    await expect(parameters(page)).toHaveCount(0);
    await rows(page).first().click();
    await expect(inspector.getByRole('heading', { name: /^2 parts$/ })).toHaveCount(0);
    await rows(page)
      .nth(1)
      .click({ modifiers: ['Shift'] });
    await expect(inspector.getByText('2 parts', { exact: true })).toBeVisible();
    await parameters(page).getByRole('button', { name: 'Duplicate' }).click();
    await expect(page.getByTestId('fact-parts')).toHaveText(String(count + 2));
    await expect(undoButton(page)).toHaveAccessibleName('Undo duplicate 2 parts');
    await parameters(page).getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByTestId('fact-parts')).toHaveText(String(count));
    await undoButton(page).click();
    await expect(page.getByTestId('fact-parts')).toHaveText(String(count + 2));
    await undoButton(page).click();
    await expect(page.getByTestId('fact-parts')).toHaveText(String(count));
  });

  test('a smoothness beyond its range becomes the end of it, and undo takes it back', async ({
    shared: { page },
  }) => {
    await showShape(page);
    await rows(page).first().click();
    const field = parameters(page).locator('input').first();
    const before = await field.inputValue();
    await type(field, '99999');
    await expect(field).toHaveValue(String(SMOOTHNESS_RANGE.maximum));
    await expect(undoButton(page)).toHaveAccessibleName('Undo change smoothness');
    await type(field, '0');
    await expect(field).toHaveValue(String(SMOOTHNESS_RANGE.minimum));
    await field.focus();
    await page.keyboard.press('ArrowUp');
    await expect(field).toHaveValue(String(SMOOTHNESS_RANGE.minimum + 1));
    await field.press('Enter');
    for (const value of [SMOOTHNESS_RANGE.minimum, SMOOTHNESS_RANGE.maximum, before]) {
      await undoButton(page).click();
      await expect(field).toHaveValue(String(value));
    }
  });

  test('undo while a slider is held ends its change, and the next one works', async ({
    shared: { page },
  }) => {
    await showShape(page);
    await rows(page).first().click();
    const field = parameters(page).locator('input').first();
    const first = await field.inputValue();
    await type(field, '200');
    await expect(undoButton(page)).toHaveAccessibleName('Undo change smoothness');
    const before = '200';
    const box = await field.boundingBox();
    if (!box) throw new Error('the smoothness is not shown');
    // The track of the slider stands left of its number.
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x - 30, y);
    await page.mouse.down();
    await page.mouse.move(box.x - 40, y, { steps: 3 });
    await expect(field).not.toHaveValue(before);
    await page.keyboard.press('Control+z');
    await page.mouse.move(box.x - 50, y, { steps: 3 });
    await page.mouse.up();
    await expect(field).toHaveValue(before);

    await type(field, '77');
    await expect(field).toHaveValue('77');
    await expect(undoButton(page)).toHaveAccessibleName('Undo change smoothness');
    await undoButton(page).click();
    await expect(field).toHaveValue(before);
    await undoButton(page).click();
    await expect(field).toHaveValue(first);
  });

  test('a typed distance of a plane is held where its face ends, and a locked plane says so', async ({
    shared: { page },
  }) => {
    await showShape(page);
    await rows(page).first().click();
    await page.keyboard.press('/');
    const plane = await selectPlane(page);
    const panel = region(page, `Plane ${plane + 1}`);
    const field = panel.locator('input').first();
    const { parts, metresPerUnit } = (await facts(page)).document;
    const offset = async (): Promise<number> => (await facts(page)).document.parts[0].offsets[plane];
    await type(field, String(10 * metresPerUnit * 1000));
    await expect(undoButton(page)).toHaveAccessibleName('Undo move plane');
    const held = await offset();
    expect(held).toBeLessThan(10);
    expect(held).toBeGreaterThanOrEqual(parts[0].offsets[plane]);
    // The field says what the document took, to the digits that it shows.
    await expect
      .poll(async () => Math.abs((await valueOf(field)) - held * metresPerUnit * 1000))
      .toBeLessThan(1);
    await undoButton(page).click();
    await expect.poll(offset).toBe(parts[0].offsets[plane]);

    await panel.getByRole('button', { name: 'Lock plane' }).click();
    await expect(field).toBeDisabled();
    await expect(panel).toContainText(/locked/);
    await panel.getByRole('button', { name: 'Unlock plane' }).click();
    await expect(field).toBeEnabled();
    await undoButton(page).click();
    await undoButton(page).click();
    await panel.getByRole('button', { name: 'Lock plane' }).focus();
    await page.keyboard.press('/');
  });

  test('what a fit is asked for stays within its ranges', async ({ shared: { page } }) => {
    await showShape(page);
    const panel = region(page, 'Fit');
    const [parts, planes] = [panel.locator('input').nth(0), panel.locator('input').nth(1)];
    // Its slider and its number are one field.
    await type(parts, '999');
    await expect(parts).toHaveValue('64');
    await type(parts, '-3');
    await expect(parts).toHaveValue('1');
    await parts.focus();
    await page.keyboard.press('ArrowUp');
    await expect(parts).toHaveValue('2');
    await expect(planes).not.toHaveValue('2');
  });

  test('the view panel and the toolbar say the same of grid, edges and explosion', async ({
    shared: { page },
  }) => {
    await showShape(page);
    const panel = region(page, 'View');
    const toolbar = page.getByRole('toolbar', { name: 'View' });
    const grid = toolbar.getByRole('button', { name: 'Show or hide the grid' });
    const box = panel.locator('input[type=checkbox]').first();
    await expect(grid).toHaveAttribute('aria-pressed', 'true');
    await expect(box).toBeChecked();
    await grid.click();
    await expect(box).not.toBeChecked();
    await box.focus();
    await page.keyboard.press('Space');
    await expect(grid).toHaveAttribute('aria-pressed', 'true');

    const explode = toolbar.getByRole('button', { name: 'Explode or assemble' });
    const amount = panel.locator('input[type=text], input:not([type])').nth(1);
    await type(amount, '7');
    await expect(amount).toHaveValue(/^1(\.0*)?$/);
    await expect(explode).toHaveAttribute('aria-pressed', 'true');
    await explode.click();
    await expect(amount).toHaveValue(/^0(\.0*)?$/);
    await expectReason(
      toolbar.getByRole('button', { name: 'Isolate the selection' }),
      'Isolate the selection: Select a part first',
    );
  });

  test('the verdict on physics engines opens to every engine', async ({ shared: { page } }) => {
    await showShape(page);
    const engines = region(page, 'Inspector').locator('details.engines');
    await expect(engines.getByText('MuJoCo').first()).toBeHidden();
    await engines.locator('summary').first().click();
    await expect(engines.getByText(/MuJoCo/).first()).toBeVisible();
    await expect(page.getByTestId('status-limits')).toHaveText(
      (await engines.locator('summary .verdict').first().textContent()) ?? '',
    );
    await engines.locator('summary').first().click();
  });
});

test.describe('the palette and the dialogs', () => {
  test('the palette filters, says why a command cannot run, and runs by Enter', async ({
    shared: { page },
  }) => {
    await showShape(page);
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'All commands' });
    const input = palette.getByRole('combobox');
    await expect(input).toBeFocused();
    const all = await palette.getByRole('option').count();
    await input.fill('isolate');
    await expect(palette.locator('[data-command="view.isolate"]')).toContainText('Select a part first');
    await expect(palette.locator('[data-command="view.isolate"]')).toHaveAttribute('aria-disabled', 'true');
    expect(await palette.getByRole('option').count()).toBeLessThan(all);
    await input.fill('no such thing');
    await expect(palette.getByText('No command has this name.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(palette).toBeHidden();

    await page.keyboard.press('Control+k');
    await input.fill('select all parts');
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(selected(page)).toContainText(/parts selected/);
  });

  test('the dock tells jobs from log, and the device opens its dialog', async ({ shared: { page } }) => {
    await showShape(page);
    const dock = region(page, 'Jobs and log');
    await dock.getByRole('button', { name: 'Expand jobs' }).click();
    await dock.getByRole('tab', { name: 'Log' }).click();
    await expect(dock.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
    await expect(dock.getByRole('list', { name: 'Jobs' })).toHaveCount(0);
    await dock.getByRole('button', { name: 'Collapse jobs' }).click();
    await expect(dock.getByRole('tab')).toHaveCount(0);

    await page.getByTestId('status-engine').click();
    const devices = page.getByRole('dialog', { name: 'Compute devices' });
    const look = devices.getByRole('button', { name: 'Start it and look' });
    await expect(devices.getByRole('radio').first()).toBeChecked();
    if (await look.isVisible()) await look.click();
    await expect(devices.getByText(/^Fits run on/)).toBeVisible(LONG);
    await expect(devices.getByRole('radio', { name: /^cpu/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(devices).toBeHidden();
  });
});

test.describe('a mask in the plane', () => {
  test('sliders stop at their ends, a view says what it shows, and nothing to export is disabled', async ({
    shared: { page },
  }) => {
    await showShape(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('mask in 2D');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Fit a mask in 2D' });
    await dialog.getByRole('button', { name: 'Star' }).click();
    for (const [slider, least, most] of [
      ['flat-parts', '1', '24'],
      ['flat-planes', '3', '24'],
      ['flat-smoothness', '20', '1200'],
      ['flat-sharpness', '10', '600'],
    ]) {
      const range = dialog.getByTestId(slider);
      const title = dialog.locator('label', { has: page.getByTestId(slider) }).locator('.figure');
      await range.focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowRight');
      await expect(range).toHaveAttribute('aria-valuetext', most);
      await expect(title).toHaveText(most);
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowLeft');
      await expect(title).toHaveText(least);
      await page.keyboard.press('ArrowRight');
      await expect(title).not.toHaveText(least);
    }
    const field = dialog.getByRole('radio', { name: 'Smooth field' });
    await dialog.getByRole('radio', { name: 'Polygons' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(field).toBeChecked();
    await expect(dialog.getByText('bright is inside', { exact: false })).toBeVisible();
    await dialog.getByRole('button', { name: 'Eraser' }).click();
    await expect(dialog.getByRole('button', { name: 'Eraser' })).toHaveAttribute('aria-pressed', 'true');
    await expect(dialog.getByRole('button', { name: 'Pen' })).toHaveAttribute('aria-pressed', 'false');
    await dialog.getByRole('button', { name: 'Pen' }).click();
    await expect(dialog.getByRole('button', { name: 'Export SVG...' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
});

test.describe('models', () => {
  test('a model of the list shows its card, and the card says what uses it', async ({ shared: { page } }) => {
    await show(page, 'Train');
    await page.getByRole('tab', { name: 'Models', exact: true }).click();
    const models = page.getByTestId('model-row');
    await expect(models.first()).toBeVisible(LONG);
    for (const row of [models.first(), models.last(), page.getByTestId('vae-row').last()]) {
      const button = row.getByRole('button');
      const title = await row.locator('.run-name').innerText();
      await button.focus();
      await page.keyboard.press('Enter');
      await expect(button).toHaveAttribute('aria-pressed', 'true');
      await expect(page.getByRole('article', { name: title, exact: true })).toBeVisible();
      await expect(page.getByRole('article')).toHaveCount(1);
      await expect(row.getByRole('button', { pressed: true })).toHaveCount(1);
    }
  });
});

test.describe('a picture and the path', () => {
  test('without a picture the panels say what will stand there, and commands why they cannot run', async ({
    shared: { page },
  }) => {
    await show(page, 'Reconstruct');
    await expect(page.getByTestId('reconstruct-start')).toBeVisible();
    await expect(region(page, 'Picture')).toContainText('The picture will stand here');
    await expect(region(page, 'Result')).toContainText('stand here after a reconstruction');
    await show(page, 'Latent');
    await expect(page.getByTestId('latent-start')).toBeVisible();
    await expect(region(page, 'Path')).toContainText('No shapes yet');
    await expectReason(
      page.getByRole('button', { name: 'Play', exact: true }),
      'Play: Add at least two shapes to the path first',
    );
    await expectReason(
      page.getByRole('button', { name: 'Add the reconstruction' }),
      'Add the reconstruction: Reconstruct a picture first',
    );
    await expect(page.getByTestId('path-slider')).toBeDisabled();
    await expect(region(page, 'Shape on the path')).toContainText('Add two shapes or more');
  });

  test('the number of frames is typed freely, stays within its range, and Esc takes it back', async ({
    shared: { page },
  }) => {
    await show(page, 'Latent');
    const frames = page.getByRole('spinbutton', { name: 'Frames' });
    const before = await frames.inputValue();
    await frames.click();
    await frames.press('Control+a');
    await frames.pressSequentially('15');
    await frames.press('Escape');
    await expect(frames).toHaveValue(before);
    await type(frames, '15');
    await expect(frames).toHaveValue('15');
    await type(frames, '9999');
    await expect(frames).toHaveValue('600');
    await type(frames, '1');
    await expect(frames).toHaveValue('2');
    await type(frames, before);
    await expect(frames).toHaveValue(before);
  });
});

test.describe('what a network looks at', () => {
  test('without pictures each view says what it needs, and arrows go from one to the next', async ({
    shared: { page },
  }) => {
    await show(page, 'Explain');
    await page.getByRole('tab', { name: 'Attention', exact: true }).click();
    await expect(page.getByTestId('explain-start')).toBeVisible();
    await expect(region(page, 'Pictures')).toContainText('No pictures yet');
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('tab', { name: 'Parts of a shape' })).toBeFocused();
    await expect(page.getByTestId('parts-start')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Attention', exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  test('filters, map settings and views follow the pictures that are open', async ({ shared: { page } }) => {
    await show(page, 'Explain');
    const pictures = region(page, 'Pictures');
    await pictures
      .getByRole('combobox', { name: 'Collection' })
      .selectOption({ label: 'Handwritten digits' });
    const bar = page.getByTestId('scale-bar').first();
    await expect(bar).toBeVisible(LONG);

    const shown = page.getByTestId('shown-count');
    const every = await shown.textContent();
    await pictures.getByRole('combobox', { name: 'Class' }).selectOption({ label: '3' });
    await expect(shown).toContainText(/^\d+ of 997 pictures/);
    await expect(pictures.getByRole('option', { name: /class [^3]/ })).toHaveCount(0);
    await pictures.getByRole('combobox', { name: 'Class' }).selectOption({ label: 'Every class' });
    await expect(shown).toHaveText(every ?? '');

    const settings = region(page, 'Map settings');
    const opacity = settings.getByRole('slider', { name: 'Opacity' });
    await opacity.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await expect(opacity).toHaveAttribute('aria-valuetext', '100 %');
    await page.keyboard.press('ArrowLeft');
    await expect(opacity).toHaveAttribute('aria-valuetext', '99 %');

    const range = settings.getByRole('combobox', { name: 'Range' });
    const own = await range.inputValue();
    await expect(settings.getByRole('button', { name: /^Measure the range/ })).toHaveCount(0);
    await range.selectOption('collection');
    await expect(settings.getByRole('button', { name: 'Measure the range' })).toBeVisible();
    await range.selectOption('each');
    await expect(bar).not.toContainText('Range of all maps of this picture');
    await range.selectOption(own);
    await expect(bar).toContainText('Range of all maps of this picture');

    const code = settings.getByRole('combobox', { name: 'Code' });
    const seed = settings.getByRole('spinbutton', { name: 'Seed' });
    await expect(seed).toHaveCount(0);
    await code.selectOption({ label: 'One sample' });
    await type(seed, '25');
    await expect(seed).toHaveValue('25');
    await type(seed, '-4');
    await expect(seed).toHaveValue('0');
    await code.selectOption({ label: 'Mean' });
    await expect(seed).toHaveCount(0);

    await page.getByRole('tab', { name: 'Factors' }).click();
    await expect(page.getByText('These pictures have no known factors')).toBeVisible();
    await page.getByRole('tab', { name: 'Anomalies' }).click();
    const anomalies = region(page, 'Anomaly settings');
    await anomalies.getByRole('combobox', { name: 'Score' }).selectOption('normalDifference');
    await expect(anomalies.getByRole('combobox', { name: 'Normal is' })).toBeVisible();
    await anomalies.getByRole('combobox', { name: 'Score' }).selectOption('sumMu');
    await expect(anomalies.getByRole('combobox', { name: 'Normal is' })).toHaveCount(0);
    await page.getByRole('tab', { name: 'Between two' }).click();
    await expectReason(
      settings.getByRole('button', { name: 'Export path...' }),
      'Export path...: Choose a second picture with Ctrl+click',
    );
    await page.getByRole('tab', { name: 'Attention', exact: true }).click();
  });
});

/** Selects a plane of the part that is selected and isolated, by a click on its face. */
async function selectPlane(page: Page): Promise<number> {
  const { document, selection } = await facts(page);
  const part = document.parts.find(({ id }) => id === selection.partIds[0]);
  const box = await page.getByTestId('viewport').boundingBox();
  if (!part || !box) throw new Error('no part is selected or the viewport is not shown');
  for (let plane = 0; plane < part.planes; plane++) {
    const at = await page.evaluate(
      ([id, index]) => window.halfspaceState?.().faceAt(id as string, index as number),
      [part.id, plane] as const,
    );
    if (!at || at.x < box.x + 40 || at.x > box.x + box.width - 40) continue;
    await page.mouse.click(at.x, at.y);
    if ((await facts(page)).selection.plane === plane) return plane;
  }
  throw new Error('no face can be selected by a click at its middle');
}
