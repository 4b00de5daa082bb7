import { save } from '../../workspaces/shape/actions/save';
import { useDocument, useWorkbench } from '../state/hooks';
import { CloseButton, Dialog } from './Dialog';

export function UnsavedDialog({ proceed }: { readonly proceed: () => void }) {
  const workbench = useWorkbench();
  const { document } = useDocument();
  const close = (): void => workbench.ui.setState({ dialog: null });
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
