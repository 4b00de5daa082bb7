import type { EscapeStep } from '../../workbench/state/workbench';
import { reconstructSlice } from './state';

/** A box that is being drawn, where there is an outline to go back to. */
export const RECONSTRUCT_ESCAPES: readonly EscapeStep[] = [
  {
    order: 40,
    present: (workbench) => {
      const { drawing, picture } = reconstructSlice.get(workbench);
      const { workspace } = workbench.ui.getState();
      return workspace === 'reconstruct' && drawing && picture?.inspected.mask != null;
    },
    end: (workbench) => reconstructSlice.set(workbench, { drawing: false }),
  },
];
