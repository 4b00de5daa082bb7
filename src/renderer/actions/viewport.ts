import { watchViewportState } from '../state/viewport-state';
import type { Workbench } from '../state/workbench';
import { createViewport } from '../viewport';
import { followPlaneDrag } from './drag';
import { selectTarget } from './edit';

/** Starts the engine behind the canvas in `container` and keeps it up to date. Returns how to take it away. */
export function attachViewport(workbench: Workbench, container: HTMLElement): () => void {
  const { ui } = workbench;
  const viewport = createViewport(container, {
    onHover: (hover) => ui.setState({ hover }),
    onSelect: (target, additive) => selectTarget(workbench, target, additive),
    onPlaneDrag: (event) => followPlaneDrag(workbench, event),
    onFrameRate: (frameRate) => ui.setState({ frameRate }),
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
