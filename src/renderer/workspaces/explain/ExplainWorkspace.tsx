import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import 'uplot/dist/uPlot.min.css';
import { WorkspaceColumns } from '../../workbench/shell/WorkspaceColumns';
import { ensureModels } from '../models/load';
import { JobRow } from '../../workbench/dock/JobRow';
import { ProblemDetails } from '../../ui/ProblemDetails';
import { useJobs, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { AnomalyPanel } from './AnomalyPanel';
import { AnomalyView } from './AnomalyView';
import { AttentionView } from './AttentionView';
import { BetweenView } from './BetweenView';
import { CollectionPanel } from './CollectionPanel';
import { ExplainStart } from './ExplainStart';
import { FactorsView } from './FactorsView';
import { MapPanel } from './MapPanel';
import { PartsView } from './parts';
import { SpaceView } from './SpaceView';
import { explainSlice, type ExplainView } from './state';
import './explain.css';

interface ViewWords {
  readonly name: ExplainView;
  readonly title: string;
}

const VIEWS: readonly ViewWords[] = [
  { name: 'attention', title: 'Attention' },
  { name: 'between', title: 'Between two' },
  { name: 'space', title: 'Latent space' },
  { name: 'anomaly', title: 'Anomalies' },
  { name: 'factors', title: 'Factors' },
  { name: 'parts', title: 'Parts of a shape' },
];

/** What each view of pictures shows, and its settings. */
const CONTENT: Readonly<
  Record<Exclude<ExplainView, 'parts'>, { readonly main: ReactNode; readonly side: ReactNode | null }>
> = {
  attention: { main: <AttentionView />, side: <MapPanel /> },
  between: { main: <BetweenView />, side: <MapPanel /> },
  space: { main: <SpaceView />, side: null },
  anomaly: { main: <AnomalyView />, side: <AnomalyPanel /> },
  factors: { main: <FactorsView />, side: null },
};

/** What a VAE sees in pictures and what in them does not belong; and which pixels made the parts of a shape. */
export function ExplainWorkspace() {
  const workbench = useWorkbench();
  const view = useSlice(explainSlice, (explain) => explain.view);
  useEffect(() => void ensureModels(workbench), [workbench]);
  return (
    <section className="explain" aria-label="Explain">
      <ViewTabs view={view} />
      <div className="explain-body" role="tabpanel" aria-labelledby={`explain-tab-${view}`}>
        {view === 'parts' ? <PartsView /> : <PictureViews view={view} />}
      </div>
    </section>
  );
}

function PictureViews({ view }: { readonly view: keyof typeof CONTENT }) {
  const empty = useSlice(explainSlice, (explain) => explain.collection === null);
  const { main, side } = CONTENT[view];
  return (
    <WorkspaceColumns
      left={{ id: 'explain-pictures-panel', label: 'the pictures', content: <CollectionPanel />, size: 288 }}
      middle={{
        id: 'explain-view-panel',
        content: (
          <section className="explain-view" aria-label="Explanation">
            <div className="explain-scroll">{empty ? <ExplainStart /> : main}</div>
            <ExplainJob />
          </section>
        ),
        least: 360,
      }}
      right={
        empty || side === null
          ? undefined
          : { id: 'explain-side-panel', label: 'the settings', content: side, size: 272, collapsible: true }
      }
    />
  );
}

function ViewTabs({ view }: { readonly view: ExplainView }) {
  const workbench = useWorkbench();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = VIEWS.findIndex(({ name }) => name === view);
    const next = VIEWS[(at + step + VIEWS.length) % VIEWS.length];
    explainSlice.set(workbench, { view: next.name });
    event.currentTarget.querySelector<HTMLElement>(`#explain-tab-${next.name}`)?.focus();
  };
  return (
    <div className="tabs small explain-tabs" role="tablist" aria-label="Explanations" onKeyDown={onKeyDown}>
      {VIEWS.map(({ name, title }) => (
        <button
          key={name}
          id={`explain-tab-${name}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={name === view}
          tabIndex={name === view ? 0 : -1}
          onClick={() => explainSlice.set(workbench, { view: name })}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

/** What runs, what was written, or what went wrong. */
function ExplainJob() {
  const workbench = useWorkbench();
  const lastJob = useSlice(explainSlice, (explain) => explain.lastJob);
  const problem = useSlice(explainSlice, (explain) => explain.problem);
  const job = useJobs().find(({ id }) => id === lastJob);
  if (problem) {
    return (
      <div className="explain-job">
        <ProblemDetails problem={problem} />
        <button
          type="button"
          className="button"
          onClick={() => explainSlice.set(workbench, { problem: null })}
        >
          Dismiss
        </button>
      </div>
    );
  }
  // What finished is said by what it shows; only what was written elsewhere needs a line here.
  if (!job || job.state === 'cancelled' || (job.state === 'finished' && !job.reveal)) return null;
  return (
    <div className="explain-job" data-testid="explain-job">
      <JobRow job={job} />
    </div>
  );
}
