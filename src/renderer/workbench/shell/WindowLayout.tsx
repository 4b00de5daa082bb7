import { useEffect } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { Dock } from '../dock/Dock';
import { Inspector } from '../../workspaces/shape/panels/Inspector';
import { Outliner } from '../../workspaces/shape/panels/Outliner';
import { ViewportPanel } from '../../workspaces/shape/panels/ViewportPanel';
import { setDock } from '../actions/dock';
import { useUi, useWorkbench } from '../state/hooks';
import { ExplainWorkspace } from '../../workspaces/explain/ExplainWorkspace';
import { TrainWorkspace } from '../../workspaces/train/TrainWorkspace';
import { LatentWorkspace } from '../../workspaces/latent/LatentWorkspace';
import { ReconstructWorkspace } from '../../workspaces/reconstruct/ReconstructWorkspace';
import { KeptWorkspace } from './KeptWorkspace';
import { useLayout } from './use-layout';
import { WorkspaceColumns } from './WorkspaceColumns';

const DOCK_LINE = 32;
const DOCK_OPEN = 208;

/** Outliner, viewport, inspector, and the dock below; sizes are remembered in percent by panel id. */
export function WindowLayout() {
  const workbench = useWorkbench();
  const { defaultLayout, remember } = useLayout(['work-panel', 'dock-panel']);
  const dock = usePanelRef();
  return (
    <Group
      orientation="vertical"
      className="rows"
      defaultLayout={defaultLayout}
      onLayoutChanged={(next, meta) => {
        // A size that the window gave says nothing about what a person wants.
        if (!meta.isUserInteraction) return;
        remember(next);
        if (dock.current) setDock(workbench, !dock.current.isCollapsed());
      }}
    >
      <Panel id="work-panel" minSize={200}>
        <CurrentWorkspace />
      </Panel>
      <Separator className="separator horizontal" aria-label="Resize the jobs" />
      <DockPanel panel={dock} />
    </Group>
  );
}

/** The shape workspace stays mounted behind the others: switching never loses state, nor the camera. */
function CurrentWorkspace() {
  const workspace = useUi((state) => state.workspace);
  return (
    <>
      <div className="workspace-layer" hidden={workspace !== 'shape'}>
        <ShapeWorkspace />
      </div>
      <KeptWorkspace name="reconstruct">
        <ReconstructWorkspace />
      </KeptWorkspace>
      <KeptWorkspace name="latent">
        <LatentWorkspace />
      </KeptWorkspace>
      <KeptWorkspace name="explain">
        <ExplainWorkspace />
      </KeptWorkspace>
      {workspace === 'train' && <TrainWorkspace />}
    </>
  );
}

function ShapeWorkspace() {
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

function DockPanel({ panel }: { readonly panel: ReturnType<typeof usePanelRef> }) {
  const open = useUi((state) => state.dockOpen);
  useEffect(() => {
    const dock = panel.current;
    if (!dock || open !== dock.isCollapsed()) return;
    if (!open) dock.collapse();
    else {
      dock.expand();
      if (dock.getSize().inPixels < DOCK_OPEN) dock.resize(DOCK_OPEN);
    }
  }, [open, panel]);
  return (
    <Panel
      id="dock-panel"
      panelRef={panel}
      defaultSize={DOCK_LINE}
      collapsedSize={DOCK_LINE}
      minSize={120}
      maxSize="60%"
      collapsible
      groupResizeBehavior="preserve-pixel-size"
    >
      <Dock />
    </Panel>
  );
}
