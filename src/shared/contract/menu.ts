import { z } from 'zod';

export const menuNameSchema = z.enum(['file', 'edit', 'part', 'view', 'help']);
export type MenuName = z.infer<typeof menuNameSchema>;

/** A command as the native menu shows it. */
export const menuEntrySchema = z.object({
  /** Sent back when it is chosen. */
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(200),
  menu: menuNameSchema,
  /** Shortcut in Electron's accelerator syntax, always with a modifier: shown, and handled by the window. */
  accelerator: z
    .string()
    .max(50)
    .regex(/^(CmdOrCtrl|Alt)\+[\w+]+$/)
    .nullable(),
});
export type MenuEntry = z.infer<typeof menuEntrySchema>;

/** Everything that the window puts into the native menus, each menu in this order. */
export const menuSchema = z.array(menuEntrySchema).max(500);
