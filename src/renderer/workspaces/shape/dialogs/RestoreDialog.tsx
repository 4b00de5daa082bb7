import { discardRecovery, restoreRecovery } from '../actions/recovery';
import { useWorkbench } from '../../../workbench/state/hooks';
import { Dialog } from '../../../workbench/dialogs/Dialog';

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
