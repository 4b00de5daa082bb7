import type { DragEvent } from 'react';
import './flat.css';
import { cancelFlat, dropMask, exportFlat, startFlat } from './actions';
import { FitState } from './FitState';
import { FlatCanvas } from './FlatCanvas';
import { MaskTools, PictureReading } from './MaskTools';
import { Sliders } from './Sliders';
import { ViewChoice } from './ViewChoice';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { CloseButton, Dialog } from '../../workbench/dialogs/Dialog';
import { flatSlice } from './state';

/** CvxNet in the plane: a mask, and the convex polygons that a fit moves over it. */
export function FlatDialog() {
  const workbench = useWorkbench();
  const running = useSlice(flatSlice, (flat) => flat.job !== null);
  const nothing = useSlice(flatSlice, (flat) => flat.shown === null);
  // The window takes drops too; here they are masks.
  const keep = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Dialog
      title="Fit a mask in 2D"
      wide
      actions={
        <>
          <button
            type="button"
            className="button"
            disabled={nothing || running}
            onClick={() => void exportFlat(workbench, 'svg')}
          >
            Export SVG...
          </button>
          <button
            type="button"
            className="button"
            disabled={nothing || running}
            onClick={() => void exportFlat(workbench, 'json')}
          >
            Export JSON...
          </button>
          <span className="flat-gap" />
          <CloseButton label="Close" />
          <button
            type="button"
            className="button primary"
            data-focus
            onClick={() => (running ? cancelFlat(workbench) : void startFlat(workbench))}
          >
            {running ? 'Stop' : 'Fit polygons'}
          </button>
        </>
      }
    >
      <div
        className="flat"
        onDragEnter={keep}
        onDragLeave={keep}
        onDragOver={keep}
        onDrop={(event) => {
          keep(event);
          const [file] = event.dataTransfer.files;
          if (file) void dropMask(workbench, file);
        }}
      >
        <div className="flat-left">
          <MaskTools />
          <PictureReading />
          <div className="flat-stage">
            <FlatCanvas />
          </div>
          <p id="flat-drawing-help" className="muted small">
            Draw with the mouse, or with the arrow keys and the space bar. A picture can be dropped here.
          </p>
        </div>
        <div className="flat-right">
          <Sliders />
          <ViewChoice />
          <FitState />
        </div>
      </div>
    </Dialog>
  );
}
