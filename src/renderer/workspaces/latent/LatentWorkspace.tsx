import { Plus, Route } from 'lucide-react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { WorkspaceColumns } from '../../workbench/shell/WorkspaceColumns';
import { JobRow } from '../../workbench/dock/JobRow';
import { ProblemDetails } from '../../ui/ProblemDetails';
import { ShapeCanvas } from '../reconstruct/ShapeCanvas';
import { useJobs, useUi, useSlice } from '../../workbench/state/hooks';
import { PathBar } from './PathBar';
import { StationPanel } from './StationPanel';
import { reconstructSlice } from '../reconstruct/state';
import { latentSlice } from './state';

const NO_PARTS = [] as const;
const ignore = (): void => undefined;

/** A walk between shapes: stations on the left, the shape at the slider's place on the right. */
export function LatentWorkspace() {
  return (
    <WorkspaceColumns
      left={{ id: 'stations-panel', label: 'the path', content: <StationPanel />, least: 220 }}
      middle={{ id: 'latent-viewport', content: <LatentViewport />, least: 320 }}
    />
  );
}

function LatentViewport() {
  const active = useUi((state) => state.workspace === 'latent');
  const frame = useSlice(latentSlice, (latent) => latent.frame);
  const parts = useSlice(latentSlice, (latent) => latent.shape?.parts ?? NO_PARTS);
  const empty = useSlice(latentSlice, (latent) => latent.stations.length === 0);
  return (
    <section className="latent-view" aria-label="Shape on the path">
      <div className="viewport-panel">
        <ShapeCanvas parts={parts} frame={frame} selected={null} onSelect={ignore} active={active} />
        {empty && <LatentStart />}
        <LatentJob />
      </div>
      <PathBar />
    </section>
  );
}

function LatentStart() {
  const ready = useSlice(reconstructSlice, (reconstruct) => reconstruct.result !== null);
  return (
    <div className="start-card" data-testid="latent-start">
      <h1>Walk between shapes</h1>
      <p className="muted">
        A path goes through two shapes or more. Move along it and watch a network turn one into the other.
        Drop pictures here, or add what you reconstructed.
      </p>
      {ready ? (
        <CommandButton id="latent.add" icon={Route} primary />
      ) : (
        <CommandButton id="latent.add-pictures" icon={Plus} primary />
      )}
    </div>
  );
}

/** What runs for the path, or what went wrong with it. */
function LatentJob() {
  const lastJob = useSlice(latentSlice, (latent) => latent.lastJob);
  const problem = useSlice(latentSlice, (latent) => latent.problem);
  const job = useJobs().find(({ id }) => id === lastJob);
  if (problem) {
    return (
      <div className="fit-bar job-bar">
        <ProblemDetails problem={problem} />
      </div>
    );
  }
  if (!job || (job.state === 'finished' && job.kind !== 'interpolate') || job.state === 'cancelled')
    return null;
  return (
    <div className="fit-bar job-bar" data-testid="latent-job">
      <JobRow job={job} />
    </div>
  );
}
