import type { MenuEntry } from '../../../shared/contract/menu';
import type { Command, CommandGroup, CommandList } from '../state/workbench';

/** Every command of these groups, in menu order. */
export function createCommandList(groups: readonly CommandGroup[]): CommandList {
  const all = [...groups].sort((a, b) => a.order - b.order).flatMap(({ commands }) => commands);
  const byId = new Map<string, Command>();
  for (const command of all) {
    if (byId.has(command.id)) throw new Error(`Two commands are called ${command.id}.`);
    byId.set(command.id, command);
  }
  return {
    all,
    has: (id) => byId.has(id),
    find: (id) => {
      const command = byId.get(id);
      if (!command) throw new Error(`No command is called ${id}.`);
      return command;
    },
  };
}

/** What the native menus show of them. */
export function menuEntries({ all }: CommandList): MenuEntry[] {
  return all.flatMap(({ id, title, menu, accelerator }) =>
    menu ? [{ id, title, menu, accelerator: accelerator ?? null }] : [],
  );
}
