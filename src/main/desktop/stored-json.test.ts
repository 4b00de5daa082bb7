import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsSchema, type Settings } from '../../shared/contract/bridge';
import { createStoredJson } from './stored-json';

async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'halfspace-settings-'));
  const path = join(folder, 'settings.json');
  const lines: string[] = [];
  const stored = createStoredJson<Settings>(path, settingsSchema, () => settingsSchema.parse({}), {
    write: (_source, text) => void lines.push(text),
  });
  return { folder, path, lines, stored };
}

describe('stored settings', () => {
  it('are the defaults when there is no file', async () => {
    const { stored, lines } = await setUp();
    expect(await stored.read()).toMatchObject({ theme: 'dark', backend: 'auto' });
    expect(lines).toEqual([]);
  });

  it('come back as they were written, the last write last, with nothing left beside the file', async () => {
    const { folder, stored } = await setUp();
    const base = settingsSchema.parse({});
    await Promise.all(
      (['dark', 'light', 'dark', 'light'] as const).map((theme) => stored.write({ ...base, theme })),
    );
    expect((await stored.read()).theme).toBe('light');
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it.each([
    ['not JSON', '{"theme":'],
    ['of another shape', '{"theme":"purple"}'],
    ['empty', ''],
  ])('that are %s give the defaults, are kept aside and logged in one line', async (_what, text) => {
    const { folder, path, lines, stored } = await setUp();
    await writeFile(path, text);
    expect(await stored.read()).toEqual(settingsSchema.parse({}));
    expect(await stored.read()).toEqual(settingsSchema.parse({}));
    const kept = await readdir(folder);
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatch(/^settings\.json\.damaged-\d+$/);
    expect(await readFile(join(folder, kept[0]), 'utf8')).toBe(text);
    expect(lines).toHaveLength(1);
  });

  it('refuse to be written in another shape', async () => {
    const { folder, stored } = await setUp();
    expect(() => stored.write({ theme: 'purple' } as unknown as Settings)).toThrow(/theme/);
    expect(await readdir(folder)).toEqual([]);
  });
});
