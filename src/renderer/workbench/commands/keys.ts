import type { Command, CommandList } from '../state/workbench';

/** A pressed key, as far as shortcuts look at it. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The command that a key press means; null when none does. */
export function commandForKey({ all }: CommandList, press: KeyPress, mac: boolean): Command | null {
  return all.find((command) => shortcutsOf(command).some((each) => matches(each, press, mac))) ?? null;
}

/** Accelerator first, then the keys that only the window knows. */
export function shortcutsOf(command: Pick<Command, 'accelerator' | 'keys'>): readonly string[] {
  return [...(command.accelerator ? [command.accelerator] : []), ...(command.keys ?? [])];
}

/** A shortcut as a person reads it: "Ctrl+Shift+Z", or with the signs of a Mac keyboard. */
export function shortcutLabel(shortcut: string, mac: boolean): string {
  const names: Readonly<Record<string, string>> = mac
    ? { CmdOrCtrl: '\u2318', Shift: '\u21E7', Alt: '\u2325', Escape: 'Esc', Delete: '\u2326' }
    : { CmdOrCtrl: 'Ctrl', Escape: 'Esc', Delete: 'Del' };
  return shortcut
    .split('+')
    .map((key) => names[key] ?? key)
    .join(mac ? '' : '+');
}

function matches(shortcut: string, press: KeyPress, mac: boolean): boolean {
  const keys = shortcut.split('+');
  const key = keys[keys.length - 1];
  const wants = (modifier: string): boolean => keys.includes(modifier);
  if (wants('CmdOrCtrl') !== (mac ? press.metaKey : press.ctrlKey)) return false;
  if (wants('Alt') !== press.altKey) return false;
  // A sign such as "?" needs Shift on some keyboards and none on others: the sign itself is what counts.
  if (/^[A-Z0-9]$|^\w{2,}$/.test(key) && wants('Shift') !== press.shiftKey) return false;
  if (/^[0-9]$/.test(key)) return press.code === `Digit${key}` || press.code === `Numpad${key}`;
  // With Alt held, some systems report the sign that the key would type.
  if (press.altKey && /^[A-Z]$/.test(key)) return press.code === `Key${key}`;
  return press.key.toLowerCase() === key.toLowerCase();
}
