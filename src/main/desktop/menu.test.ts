import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuSchema, type MenuEntry } from '../../shared/contract/menu';
import { menuTemplate } from './menu';

const ENTRIES: readonly MenuEntry[] = [
  { id: 'file.open', title: 'Open...', menu: 'file', accelerator: 'CmdOrCtrl+O' },
  { id: 'part.show-all', title: 'Show all', menu: 'part', accelerator: 'Alt+H' },
  { id: 'file.new', title: 'New', menu: 'file', accelerator: null },
];

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []));
}

describe('the native menu', () => {
  it('has the commands of the window in their menus and in their order, and sends their ids', () => {
    const sent: string[] = [];
    const menus = menuTemplate(ENTRIES, (id) => sent.push(id), 'linux', false);
    expect(menus.map(({ label }) => label)).toEqual(['File', 'Edit', 'Part', 'View']);
    const items = itemsOf(menus).filter((item) => item.id);
    for (const item of items) (item.click as () => void)();
    expect(sent).toEqual(['file.open', 'file.new', 'part.show-all']);
    expect(items.map((item) => item.id)).toEqual(sent);
  });

  it('shows shortcuts without registering them', () => {
    const items = itemsOf(menuTemplate(ENTRIES, () => undefined, 'linux', false));
    const shown = items.filter((item) => item.accelerator);
    expect(shown.map((item) => item.accelerator)).toEqual(['CmdOrCtrl+O', 'Alt+H']);
    expect(shown.every((item) => item.registerAccelerator === false)).toBe(true);
  });

  it('holds what the system offers, without a divider, until the window has said what it can do', () => {
    const menus = menuTemplate([], () => undefined, 'linux', false);
    expect(menus.map(({ label }) => label)).toEqual(['File', 'Edit', 'View']);
    expect(itemsOf(menus).map(({ role, type }) => role ?? type)).toEqual([
      'quit',
      'cut',
      'copy',
      'paste',
      'togglefullscreen',
    ]);
  });

  it.each([
    ['a menu that there is not', { menu: 'tools' }],
    ['a shortcut without a modifier', { accelerator: 'X' }],
    ['no title', { title: '' }],
  ])('is not made of an entry with %s', (_words, wrong) => {
    expect(menuSchema.safeParse(ENTRIES).success).toBe(true);
    expect(menuSchema.safeParse([{ ...ENTRIES[0], ...wrong }]).success).toBe(false);
  });

  it('offers developer tools in development only, and the application menu on macOS', () => {
    const roles = (development: boolean): unknown[] =>
      itemsOf(menuTemplate([], () => undefined, 'linux', development)).map((item) => item.role);
    expect(roles(true)).toContain('toggleDevTools');
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(menuTemplate([], () => undefined, 'darwin', false)[0].role).toBe('appMenu');
  });
});
