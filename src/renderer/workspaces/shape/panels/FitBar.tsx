import { Check, ScanEye, Sparkles, X } from 'lucide-react';
import { adoptFit, describeFit, discardFit } from '../actions/fit';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { useDocument, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { shapeSlice } from '../state';

/** The next step, over the lower edge of the viewport: fit, or adopt what was fitted. */
export function FitBar() {
  const proposal = useSlice(shapeSlice, (state) => state.proposal);
  const fitJob = useSlice(shapeSlice, (state) => state.fitJob);
  const source = useSlice(shapeSlice, (state) => state.source);
  const { document } = useDocument();
  // A running fit shows its progress in the dock.
  if (fitJob !== null) return null;
  if (proposal) return <ProposalBar />;
  if (source && document.parts.length === 0) {
    return (
      <div className="fit-bar" role="status">
        <span>{source.opened.reference.name} is open. Nothing is fitted to it yet.</span>
        <CommandButton id="part.fit" icon={Sparkles} primary />
        {source.opened.reference.kind === 'depth' && (
          <CommandButton id="reconstruct.source" icon={ScanEye} label="Reconstruct" />
        )}
      </div>
    );
  }
  return null;
}

function ProposalBar() {
  const workbench = useWorkbench();
  const proposal = useSlice(shapeSlice, (state) => state.proposal);
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
