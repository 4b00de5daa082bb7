import { useState, type ReactNode } from 'react';
import { useUi } from '../state/hooks';
import type { WorkspaceName } from '../state/ui';

export interface KeptWorkspaceProps {
  readonly name: WorkspaceName;
  readonly children: ReactNode;
}

/** A workspace that is made at its first visit and stays behind the others afterwards, with its camera and its fields. */
export function KeptWorkspace({ name, children }: KeptWorkspaceProps) {
  const shown = useUi((state) => state.workspace === name);
  const [visited, setVisited] = useState(shown);
  if (shown && !visited) setVisited(true);
  if (!visited && !shown) return null;
  return (
    <div className="workspace-layer" role="tabpanel" aria-labelledby={`tab-${name}`} hidden={!shown}>
      {children}
    </div>
  );
}
