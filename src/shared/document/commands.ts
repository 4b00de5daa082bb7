export type MenuName = 'file' | 'edit' | 'view' | 'part' | 'help';

/** A command's fixed side. Menus, palette, shortcuts and tests all come from the one list below. */
export interface CommandDescriptor {
  readonly id: string;
  /** Sentence case; ends with an ellipsis when more input follows. */
  readonly title: string;
  /** The native menu that shows it; null for commands that only the palette and shortcuts reach. */
  readonly menu: MenuName | null;
  /** Shortcut in Electron's accelerator syntax, always with a modifier, so that it may stand in a native menu. */
  readonly accelerator: string | null;
  /**
   * Further shortcuts in the same syntax that only the window handles: single letters would take the keys away from
   * text fields if the native menu had them.
   */
  readonly keys?: readonly string[];
}

const list = [
  { id: 'file.new', title: 'New', menu: 'file', accelerator: 'CmdOrCtrl+N' },
  { id: 'file.open', title: 'Open...', menu: 'file', accelerator: 'CmdOrCtrl+O' },
  { id: 'file.save', title: 'Save', menu: 'file', accelerator: 'CmdOrCtrl+S' },
  { id: 'file.save-as', title: 'Save as...', menu: 'file', accelerator: 'CmdOrCtrl+Shift+S' },
  { id: 'file.export', title: 'Export...', menu: 'file', accelerator: 'CmdOrCtrl+E' },

  { id: 'edit.undo', title: 'Undo', menu: 'edit', accelerator: 'CmdOrCtrl+Z' },
  { id: 'edit.redo', title: 'Redo', menu: 'edit', accelerator: 'CmdOrCtrl+Shift+Z', keys: ['CmdOrCtrl+Y'] },
  { id: 'edit.select-all', title: 'Select all parts', menu: 'edit', accelerator: null, keys: ['A'] },
  { id: 'edit.select-none', title: 'Clear the selection', menu: 'edit', accelerator: null, keys: ['Escape'] },
  { id: 'edit.duplicate', title: 'Duplicate', menu: 'edit', accelerator: 'CmdOrCtrl+D' },
  { id: 'edit.delete', title: 'Delete', menu: 'edit', accelerator: null, keys: ['X', 'Delete'] },
  { id: 'edit.reset', title: 'Reset to the last fit', menu: 'edit', accelerator: null },

  { id: 'part.fit', title: 'Fit parts', menu: 'part', accelerator: 'CmdOrCtrl+Enter' },
  { id: 'part.rename', title: 'Rename...', menu: 'part', accelerator: null, keys: ['F2'] },
  { id: 'part.lock', title: 'Lock or unlock parts', menu: 'part', accelerator: 'CmdOrCtrl+L' },
  {
    id: 'part.lock-plane',
    title: 'Lock or unlock the plane',
    menu: 'part',
    accelerator: 'CmdOrCtrl+Shift+L',
  },
  { id: 'part.hide', title: 'Hide', menu: 'part', accelerator: null, keys: ['H'] },
  { id: 'part.show-all', title: 'Show all', menu: 'part', accelerator: 'Alt+H' },

  { id: 'flat.open', title: 'Fit a mask in 2D...', menu: 'part', accelerator: null },

  { id: 'view.frame', title: 'Frame the selection', menu: 'view', accelerator: null, keys: ['F'] },
  { id: 'view.isolate', title: 'Isolate the selection', menu: 'view', accelerator: null, keys: ['/'] },
  { id: 'view.explode', title: 'Explode or assemble', menu: 'view', accelerator: null, keys: ['E'] },
  { id: 'view.front', title: 'Front view', menu: 'view', accelerator: null, keys: ['1'] },
  { id: 'view.right', title: 'Right view', menu: 'view', accelerator: null, keys: ['3'] },
  { id: 'view.top', title: 'Top view', menu: 'view', accelerator: null, keys: ['7'] },
  { id: 'view.home', title: 'Home view', menu: 'view', accelerator: null, keys: ['Home'] },
  { id: 'view.ghost', title: 'Show or hide the source', menu: 'view', accelerator: null, keys: ['G'] },
  { id: 'view.grid', title: 'Show or hide the grid', menu: 'view', accelerator: null },
  { id: 'view.edges', title: 'Show or hide edges', menu: 'view', accelerator: null },
  { id: 'view.dock', title: 'Show or hide jobs', menu: 'view', accelerator: 'CmdOrCtrl+J' },
  { id: 'view.theme', title: 'Switch between dark and light', menu: 'view', accelerator: null },

  { id: 'reconstruct.open', title: 'Open picture...', menu: 'file', accelerator: null },
  {
    id: 'reconstruct.source',
    title: 'Reconstruct from the picture behind the document',
    menu: 'part',
    accelerator: null,
  },
  { id: 'reconstruct.run', title: 'Reconstruct', menu: null, accelerator: null },
  {
    id: 'reconstruct.box',
    title: 'Draw a box around the object',
    menu: null,
    accelerator: null,
    keys: ['B'],
  },
  { id: 'reconstruct.fit', title: 'Fit the depth image instead', menu: null, accelerator: null },
  { id: 'reconstruct.refine', title: 'Refine the reconstruction', menu: 'part', accelerator: null },
  { id: 'reconstruct.accept', title: 'Accept the reconstruction', menu: 'part', accelerator: null },
  { id: 'reconstruct.similar', title: 'Find similar parts', menu: 'part', accelerator: null },
  { id: 'reconstruct.similar-shapes', title: 'Find similar shapes', menu: null, accelerator: null },

  { id: 'latent.add', title: 'Add the reconstruction to the path', menu: null, accelerator: null },
  { id: 'latent.add-pictures', title: 'Add a picture to the path...', menu: null, accelerator: null },
  { id: 'latent.add-library', title: 'Find library shapes for the path', menu: null, accelerator: null },
  { id: 'latent.play', title: 'Play or pause the path', menu: null, accelerator: null, keys: ['P'] },
  { id: 'latent.previous', title: 'Previous frame of the path', menu: null, accelerator: null, keys: [','] },
  { id: 'latent.next', title: 'Next frame of the path', menu: null, accelerator: null, keys: ['.'] },
  { id: 'latent.export', title: 'Export strip...', menu: null, accelerator: null },

  { id: 'explain.open', title: 'Open images...', menu: 'file', accelerator: null },
  { id: 'explain.open-folder', title: 'Open a folder of images...', menu: 'file', accelerator: null },
  { id: 'explain.previous', title: 'Previous picture', menu: null, accelerator: null, keys: ['['] },
  { id: 'explain.next', title: 'Next picture', menu: null, accelerator: null, keys: [']'] },
  { id: 'explain.previous-latent', title: 'Previous latent', menu: null, accelerator: null, keys: ['J'] },
  { id: 'explain.next-latent', title: 'Next latent', menu: null, accelerator: null, keys: ['K'] },
  { id: 'explain.every-latent', title: 'Show every latent or the strongest', menu: null, accelerator: null },
  {
    id: 'explain.reset',
    title: 'Reset the latents to the picture',
    menu: null,
    accelerator: null,
    keys: ['R'],
  },
  { id: 'explain.sign', title: 'Change the sign of the maps', menu: null, accelerator: null, keys: ['S'] },
  {
    id: 'explain.colours',
    title: 'Change the colours of the maps',
    menu: null,
    accelerator: null,
    keys: ['C'],
  },
  { id: 'explain.range', title: 'Share one range over the collection', menu: null, accelerator: null },
  {
    id: 'explain.between-export',
    title: 'Export the path between two pictures...',
    menu: null,
    accelerator: null,
  },
  { id: 'explain.space', title: 'Lay out the latent space', menu: null, accelerator: null },
  { id: 'explain.anomaly', title: 'Score the pictures for anomalies', menu: null, accelerator: null },
  { id: 'explain.factors', title: 'Measure disentanglement', menu: null, accelerator: null },
  { id: 'explain.export', title: 'Export maps...', menu: null, accelerator: null },

  { id: 'train.new', title: 'New training run', menu: null, accelerator: null },
  { id: 'train.choose-data', title: 'Choose training data...', menu: null, accelerator: null },
  { id: 'train.start', title: 'Start training', menu: null, accelerator: null },
  { id: 'train.pause', title: 'Pause or continue training', menu: null, accelerator: null },
  { id: 'train.stop', title: 'Stop training', menu: null, accelerator: null },
  { id: 'train.resume', title: 'Resume the stopped run', menu: null, accelerator: null },
  { id: 'train.open-run', title: 'Open run...', menu: null, accelerator: null },
  { id: 'train.export-png', title: 'Export curves as PNG...', menu: null, accelerator: null },
  { id: 'train.export-csv', title: 'Export curves as CSV...', menu: null, accelerator: null },
  { id: 'model.open', title: 'Open model file...', menu: null, accelerator: null },

  { id: 'help.devices', title: 'Compute devices...', menu: 'help', accelerator: null },
  { id: 'help.palette', title: 'All commands...', menu: 'help', accelerator: 'CmdOrCtrl+K' },
  { id: 'help.shortcuts', title: 'Keyboard shortcuts', menu: 'help', accelerator: null, keys: ['?'] },
] as const satisfies readonly CommandDescriptor[];

export type CommandId = (typeof list)[number]['id'];

/** Every command of the workbench, in menu order. */
export const COMMANDS: readonly (CommandDescriptor & { readonly id: CommandId })[] = list;

export function isCommandId(id: string): id is CommandId {
  return COMMANDS.some((command) => command.id === id);
}
