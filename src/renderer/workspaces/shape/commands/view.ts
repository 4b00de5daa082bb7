import type { CommandGroup } from '../../../workbench/state/workbench';
import { toggleExplode, toggleExtra, toggleGhost, toggleIsolate } from '../actions/view';
import { shapeSlice } from '../state';
import { noParts, noSelection } from './reasons';

export const VIEW_COMMANDS: CommandGroup = {
  order: 50,
  commands: [
    {
      id: 'view.frame',
      title: 'Frame the selection',
      menu: 'view',
      keys: ['F'],
      run: ({ viewport }) => viewport?.frameSelection(),
    },
    {
      id: 'view.isolate',
      title: 'Isolate the selection',
      menu: 'view',
      keys: ['/'],
      reason: (state) => (shapeSlice.in(state.ui).isolated ? null : (noParts(state) ?? noSelection(state))),
      run: toggleIsolate,
    },
    {
      id: 'view.explode',
      title: 'Explode or assemble',
      menu: 'view',
      keys: ['E'],
      reason: noParts,
      run: toggleExplode,
    },
    {
      id: 'view.front',
      title: 'Front view',
      menu: 'view',
      keys: ['1'],
      run: ({ viewport }) => viewport?.view('front'),
    },
    {
      id: 'view.right',
      title: 'Right view',
      menu: 'view',
      keys: ['3'],
      run: ({ viewport }) => viewport?.view('right'),
    },
    {
      id: 'view.top',
      title: 'Top view',
      menu: 'view',
      keys: ['7'],
      run: ({ viewport }) => viewport?.view('top'),
    },
    {
      id: 'view.home',
      title: 'Home view',
      menu: 'view',
      keys: ['Home'],
      run: ({ viewport }) => viewport?.view('home'),
    },
    {
      id: 'view.ghost',
      title: 'Show or hide the source',
      menu: 'view',
      keys: ['G'],
      reason: ({ ui }) => (shapeSlice.in(ui).source ? null : 'There is no source to show'),
      run: toggleGhost,
    },
    {
      id: 'view.grid',
      title: 'Show or hide the grid',
      menu: 'view',
      run: (workbench) => shapeSlice.set(workbench, ({ showGrid }) => ({ showGrid: !showGrid })),
    },
    {
      id: 'view.edges',
      title: 'Show or hide edges',
      menu: 'view',
      run: (workbench) => shapeSlice.set(workbench, ({ showEdges }) => ({ showEdges: !showEdges })),
    },
    {
      id: 'view.sizes',
      title: 'Show or hide sizes',
      menu: 'view',
      run: (workbench) => toggleExtra(workbench, 'sizes'),
    },
  ],
};
