import { useState, type DragEvent, type ReactNode } from 'react';
import { openDropped } from '../actions/open-file';
import { useWorkbench } from '../state/hooks';

/** Takes files wherever they are dropped. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const workbench = useWorkbench();
  // dragenter of a child comes before dragleave of its parent, so the depth has to be counted.
  const [depth, setDepth] = useState(0);
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDepth(0);
    void openDropped(workbench, [...event.dataTransfer.files]);
  };
  return (
    <div
      className="window"
      onDragEnter={(event) => carriesFile(event) && setDepth((value) => value + 1)}
      onDragLeave={(event) => carriesFile(event) && setDepth((value) => Math.max(0, value - 1))}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
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
