import { isEditedSinceFit } from '../../../../shared/document/edits';
import { keptParts } from '../../../../shared/document/locks';
import type { CommandGroup } from '../../../workbench/state/workbench';
import { deleteSelected, duplicateSelected, resetToFit, selectAll, selectNone } from '../actions/edit';
import { shapeSlice } from '../state';
import { elsewhere, fitting, noEdit, noParts, noSelection, selectedOf } from './reasons';

export const EDIT_COMMANDS: CommandGroup = {
  order: 20,
  commands: [
    {
      id: 'edit.undo',
      title: 'Undo',
      titleIn: ({ document: { undoTitle } }) => named('Undo', undoTitle),
      menu: 'edit',
      accelerator: 'CmdOrCtrl+Z',
      inText: 'undo',
      reason: (state) =>
        fitting(state) ??
        (state.document.undoTitle === null && !state.document.changing && !shapeSlice.in(state.ui).drag
          ? 'There is nothing to undo'
          : null),
      run: (workbench) => {
        shapeSlice.set(workbench, { drag: null });
        workbench.document.undo();
      },
    },
    {
      id: 'edit.redo',
      title: 'Redo',
      titleIn: ({ document: { redoTitle } }) => named('Redo', redoTitle),
      menu: 'edit',
      accelerator: 'CmdOrCtrl+Shift+Z',
      keys: ['CmdOrCtrl+Y'],
      inText: 'redo',
      reason: (state) =>
        fitting(state) ?? (state.document.redoTitle === null ? 'There is nothing to redo' : null),
      run: ({ document }) => document.redo(),
    },
    {
      id: 'edit.select-all',
      title: 'Select all parts',
      menu: 'edit',
      keys: ['A'],
      reason: (state) => noParts(state) ?? fitting(state),
      run: selectAll,
    },
    {
      id: 'edit.select-none',
      title: 'Clear the selection',
      menu: 'edit',
      keys: ['Escape'],
      reason: noSelection,
      run: selectNone,
    },
    {
      id: 'edit.invert-selection',
      title: 'Invert the selection',
      menu: 'edit',
      accelerator: 'CmdOrCtrl+I',
      reason: (state) => elsewhere(state) ?? noParts(state) ?? fitting(state),
      run: ({ document }) => {
        const { document: shape, selection } = document.state();
        const selected = new Set(selection.partIds);
        const others = shape.parts.filter(({ id, visible }) => visible && !selected.has(id));
        document.select({ partIds: others.map(({ id }) => id), plane: null });
      },
    },
    {
      id: 'edit.duplicate',
      title: 'Duplicate',
      menu: 'edit',
      accelerator: 'CmdOrCtrl+D',
      reason: noEdit,
      run: duplicateSelected,
    },
    {
      id: 'edit.delete',
      title: 'Delete',
      menu: 'edit',
      keys: ['X', 'Delete'],
      reason: (state) => noEdit(state) ?? keptParts(selectedOf(state))?.message ?? null,
      run: deleteSelected,
    },
    {
      id: 'edit.reset',
      title: 'Reset to the last fit',
      menu: 'edit',
      reason: (state) => {
        const { document } = state.document;
        if (!document.adoptedParts) return fitting(state) ?? 'There is no fit to go back to';
        return fitting(state) ?? (isEditedSinceFit(document) ? null : 'Nothing has changed since the fit');
      },
      run: resetToFit,
    },
  ],
};

/** "Undo move plane": what would be undone, in the words of its own title. */
function named(verb: string, title: string | null): string {
  return title ? `${verb} ${title.charAt(0).toLowerCase()}${title.slice(1)}` : verb;
}
