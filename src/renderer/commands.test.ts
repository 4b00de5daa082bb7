import { describe, expect, it } from 'vitest';
import { menuSchema } from '../shared/contract/menu';
import { createDocument } from '../shared/document/build';
import { createDocumentStore } from '../shared/document/store';
import { worksInField } from './workbench/commands/keyboard';
import { commandForKey, shortcutLabel, shortcutsOf, type KeyPress } from './workbench/commands/keys';
import { createCommandList, menuEntries } from './workbench/commands/list';
import { WORKBENCH_COMMANDS } from './workbench/commands/own';
import { reasonAgainst, runCommand } from './workbench/commands/run';
import { cube, fakeWorkbench } from './workbench/actions/testing';
import { createUiStore } from './workbench/state/ui';
import { WORKSPACES } from './workspaces';

const commands = createCommandList([
  ...WORKBENCH_COMMANDS,
  ...WORKSPACES.flatMap((workspace) => workspace.commands),
]);

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

const idForKey = (pressed: KeyPress, mac: boolean): string | null =>
  commandForKey(commands, pressed, mac)?.id ?? null;

describe('shortcuts', () => {
  it('find their command with exactly the modifiers they name', () => {
    expect(idForKey(press('z', { ctrlKey: true }), false)).toBe('edit.undo');
    expect(idForKey(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('edit.redo');
    expect(idForKey(press('h'), false)).toBe('part.hide');
    expect(idForKey(press('\u02D9', { altKey: true, code: 'KeyH' }), false)).toBe('part.show-all');
    expect(idForKey(press('7', { code: 'Numpad7' }), false)).toBe('view.top');
    expect(idForKey(press('f', { ctrlKey: true }), false)).toBeNull();
    expect(idForKey(press('?', { shiftKey: true }), false)).toBe('help.shortcuts');
    expect(idForKey(press('/', { shiftKey: true }), false)).toBe('view.isolate');
  });

  it('use Command on a Mac', () => {
    expect(idForKey(press('z', { metaKey: true }), true)).toBe('edit.undo');
    expect(idForKey(press('z', { ctrlKey: true }), true)).toBeNull();
    expect(shortcutLabel('CmdOrCtrl+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  });
});

describe('shortcuts while a field has the focus', () => {
  it('work with Ctrl, unless they edit the text', () => {
    expect(worksInField(press('Enter', { ctrlKey: true }), false)).toBe(true);
    expect(worksInField(press('s', { ctrlKey: true }), false)).toBe(true);
    expect(worksInField(press('K', { metaKey: true }), true)).toBe(true);
    for (const key of ['a', 'z', 'Z', 'v', 'ArrowLeft', 'Backspace', 'Home']) {
      expect(worksInField(press(key, { ctrlKey: true }), false), key).toBe(false);
    }
    expect(worksInField(press('h'), false)).toBe(false);
    expect(worksInField(press('k', { ctrlKey: true }), true)).toBe(false);
  });
});

describe('the commands of the window', () => {
  const { all } = commands;

  it('have ids, titles and shortcuts of their own', () => {
    const shortcuts = all.flatMap(shortcutsOf);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
    expect(() => createCommandList([{ order: 1, commands: [all[0], all[0]] }])).toThrow(all[0].id);
  });

  it('stand in the native menus in this order', () => {
    const entries = menuEntries(commands);
    expect(menuSchema.safeParse(entries).error).toBeUndefined();
    const menu = (name: string): string[] =>
      entries.filter((entry) => entry.menu === name).map(({ id }) => id.replace(`${name}.`, ''));
    expect(menu('file')).toEqual([
      'new',
      'open',
      'save',
      'save-as',
      'export',
      'reconstruct.open',
      'explain.open',
      'explain.open-folder',
    ]);
    expect(menu('edit')).toEqual([
      'undo',
      'redo',
      'select-all',
      'select-none',
      'invert-selection',
      'duplicate',
      'delete',
      'reset',
    ]);
    expect(menu('part')).toEqual([
      'fit',
      'rename',
      'lock',
      'lock-plane',
      'hide',
      'show-all',
      'flat.open',
      'reconstruct.source',
      'reconstruct.refine',
      'reconstruct.accept',
      'reconstruct.similar',
    ]);
    expect(menu('view')).toEqual([
      'frame',
      'isolate',
      'explode',
      'front',
      'right',
      'top',
      'home',
      'ghost',
      'grid',
      'edges',
      'sizes',
      'dock',
      'theme',
    ]);
    expect(menu('help')).toEqual(['devices', 'palette', 'shortcuts']);
  });

  it('say in an empty window what is missing, where they need something', () => {
    const document = createDocumentStore(createDocument('x', undefined, 'id')).state();
    const ui = createUiStore('shape').getState();
    const refused = all.filter(({ reason }) => (reason?.({ document, ui }) ?? null) !== null);
    const ids = refused.map(({ id }) => id);
    expect(ids).toContain('part.fit');
    expect(ids).toContain('file.export');
    expect(ids).toContain('edit.undo');
    expect(ids).not.toContain('file.open');
    expect(ids).not.toContain('help.palette');
  });
});

describe('inverting the selection', () => {
  it('selects the visible parts that were not, and says where it can be done', () => {
    const parts = [cube('a'), cube('b', 1), { ...cube('c', 2), visible: false }, cube('d', 3)];
    const workbench = fakeWorkbench(parts, {}, WORKSPACES);
    workbench.document.select({ partIds: ['b'], plane: 2 });
    expect(runCommand(workbench, 'edit.invert-selection')).toBe(true);
    expect(workbench.document.state().selection).toEqual({ partIds: ['a', 'd'], plane: null });
    workbench.ui.setState({ workspace: 'train' });
    expect(reasonAgainst(workbench, 'edit.invert-selection')).toBe('Parts are edited in Shape');
    expect(reasonAgainst(fakeWorkbench([], {}, WORKSPACES), 'edit.invert-selection')).toContain('no parts');
  });
});

describe('reasons against editing what is locked', () => {
  it('name the part to unlock', () => {
    const workbench = fakeWorkbench([{ ...cube('leg'), locked: true }, cube('seat', 1)], {}, WORKSPACES);
    const { document } = workbench;
    document.select({ partIds: ['leg', 'seat'], plane: null });
    expect(reasonAgainst(workbench, 'edit.delete')).toBe('"leg" is locked: unlock it first.');
    expect(reasonAgainst(workbench, 'edit.duplicate')).toBeNull();
    document.select({ partIds: ['leg'], plane: null });
    expect(reasonAgainst(workbench, 'part.rename')).toContain('locked');
    document.select({ partIds: ['seat'], plane: null });
    expect(reasonAgainst(workbench, 'edit.delete')).toBeNull();
  });
});

describe('every command that is named', () => {
  const sources = import.meta.glob<string>(
    [
      './**/*.{ts,tsx}',
      '../main/desktop/**/*.ts',
      '../shared/**/*.ts',
      '../../e2e/**/*.ts',
      '!./**/*.test.ts',
    ],
    { query: '?raw', import: 'default', eager: true },
  );
  const namespaces = new Set(commands.all.map(({ id }) => id.slice(0, id.indexOf('.'))));
  const space = [...namespaces].join('|');

  /** Ids in quotes, but not the names of edits: `command: '...'` says what an undo entry is. */
  const named = Object.entries(sources).flatMap(([path, text]) =>
    [...text.matchAll(new RegExp(`(command: )?['"]((?:${space})\\.[a-z][a-z-]*)['"]`, 'g'))].flatMap(
      ([, edit, id]) => (edit ? [] : [{ path, id }]),
    ),
  );
  /** Whatever a button or a job gives as a command, whether it looks like one or not. */
  const given = Object.entries(sources).flatMap(([path, text]) =>
    [
      ...text.matchAll(
        /<CommandButton\b[^>]*?\bid=("[^"]*"|\{[^}]*\})|\bnext: ('[^']*')|data-command=("[^"]*")/g,
      ),
    ].flatMap(([, button, next, selector]) =>
      [...(button ?? next ?? selector).matchAll(/['"]([^'"]*)['"]/g)].map(([, id]) => ({ path, id })),
    ),
  );

  it('is one that there is', () => {
    expect(named.length).toBeGreaterThan(150);
    expect(given.length).toBeGreaterThan(50);
    const known = ({ id }: { readonly id: string }): boolean => commands.has(id);
    expect([...named, ...given].filter((mention) => !known(mention))).toEqual([]);
  });
});
