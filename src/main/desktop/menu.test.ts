import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../shared/document/commands';
import { menuTemplate } from './menu';

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []));
}

describe('the native menu', () => {
  it('has every command that names a menu, once, and sends its id', () => {
    const sent: string[] = [];
    const items = itemsOf(menuTemplate((id) => sent.push(id), 'linux', false)).filter((item) => item.id);
    const expected = COMMANDS.filter((command) => command.menu !== null).map((command) => command.id);
    for (const item of items) (item.click as () => void)();
    expect([...sent].sort()).toEqual([...expected].sort());
    expect(items.map((item) => item.id)).toEqual(sent);
  });

  it('shows shortcuts without registering them', () => {
    const items = itemsOf(menuTemplate(() => undefined, 'linux', false)).filter((item) => item.accelerator);
    expect(items.length).toBeGreaterThan(5);
    expect(items.every((item) => item.registerAccelerator === false)).toBe(true);
  });

  it('offers developer tools in development only, and the application menu on macOS', () => {
    const roles = (development: boolean): unknown[] =>
      itemsOf(menuTemplate(() => undefined, 'linux', development)).map((item) => item.role);
    expect(roles(true)).toContain('toggleDevTools');
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(menuTemplate(() => undefined, 'darwin', false)[0].role).toBe('appMenu');
  });
});
