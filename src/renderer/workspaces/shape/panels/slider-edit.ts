import type { CaptureMode, EditName, Mark } from '../../../../shared/document/store';
import type { Workbench } from '../../../workbench/state/workbench';

export interface SliderEdit {
  onEditStart(): void;
  onEditEnd(): void;
  /** Within a slider's drag changes wait for its end; a typed value stands for itself. */
  mode(): CaptureMode;
}

/** One undo entry per drag of a slider, however many values it passes. */
export function sliderEdit({ document }: Workbench, name: EditName): SliderEdit {
  let mark: Mark | null = null;
  return {
    onEditStart: () => {
      mark ??= document.mark();
    },
    onEditEnd: () => {
      if (mark !== null) document.squash(mark, name);
      mark = null;
    },
    mode: () => (mark === null ? 'immediate' : 'ephemeral'),
  };
}
