import type { EditName } from '../../../../shared/document/change';
import type { Mark } from '../../../../shared/document/marks';
import type { CaptureMode } from '../../../../shared/document/store';
import type { Workbench } from '../../../workbench/state/workbench';

export interface SliderEdit {
  onEditStart(): void;
  onEditEnd(): void;
  /**
   * Within a slider's drag changes wait for its end; a typed value stands for itself. Null once the drag has been ended
   * from elsewhere, by undo or another document: what the slider says until it is let go is then nobody's wish.
   */
  mode(): CaptureMode | null;
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
    mode: () => {
      if (mark === null) return 'immediate';
      return document.isOpen(mark) ? 'ephemeral' : null;
    },
  };
}
