import { useUi, WorkbenchContext } from '../state/hooks';
import type { Workbench } from '../state/workbench';
import { DialogHost } from '../dialogs/DialogHost';
import { DropTarget } from './DropTarget';
import { StatusBar } from './StatusBar';
import { TopBar } from './TopBar';
import { WindowLayout } from './WindowLayout';
import { WorkspaceNotice } from './WorkspaceNotice';

export function App({ workbench }: { readonly workbench: Workbench }) {
  return (
    <WorkbenchContext value={workbench}>
      <DropTarget>
        <TopBar />
        <CurrentWorkspace />
        <StatusBar />
      </DropTarget>
      <DialogHost />
    </WorkbenchContext>
  );
}

/** The shape workspace stays mounted behind the others: switching never loses state, nor the camera. */
function CurrentWorkspace() {
  const workspace = useUi((state) => state.workspace);
  return (
    <main className="workspace">
      <div className="workspace-layer" hidden={workspace !== 'shape'}>
        <WindowLayout />
      </div>
      {workspace !== 'shape' && <WorkspaceNotice workspace={workspace} />}
    </main>
  );
}
