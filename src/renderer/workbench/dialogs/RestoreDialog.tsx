import { discardRecovery, restoreRecovery } from '../../workspaces/shape/actions/recovery';
import { useWorkbench } from '../state/hooks';
import { Dialog } from './Dialog';

export function RestoreDialog() {
  const workbench = useWorkbench();
  return (
    <Dialog
      title="Restore unsaved work?"
      onDismiss={() => undefined}
      actions={
        <>
          <button type="button" className="button" onClick={() => void discardRecovery(workbench)}>
            Discard
          </button>
          <button
            type="button"
            className="button primary"
            data-focus
            onClick={() => void restoreRecovery(workbench)}
          >
            Restore
          </button>
        </>
      }
    >
      <p>Halfspace did not close in the usual way last time. What had not been saved is still here.</p>
    </Dialog>
  );
}
