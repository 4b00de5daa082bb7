import { useState, type DragEvent, type ReactNode } from 'react';
import { isReadAs } from '../../../shared/formats/lookup';
import { attempt, reportProblem } from '../actions/jobs';
import { openGrant } from '../../workspaces/shape/actions/open';
import { openGranted, takesDrop } from '../../workspaces/explain/collections';
import { openModelFile } from '../../workspaces/models/load';
import { useWorkbench } from '../state/hooks';
import { dropOnTraining } from '../../workspaces/train/setup';

/** Takes a file wherever it is dropped. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const workbench = useWorkbench();
  // dragenter of a child comes before dragleave of its parent, so the depth has to be counted.
  const [depth, setDepth] = useState(0);
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

  /** Pictures come in numbers: everything that was dropped is one collection, or one model. */
  const dropOnExplain = async (files: readonly File[]): Promise<void> => {
    const grants = await Promise.all(
      files.map((file) => attempt(workbench, 'Open', () => workbench.bridge.grantDrop(file))),
    );
    const given = grants.filter((grant) => grant !== null);
    const model = given.find(({ name }) => isReadAs(name, 'model'));
    if (model) await openModelFile(workbench, model);
    else if (given.length > 0) await openGranted(workbench, given);
  };

  const onDrop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setDepth(0);
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    if (workbench.ui.getState().workspace === 'explain' && takesDrop(workbench, files)) {
      await dropOnExplain(files);
      return;
    }
    const [file] = files;
    const grant = await attempt(workbench, 'Open', () => workbench.bridge.grantDrop(file));
    if (grant && workbench.ui.getState().workspace === 'train') await dropOnTraining(workbench, file, grant);
    else if (grant) openGrant(workbench, grant);
    else {
      reportProblem(workbench, 'Open', {
        code: 'not-a-file',
        message: `${file.name || 'What was dropped'} is not a file on this computer.`,
        hint: 'Save it to a folder first, then drop it from there.',
      });
    }
  };

  return (
    <div
      className="window"
      onDragEnter={(event) => carriesFile(event) && setDepth((value) => value + 1)}
      onDragLeave={(event) => carriesFile(event) && setDepth((value) => Math.max(0, value - 1))}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void onDrop(event)}
    >
      {children}
      {depth > 0 && (
        <div className="drop-overlay" aria-hidden>
          <p>Drop to open</p>
        </div>
      )}
    </div>
  );
}
