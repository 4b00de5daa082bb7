import { useState } from 'react';
import { useUi } from '../state/hooks';
import type { Workspace } from '../state/workbench';

/** A workspace with a tab: made when it says so, behind the others while another one is shown. */
export function MountedTab({ tab }: { readonly tab: NonNullable<Workspace['tab']> }) {
  const { name, mounted, View } = tab;
  const shown = useUi((state) => state.workspace === name);
  const [visited, setVisited] = useState(shown);
  if (shown && !visited) setVisited(true);
  const kept = mounted === 'always' || (mounted === 'once visited' && visited);
  if (!shown && !kept) return null;
  return (
    <div className="workspace-layer" role="tabpanel" aria-labelledby={`tab-${name}`} hidden={!shown}>
      <View />
    </div>
  );
}
