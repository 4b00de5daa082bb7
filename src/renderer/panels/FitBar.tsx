import { Check, Sparkles, X } from 'lucide-react';
import { adoptFit, cancelFit, describeFit, discardFit } from '../actions/fit';
import { CommandButton } from '../app/CommandButton';
import { count } from '../state/format';
import { useDocument, useJobs, useUi, useWorkbench } from '../state/hooks';

/** The next step, over the lower edge of the viewport: fit, watch, adopt. */
export function FitBar() {
  const proposal = useUi((state) => state.proposal);
  const fitJob = useUi((state) => state.fitJob);
  const source = useUi((state) => state.source);
  const { document } = useDocument();
  if (fitJob !== null) return <FitProgress id={fitJob} />;
  if (proposal) return <ProposalBar />;
  if (source && document.parts.length === 0) {
    return (
      <div className="fit-bar" role="status">
        <span>{source.opened.reference.name} is open. Nothing is fitted to it yet.</span>
        <CommandButton id="part.fit" icon={Sparkles} primary />
      </div>
    );
  }
  return null;
}

function FitProgress({ id }: { readonly id: number }) {
  const workbench = useWorkbench();
  const job = useJobs().find((candidate) => candidate.id === id);
  const { fraction, stage, figures } = job?.progress ?? { fraction: null, stage: 'Starting', figures: {} };
  return (
    <div className="fit-bar" data-testid="fit-progress">
      <progress value={fraction ?? undefined} max={1} aria-label="Fit" />
      <span className="figure">
        {stage}
        {fraction !== null && ` ${Math.round(100 * fraction)} %`}
        {figures.parts !== undefined && ` · ${count(figures.parts)} parts`}
        {figures.iou !== undefined && ` · IoU ${figures.iou.toFixed(3)}`}
      </span>
      <button type="button" className="button" onClick={() => cancelFit(workbench)}>
        Cancel
      </button>
    </div>
  );
}

function ProposalBar() {
  const workbench = useWorkbench();
  const proposal = useUi((state) => state.proposal);
  if (!proposal) return null;
  return (
    <div className="fit-bar" data-testid="fit-proposal" role="status">
      <span>
        The fit is ready: {describeFit(proposal.result, proposal.seconds)}. It would replace your edited
        parts.
      </span>
      <button type="button" className="button primary" onClick={() => adoptFit(workbench, proposal)}>
        <Check size={16} aria-hidden />
        Adopt
      </button>
      <button type="button" className="button" onClick={() => discardFit(workbench)}>
        <X size={16} aria-hidden />
        Discard
      </button>
    </div>
  );
}
