import { useEffect, useRef } from 'react';
import { attachViewport } from '../actions/viewport';
import { useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { DragReadout } from './DragReadout';
import { FitBar } from './FitBar';
import { StartCard } from './StartCard';
import { ViewToolbar } from './ViewToolbar';
import { shapeSlice } from '../state';

/** The viewport is the product; what lies over it is small and goes away. */
export function ViewportPanel() {
  return (
    <section className="viewport-panel" aria-label="Viewport">
      <ViewportCanvas />
      <ViewToolbar />
      <DragReadout />
      <IsolationNote />
      <StartCard />
      <FitBar />
    </section>
  );
}

/** Hosts the imperative engine: React makes the box, and never looks inside again. */
function ViewportCanvas() {
  const workbench = useWorkbench();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!container.current) return;
    return attachViewport(workbench, container.current);
  }, [workbench]);
  return <div ref={container} className="viewport-canvas" data-testid="viewport" />;
}

function IsolationNote() {
  const workbench = useWorkbench();
  const isolated = useSlice(shapeSlice, (state) => state.isolated);
  if (!isolated) return null;
  return (
    <div className="viewport-note" role="status">
      Only {isolated.size === 1 ? '1 part is' : `${isolated.size} parts are`} shown
      <button type="button" className="link" onClick={() => shapeSlice.set(workbench, { isolated: null })}>
        Show the others
      </button>
    </div>
  );
}
