import type { HalfspaceDocument } from '../../../../shared/document/types';
import type { Workbench } from '../../../workbench/state/workbench';
import { attempt, reportProblem } from '../../../workbench/actions/jobs';
import { closeDialog } from '../../../workbench/dialogs/handle';
import { restoreDialog } from '../dialogs/handles';
import { openFirstSample, openProject } from './open';
import { shapeSlice } from '../state';

const INTERVAL_MS = 5000;

/** Keeps unsaved work in the recovery file, every few seconds when there is something new. Returns how to stop. */
export function startAutosave(workbench: Workbench): () => void {
  let written: HalfspaceDocument | null = null;
  let writing = false;
  let reported = false;

  const tick = async (): Promise<void> => {
    const { document, unsaved } = workbench.document.state();
    const { drag, source, picture } = shapeSlice.get(workbench);
    if (!unsaved && written) {
      // Saved, discarded or undone: there is nothing left to restore.
      written = null;
      await attempt(workbench, 'Clear recovery', () => workbench.bridge.clearRecovery());
    }
    // What an earlier start left must survive until the person has decided about it.
    if (!unsaved || document === written || writing || drag || restoreDialog.in(workbench.ui.getState()))
      return;
    writing = true;
    try {
      const grant = await workbench.bridge.grantRecovery();
      const behind = source?.request ?? picture?.request;
      const end = await workbench.engine.startJob({
        kind: 'save-project',
        document,
        destination: grant.token,
        ...(behind && { source: behind }),
      }).result;
      if (end.ok) written = document;
      else if (!reported && end.error.code !== 'engine-stopped') {
        reported = true;
        reportProblem(workbench, 'Keep unsaved work', end.error);
      }
    } finally {
      writing = false;
    }
  };
  const timer = window.setInterval(() => void tick(), INTERVAL_MS);
  return () => window.clearInterval(timer);
}

/** At start: offers what was not saved last time, or shows the first sample. */
export async function beginSession(workbench: Workbench): Promise<void> {
  const found = await attempt(workbench, 'Look for unsaved work', () => workbench.bridge.hasRecovery());
  if (found) restoreDialog.open(workbench, {});
  else await openFirstSample(workbench);
}

export async function restoreRecovery(workbench: Workbench): Promise<void> {
  closeDialog(workbench);
  const turn = workbench.turns.begin('document');
  const grant = await attempt(workbench, 'Restore', () => workbench.bridge.grantRecovery());
  if (!grant || !turn.holds()) return;
  await openProject(workbench, grant, { adoptFile: false, saved: false, remember: false });
}

export async function discardRecovery(workbench: Workbench): Promise<void> {
  closeDialog(workbench);
  await attempt(workbench, 'Discard', () => workbench.bridge.clearRecovery());
  await openFirstSample(workbench);
}
