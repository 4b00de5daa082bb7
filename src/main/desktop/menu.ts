import type { MenuItemConstructorOptions } from 'electron';
import { COMMANDS, type MenuName } from '../../shared/document/commands';

const TITLES: Readonly<Record<MenuName, string>> = {
  file: 'File',
  edit: 'Edit',
  part: 'Part',
  view: 'View',
  help: 'Help',
};

const ORDER: readonly MenuName[] = ['file', 'edit', 'part', 'view', 'help'];

/**
 * The native menu, made from the one list of commands. Shortcuts are shown but not registered here: the window handles
 * the keys itself, so that a key never runs a command twice and text fields keep theirs.
 */
export function menuTemplate(
  sendCommand: (id: string) => void,
  platform: NodeJS.Platform,
  development: boolean,
): MenuItemConstructorOptions[] {
  const menus = ORDER.map((menu): MenuItemConstructorOptions => ({
    label: TITLES[menu],
    submenu: [
      ...COMMANDS.filter((command) => command.menu === menu).map((command): MenuItemConstructorOptions => ({
        id: command.id,
        label: command.title,
        ...(command.accelerator ? { accelerator: command.accelerator } : {}),
        registerAccelerator: false,
        click: () => sendCommand(command.id),
      })),
      ...systemItems(menu, platform, development),
    ],
  }));
  return platform === 'darwin' ? [{ role: 'appMenu' }, ...menus] : menus;
}

/** What the system itself offers in each menu. */
function systemItems(
  menu: MenuName,
  platform: NodeJS.Platform,
  development: boolean,
): MenuItemConstructorOptions[] {
  if (menu === 'file')
    return [{ type: 'separator' }, platform === 'darwin' ? { role: 'close' } : { role: 'quit' }];
  if (menu === 'edit') return [{ type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }];
  if (menu === 'view') {
    return [
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(development ? [{ role: 'toggleDevTools' as const }] : []),
    ];
  }
  return [];
}
