import { lockedParts } from '../../../../shared/document/locks';
import type { CommandGroup } from '../../../workbench/state/workbench';
import { selectedParts, showParts, toggleLock, togglePlaneLock } from '../actions/edit';
import { startFit } from '../actions/fit';
import { shapeSlice } from '../state';
import { elsewhere, fitting, noEdit, noParts, noSelection, selectedOf } from './reasons';

export const PART_COMMANDS: CommandGroup = {
  order: 30,
  commands: [
    {
      id: 'part.fit',
      title: 'Fit parts',
      menu: 'part',
      accelerator: 'CmdOrCtrl+Enter',
      reason: (state) =>
        fitting(state) ??
        (shapeSlice.in(state.ui).source ? null : 'Open a mesh, point set or depth image first'),
      run: (workbench) => void startFit(workbench),
    },
    {
      id: 'part.rename',
      title: 'Rename...',
      menu: 'part',
      keys: ['F2'],
      reason: (state) =>
        elsewhere(state) ??
        fitting(state) ??
        noSelection(state) ??
        (state.document.selection.partIds.length > 1
          ? 'Select one part only'
          : (lockedParts(selectedOf(state))?.message ?? null)),
      run: (workbench) =>
        shapeSlice.set(workbench, { renaming: workbench.document.state().selection.partIds[0] }),
    },
    {
      id: 'part.lock',
      title: 'Lock or unlock parts',
      menu: 'part',
      accelerator: 'CmdOrCtrl+L',
      reason: noEdit,
      run: toggleLock,
    },
    {
      id: 'part.lock-plane',
      title: 'Lock or unlock the plane',
      menu: 'part',
      accelerator: 'CmdOrCtrl+Shift+L',
      reason: (state) =>
        fitting(state) ??
        (state.document.selection.plane === null
          ? 'Select a plane first: click on a face of a selected part'
          : null),
      run: togglePlaneLock,
    },
    {
      id: 'part.hide',
      title: 'Hide',
      menu: 'part',
      keys: ['H'],
      reason: noEdit,
      run: (workbench) =>
        showParts(
          workbench,
          selectedParts(workbench).map((part) => part.id),
          false,
        ),
    },
    {
      id: 'part.show-all',
      title: 'Show all',
      menu: 'part',
      accelerator: 'Alt+H',
      reason: (state) =>
        noParts(state) ??
        fitting(state) ??
        (state.document.document.parts.every((part) => part.visible) ? 'Every part is visible' : null),
      run: (workbench) =>
        showParts(
          workbench,
          workbench.document.state().document.parts.map((part) => part.id),
          true,
        ),
    },
  ],
};
