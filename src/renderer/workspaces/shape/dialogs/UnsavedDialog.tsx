import { save } from '../actions/save';
import { useDocument, useWorkbench } from '../../../workbench/state/hooks';
import { CloseButton, Dialog } from '../../../workbench/dialogs/Dialog';
import { closeDialog } from '../../../workbench/dialogs/handle';

export function UnsavedDialog({ proceed }: { readonly proceed: () => void }) {
  const workbench = useWorkbench();
  const { document } = useDocument();
  const close = (): void => closeDialog(workbench);
  const saveFirst = async (): Promise<void> => {
    close();
    if (await save(workbench)) proceed();
  };
  return (
    <Dialog
      title={`Save the changes to ${document.name}?`}
      actions={
        <>
          <CloseButton />
          <button
            type="button"
            className="button"
            onClick={() => {
              close();
              proceed();
            }}
          >
            Don't save
          </button>
          <button type="button" className="button primary" data-focus onClick={() => void saveFirst()}>
            Save
          </button>
        </>
      }
    >
      <p>What is not saved is lost when another shape takes its place.</p>
    </Dialog>
  );
}
