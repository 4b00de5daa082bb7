import type { EscapeStep } from '../../workbench/state/workbench';
import { selectNone } from './actions/edit';
import { shapeSlice } from './state';

/** Ended by what has the focus or the pointer, which gets the key itself. */
const elsewhere = (): void => undefined;

export const SHAPE_ESCAPES: readonly EscapeStep[] = [
  // The viewport puts back what is dragged.
  { order: 10, present: (workbench) => shapeSlice.get(workbench).drag !== null, end: elsewhere },
  { order: 30, present: (workbench) => shapeSlice.get(workbench).renaming !== null, end: elsewhere },
  {
    order: 50,
    present: (workbench) => shapeSlice.get(workbench).fitJob !== null,
    end: (workbench) => {
      const { fitJob } = shapeSlice.get(workbench);
      if (fitJob !== null) workbench.jobs.cancel(fitJob);
    },
  },
  {
    order: 60,
    present: ({ document }) => document.state().selection.partIds.length > 0,
    end: selectNone,
  },
];
