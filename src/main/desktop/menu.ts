import type { MenuItemConstructorOptions } from 'electron';
import { menuNameSchema, type MenuEntry, type MenuName } from '../../shared/contract/menu';

const TITLES: Readonly<Record<MenuName, string>> = {
  file: 'File',
  edit: 'Edit',
  part: 'Part',
  view: 'View',
  help: 'Help',
};

/**
 * The native menu: the window's commands, and what the system itself offers, which is all until the window has sent its
 * own. Menus with nothing in them are left out. Shortcuts are shown but not registered here: the window handles
 * the keys itself, so that a key never runs a command twice and text fields keep theirs.
 */
export function menuTemplate(
  entries: readonly MenuEntry[],
  sendCommand: (id: string) => void,
  platform: NodeJS.Platform,
  development: boolean,
): MenuItemConstructorOptions[] {
  const menus = menuNameSchema.options.flatMap((menu): MenuItemConstructorOptions[] => {
    const commands = entries
      .filter((entry) => entry.menu === menu)
      .map(({ id, title, accelerator }): MenuItemConstructorOptions => ({
        id,
        label: title,
        ...(accelerator ? { accelerator } : {}),
        registerAccelerator: false,
        click: () => sendCommand(id),
      }));
    const system = systemItems(menu, platform, development);
    if (commands.length + system.length === 0) return [];
    const divided = commands.length > 0 && system.length > 0;
    return [
      {
        label: TITLES[menu],
        submenu: [...commands, ...(divided ? [{ type: 'separator' as const }] : []), ...system],
      },
    ];
  });
  return platform === 'darwin' ? [{ role: 'appMenu' }, ...menus] : menus;
}

/** What the system itself offers in each menu. */
function systemItems(
  menu: MenuName,
  platform: NodeJS.Platform,
  development: boolean,
): MenuItemConstructorOptions[] {
  if (menu === 'file') return [platform === 'darwin' ? { role: 'close' } : { role: 'quit' }];
  if (menu === 'edit') return [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }];
  if (menu === 'view') {
    return [{ role: 'togglefullscreen' }, ...(development ? [{ role: 'toggleDevTools' as const }] : [])];
  }
  return [];
}
