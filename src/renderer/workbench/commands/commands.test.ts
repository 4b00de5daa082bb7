import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../shared/document/commands';
import { createDocument } from '../../../shared/document/build';
import { createDocumentStore } from '../../../shared/document/store';
import { cube } from '../actions/testing';
import { createUiStore } from '../state/ui';
import { worksInField } from './keyboard';
import { commandForKey, shortcutLabel, type KeyPress } from './keys';
import { reasonAgainst } from './reasons';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

describe('shortcuts', () => {
  it('find their command with exactly the modifiers they name', () => {
    expect(commandForKey(press('z', { ctrlKey: true }), false)).toBe('edit.undo');
    expect(commandForKey(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('edit.redo');
    expect(commandForKey(press('h'), false)).toBe('part.hide');
    expect(commandForKey(press('\u02D9', { altKey: true, code: 'KeyH' }), false)).toBe('part.show-all');
    expect(commandForKey(press('7', { code: 'Numpad7' }), false)).toBe('view.top');
    expect(commandForKey(press('f', { ctrlKey: true }), false)).toBeNull();
    expect(commandForKey(press('?', { shiftKey: true }), false)).toBe('help.shortcuts');
    expect(commandForKey(press('/', { shiftKey: true }), false)).toBe('view.isolate');
  });

  it('use Command on a Mac', () => {
    expect(commandForKey(press('z', { metaKey: true }), true)).toBe('edit.undo');
    expect(commandForKey(press('z', { ctrlKey: true }), true)).toBeNull();
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

describe('reasons against a command', () => {
  it('say in an empty window what is missing, for every command that needs something', () => {
    const document = createDocumentStore(createDocument('x', undefined, 'id')).state();
    const ui = createUiStore().getState();
    const refused = COMMANDS.filter(({ id }) => reasonAgainst(id, document, ui) !== null).map(({ id }) => id);
    expect(refused).toContain('part.fit');
    expect(refused).toContain('file.export');
    expect(refused).toContain('edit.undo');
    expect(refused).not.toContain('file.open');
    expect(refused).not.toContain('help.palette');
  });
});

describe('reasons against editing what is locked', () => {
  it('name the part to unlock', () => {
    const store = createDocumentStore({
      ...createDocument('x', undefined, 'id'),
      parts: [{ ...cube('leg'), locked: true }, cube('seat', 1)],
    });
    const ui = createUiStore().getState();
    store.select({ partIds: ['leg', 'seat'], plane: null });
    expect(reasonAgainst('edit.delete', store.state(), ui)).toBe('"leg" is locked: unlock it first.');
    expect(reasonAgainst('edit.duplicate', store.state(), ui)).toBeNull();
    store.select({ partIds: ['leg'], plane: null });
    expect(reasonAgainst('part.rename', store.state(), ui)).toContain('locked');
    store.select({ partIds: ['seat'], plane: null });
    expect(reasonAgainst('edit.delete', store.state(), ui)).toBeNull();
  });
});
