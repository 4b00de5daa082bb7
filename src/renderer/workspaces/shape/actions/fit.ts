import type { FitResult } from '../../../../shared/contract/jobs';
import { fitChange } from '../../../../shared/document/build';
import { isEditedSinceFit } from '../../../../shared/document/edits';
import { isKept } from '../../../../shared/document/locks';
import { seconds as formatSeconds } from '../../../ui/format';
import type { Proposal } from '../state';
import type { Workbench } from '../../../workbench/state/workbench';
import { reportProblem, runJob } from '../../../workbench/actions/jobs';
import { shapeSlice } from '../state';

const POINTS_PER_STEP = 2048;

/** Fits parts to the open source. Locked parts and planes stay; the preview is shown, never written to the document. */
export async function startFit(workbench: Workbench): Promise<void> {
  const { source, fit: options, fitJob } = shapeSlice.get(workbench);
  if (!source || fitJob !== null) return;
  const before = workbench.document.state().document;
  // Without a lock a fit starts afresh: its own start is better than most shapes.
  const kept = before.parts.filter(isKept).length;
  const turn = workbench.turns.begin('fit');
  shapeSlice.set(workbench, { proposal: null, isolated: null });
  workbench.document.select({ partIds: [], plane: null });

  const end = await runJob(
    workbench,
    {
      kind: 'fit',
      source: source.request,
      options: { ...options, pointsPerStep: POINTS_PER_STEP },
      ...(kept > 0 && { initial: { parts: before.parts, sharpness: before.sharpness } }),
    },
    {
      title: `Fit up to ${options.parts} parts to ${source.opened.reference.name}`,
      outcome: ({ value, seconds }) =>
        kept > options.parts
          ? `${describeFit(value, seconds)}: ${kept} parts are locked, so ${options.parts} could not be kept to`
          : describeFit(value, seconds),
      next: 'file.export',
      onStarted: (id) => shapeSlice.set(workbench, { fitJob: id }),
    },
    {
      onPreview: (preview) => {
        if (turn.holds() && shapeSlice.get(workbench).fitJob !== null) shapeSlice.set(workbench, { preview });
      },
    },
  );
  shapeSlice.set(workbench, { preview: null, fitJob: null });
  if (!end.ok || !turn.holds()) return;
  const proposal: Proposal = { result: end.value.value, seconds: end.value.seconds, options };
  if (isEditedSinceFit(workbench.document.state().document)) shapeSlice.set(workbench, { proposal });
  else adoptFit(workbench, proposal);
}

/** Makes a fit the document's shape, as one entry that undo takes back. */
export function adoptFit(workbench: Workbench, { result, options }: Proposal): void {
  const applied = workbench.document.apply(
    fitChange(result, { ...options, pointsPerStep: POINTS_PER_STEP }),
    'immediate',
  );
  if (!applied.ok) reportProblem(workbench, 'Fit parts', applied.error);
  shapeSlice.set(workbench, { proposal: null, isolated: null });
}

/** Ends the running fit and forgets the one that waits: what they were fitted to is no longer there. */
export function dropFit(workbench: Workbench): void {
  const { fitJob } = shapeSlice.get(workbench);
  if (fitJob !== null) workbench.jobs.cancel(fitJob);
  shapeSlice.set(workbench, { preview: null, proposal: null });
}

export function discardFit(workbench: Workbench): void {
  shapeSlice.set(workbench, { proposal: null });
}

/** "24 parts, IoU 0.95 in 2.1 s", or "3 parts, exact in 0.4 s". */
export function describeFit(result: FitResult, seconds: number): string {
  const { partCount, iou } = result.figures;
  const truth = result.stopped === 'exact' ? 'exact' : `IoU ${iou.toFixed(2)}`;
  return `${partCount} ${partCount === 1 ? 'part' : 'parts'}, ${truth} in ${formatSeconds(seconds)}`;
}
