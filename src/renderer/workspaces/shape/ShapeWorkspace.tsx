import { WorkspaceColumns } from '../../workbench/shell/WorkspaceColumns';
import { Inspector } from './panels/Inspector';
import { Outliner } from './panels/Outliner';
import { ViewportPanel } from './panels/ViewportPanel';

/** Outliner, viewport and inspector. */
export function ShapeWorkspace() {
  return (
    <WorkspaceColumns
      left={{
        id: 'outliner-panel',
        label: 'the outliner',
        content: <Outliner />,
        size: 232,
        least: 160,
        collapsible: true,
      }}
      middle={{ id: 'viewport-panel', content: <ViewportPanel /> }}
      right={{ id: 'inspector-panel', label: 'the inspector', content: <Inspector />, collapsible: true }}
    />
  );
}
