import { useState } from 'react';
import type { FileGrant } from '../../../../shared/contract/bridge';
import { extensionsReadAs } from '../../../../shared/formats/lookup';
import { attempt } from '../../../workbench/actions/jobs';
import { openDepth } from '../actions/open';
import { COMPLETIONS } from '../panels/SourceFacts';
import { useWorkbench } from '../../../workbench/state/hooks';
import { CloseButton, Dialog } from '../../../workbench/dialogs/Dialog';

/** A depth image says nothing without its camera; this asks for the file. */
export function CameraDialog({ grant }: { readonly grant: FileGrant }) {
  const workbench = useWorkbench();
  const [camera, setCamera] = useState<FileGrant | null>(null);
  const [completion, setCompletion] = useState<(typeof COMPLETIONS)[number]['value']>('none');
  const choose = async (): Promise<void> => {
    const chosen = await attempt(workbench, 'Choose camera', () =>
      workbench.bridge.chooseFile({ purpose: 'camera', extensions: extensionsReadAs('camera') }),
    );
    if (chosen) setCamera(chosen);
  };
  return (
    <Dialog
      title="Which camera took this depth image?"
      actions={
        <>
          <CloseButton />
          <button
            type="button"
            className="button primary"
            disabled={!camera}
            onClick={() => camera && void openDepth(workbench, grant, { camera, completion })}
          >
            Open
          </button>
        </>
      }
    >
      <p>
        No camera file lies beside {grant.name}. It holds the focal lengths, the image centre and the depth
        unit, without which the image has no size.
      </p>
      <div className="field">
        <span>Camera file</span>
        <button type="button" className="button" data-focus onClick={() => void choose()}>
          {camera ? camera.name : 'Choose...'}
        </button>
      </div>
      <fieldset className="choices">
        <legend>What the camera did not see</legend>
        {COMPLETIONS.map(({ value, title, hint }) => (
          <label key={value}>
            <input
              type="radio"
              name="completion"
              checked={completion === value}
              onChange={() => setCompletion(value)}
            />
            <span>
              {title} <span className="muted">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
