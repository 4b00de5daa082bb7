import { useEffect } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { Dock } from '../dock/Dock';
import { setDock } from '../actions/dock';
import { useUi, useWorkbench } from '../state/hooks';
import { MountedTab } from './MountedTab';
import { useLayout } from './use-layout';

const DOCK_LINE = 32;
const DOCK_OPEN = 208;

/** The workspace in front, and the dock below; sizes are remembered in percent by panel id. */
export function WindowLayout() {
  const workbench = useWorkbench();
  const tabs = workbench.workspaces.flatMap(({ tab }) => tab ?? []);
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
        {tabs.map((tab) => (
          <MountedTab key={tab.name} tab={tab} />
        ))}
      </Panel>
      <Separator className="separator horizontal" aria-label="Resize the jobs" />
      <DockPanel panel={dock} />
    </Group>
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
