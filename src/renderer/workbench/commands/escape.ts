import { reconstructSlice } from '../../workspaces/reconstruct/state';
import { selectNone } from '../../workspaces/shape/actions/edit';
import { shapeSlice } from '../../workspaces/shape/state';
import type { Workbench } from '../state/workbench';

/** Something that Esc ends: whether there is any, and how it ends. */
interface Step {
  readonly present: (workbench: Workbench) => boolean;
  readonly end: (workbench: Workbench) => void;
}

/** Ended by what has the focus or the pointer, which gets the key itself. */
const elsewhere = (): void => undefined;

/** What Esc ends, one at a time: what was begun last first, what costs most to do again last. */
const STEPS: readonly Step[] = [
  // The viewport puts back what is dragged.
  { present: (workbench) => shapeSlice.get(workbench).drag !== null, end: elsewhere },
  // The browser closes it.
  { present: ({ ui }) => ui.getState().dialog !== null, end: elsewhere },
  { present: (workbench) => shapeSlice.get(workbench).renaming !== null, end: elsewhere },
  {
    present: (workbench) => {
      const { drawing, picture } = reconstructSlice.get(workbench);
      const { workspace } = workbench.ui.getState();
      return workspace === 'reconstruct' && drawing && picture?.inspected.mask != null;
    },
    end: (workbench) => reconstructSlice.set(workbench, { drawing: false }),
  },
  {
    present: (workbench) => shapeSlice.get(workbench).fitJob !== null,
    end: (workbench) => {
      const { fitJob } = shapeSlice.get(workbench);
      if (fitJob !== null) workbench.jobs.cancel(fitJob);
    },
  },
  { present: ({ document }) => document.state().selection.partIds.length > 0, end: selectNone },
];

/** Ends the first thing that Esc can end. */
export function escape(workbench: Workbench): void {
  STEPS.find(({ present }) => present(workbench))?.end(workbench);
}
