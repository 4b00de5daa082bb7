import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const dialog = vi.hoisted(() => ({
  showOpenDialog: vi.fn<(...args: unknown[]) => Promise<unknown>>(),
  showSaveDialog: vi.fn<(...args: unknown[]) => Promise<unknown>>(),
  showMessageBox: vi.fn<(...args: unknown[]) => Promise<unknown>>(),
}));
vi.mock('electron', () => ({ dialog }));

const { choosePath, dialogFilters, withExtension } = await import('./dialogs');

beforeEach(() => vi.resetAllMocks());

describe('choosePath', () => {
  it('opens for reading and saves for writing', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/a/chair.obj'] });
    dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/a/chair.halfspace' });
    expect(await choosePath(null, { purpose: 'open' }, null)).toEqual({ path: '/a/chair.obj', write: false });
    expect(await choosePath(null, { purpose: 'save-project' }, null)).toEqual({
      path: '/a/chair.halfspace',
      write: true,
    });
  });

  it('reads data sets and models, and writes runs, also those it opens', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/a/b'] });
    const writes = async (purpose: Parameters<typeof choosePath>[1]['purpose']) =>
      (await choosePath(null, { purpose }, null))?.write;
    expect(await writes('data-folder')).toBe(false);
    expect(await writes('model')).toBe(false);
    expect(await writes('new-data-folder')).toBe(true);
    expect(await writes('run-folder')).toBe(true);
    expect(await writes('open-run')).toBe(true);
    const asked = dialog.showOpenDialog.mock.calls.map(
      ([options]) => (options as { properties: readonly string[] }).properties[0],
    );
    expect(asked).toEqual(['openDirectory', 'openFile', 'openDirectory', 'openDirectory', 'openDirectory']);
  });

  it('is null when the person cancels', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
    expect(await choosePath(null, { purpose: 'open' }, null)).toBeNull();
    expect(await choosePath(null, { purpose: 'export-folder' }, null)).toBeNull();
    expect(await choosePath(null, { purpose: 'export-file', extensions: ['glb'] }, null)).toBeNull();
  });

  it('asks before an added extension makes the name of another file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halfspace-dialogs-'));
    writeFileSync(join(folder, 'chair.glb'), 'x');
    dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: join(folder, 'chair') });
    dialog.showMessageBox.mockResolvedValueOnce({ response: 1 }).mockResolvedValueOnce({ response: 0 });
    const request = { purpose: 'export-file' as const, extensions: ['glb'] };
    expect(await choosePath(null, request, null)).toBeNull();
    expect(await choosePath(null, request, null)).toEqual({ path: join(folder, 'chair.glb'), write: true });
  });

  it('takes prepared answers in order, and no answer is a cancelled dialog', async () => {
    const queue = join(mkdtempSync(join(tmpdir(), 'halfspace-dialogs-')), 'answers.json');
    writeFileSync(queue, JSON.stringify(['/a', null]));
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await choosePath(null, { purpose: 'open' }, queue));
    expect(answers).toEqual([{ path: '/a', write: false }, null, null]);
    expect(dialog.showOpenDialog).not.toHaveBeenCalled();
  });
});

describe('what a dialog offers', () => {
  it('names the kinds, all together first', () => {
    expect(dialogFilters(['obj', 'npz'], true)).toEqual([
      { name: 'All supported files', extensions: ['obj', 'npz'] },
      { name: 'Wavefront OBJ', extensions: ['obj'] },
      { name: 'NumPy archive', extensions: ['npz'] },
    ]);
  });

  it('lists a kind with two extensions once', () => {
    expect(dialogFilters(['jpg', 'jpeg', 'doc'], false)).toEqual([
      { name: 'JPEG image', extensions: ['jpg', 'jpeg'] },
      { name: 'DOC', extensions: ['doc'] },
    ]);
  });

  it('adds an extension only where there is none', () => {
    expect(withExtension('/a/b', ['glb'])).toBe('/a/b.glb');
    expect(withExtension('/a/b.obj', ['glb'])).toBe('/a/b.obj');
    expect(withExtension('/a/b', [])).toBe('/a/b');
  });
});
