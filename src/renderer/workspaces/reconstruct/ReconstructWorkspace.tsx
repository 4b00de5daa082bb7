import { Check, Route, ScanEye, WandSparkles } from 'lucide-react';
import { showRetrieved } from './actions/reconstruct-similar';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { WorkspaceColumns } from '../../workbench/shell/WorkspaceColumns';
import { JobRow } from '../../workbench/dock/JobRow';
import { useDocument, useJobs, useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { PicturePanel } from './PicturePanel';
import { ReconstructStart } from './ReconstructStart';
import { ResultPanel } from './ResultPanel';
import { ShapeCanvas } from './ShapeCanvas';
import { drawnParts, reconstructSlice } from './state';
import { describeReconstruction } from './words';

/** A picture beside the shape that a network sees in it. */
export function ReconstructWorkspace() {
  return (
    <WorkspaceColumns
      left={{ id: 'picture-panel', label: 'the picture', content: <PicturePanel />, least: 200 }}
      middle={{ id: 'reconstruct-viewport', content: <ReconstructViewport /> }}
      right={{ id: 'result-panel', label: 'the result', content: <ResultPanel />, collapsible: true }}
    />
  );
}

function ReconstructViewport() {
  const workbench = useWorkbench();
  const state = useSlice(reconstructSlice);
  const active = useUi((ui) => ui.workspace === 'reconstruct');
  const { picture, result, shown, similar, selected } = state;
  const parts = drawnParts(state);
  const compared = similar?.part?.index;
  const marked = shown ? (parts.find(({ index }) => index === compared)?.id ?? null) : selected;
  return (
    <section className="viewport-panel" aria-label="Reconstruction">
      <ShapeCanvas
        parts={parts}
        frame={result?.reconstruction.frame ?? null}
        selected={marked}
        onSelect={(id) => {
          if (!shown) reconstructSlice.set(workbench, { selected: id });
        }}
        active={active}
      />
      {shown && (
        <div className="viewport-note" role="status">
          Library shape: {shown.family}, distance {shown.distance.toFixed(3)}
          <button type="button" className="link" onClick={() => showRetrieved(workbench, null)}>
            Back to the reconstruction
          </button>
        </div>
      )}
      {!picture && <ReconstructStart />}
      <Below />
    </section>
  );
}

/** What runs, what went wrong, or what to do next. */
function Below() {
  const { running, lastJob, result, picture, drawing } = useSlice(reconstructSlice);
  const job = useJobs().find(({ id }) => id === lastJob);
  const { generation } = useDocument();
  if (job && (job.state === 'running' || job.state === 'failed')) {
    return (
      <div className="fit-bar job-bar" data-testid="reconstruct-job">
        <JobRow job={job} />
      </div>
    );
  }
  if (running !== null) return null;
  if (result) {
    return (
      <div className="fit-bar" data-testid="reconstruct-result" role="status">
        <span>{describeReconstruction(result.reconstruction, result.seconds)}</span>
        {result.generation === generation ? (
          <CommandButton id="reconstruct.accept" icon={Check} label="Accept" primary />
        ) : (
          <CommandButton id="reconstruct.replace" icon={Check} label="Replace the document" primary />
        )}
        <CommandButton id="reconstruct.refine" icon={WandSparkles} label="Refine" />
        <CommandButton id="latent.add" icon={Route} label="Add to path" />
      </div>
    );
  }
  if (!picture || drawing) return null;
  return (
    <div className="fit-bar" role="status">
      <span>{picture.name} is open.</span>
      <CommandButton id="reconstruct.run" icon={ScanEye} primary />
    </div>
  );
}
