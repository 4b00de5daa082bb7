import { WorkbenchContext } from '../state/hooks';
import type { Workbench } from '../state/workbench';
import { DialogHost } from '../dialogs/DialogHost';
import { DropTarget } from './DropTarget';
import { StatusBar } from './StatusBar';
import { TopBar } from './TopBar';
import { WindowLayout } from './WindowLayout';

export function App({ workbench }: { readonly workbench: Workbench }) {
  return (
    <WorkbenchContext value={workbench}>
      <DropTarget>
        <TopBar />
        <main className="workspace">
          <WindowLayout />
        </main>
        <StatusBar />
      </DropTarget>
      <DialogHost />
    </WorkbenchContext>
  );
}
