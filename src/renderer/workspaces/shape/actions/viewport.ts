import { watchViewportState } from '../viewport-state';
import type { Workbench } from '../../../workbench/state/workbench';
import { createViewport, type Viewport } from '../../../viewport';
import { followGesture } from './gesture';
import { selectTarget } from './edit';
import { shapeSlice } from '../state';

/** Starts a viewport in `container` and keeps it up to date. Returns how to take it away. */
export function attachViewport(workbench: Workbench, container: HTMLElement): () => void {
  const viewport = createViewport(container, {
    onHover: (hover) => shapeSlice.set(workbench, { hover }),
    onSelect: (target, additive) => selectTarget(workbench, target, additive),
    onEdit: (gesture) => followGesture(workbench, gesture),
    onFrameRate: (frameRate) => shapeSlice.set(workbench, { frameRate }),
  });
  workbench.viewport = viewport;
  workbench.viewportBox = () => container.getBoundingClientRect();
  const stop = watchViewportState(workbench, (state) => viewport.update(state));
  return () => {
    stop();
    workbench.viewport = null;
    viewport.dispose();
  };
}

/** Sends commands of the view to another canvas for as long as its workspace is shown. Returns how to end that. */
export function lendViewport(workbench: Workbench, viewport: Viewport, box: () => DOMRect): () => void {
  const { viewport: before, viewportBox } = workbench;
  workbench.viewport = viewport;
  workbench.viewportBox = box;
  return () => {
    workbench.viewport = before;
    workbench.viewportBox = viewportBox;
  };
}
