import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useLayout } from './use-layout';

/** A column beside the middle of a workspace. */
export interface SideColumn {
  readonly id: string;
  /** What the separator between it and the middle resizes. */
  readonly label: string;
  readonly content: ReactNode;
  /** CSS pixels. */
  readonly size?: number;
  readonly least?: number;
  readonly collapsible?: boolean;
}

export interface WorkspaceColumnsProps {
  readonly left: SideColumn;
  readonly middle: { readonly id: string; readonly content: ReactNode; readonly least?: number };
  readonly right?: SideColumn;
}

/** What every workspace is made of: a middle that takes the room there is, and a column or two beside it. */
export function WorkspaceColumns({ left, middle, right }: WorkspaceColumnsProps) {
  const ids = [left.id, middle.id, ...(right ? [right.id] : [])];
  const { defaultLayout, remember } = useLayout(ids);
  return (
    <Group
      className="columns"
      defaultLayout={defaultLayout}
      onLayoutChanged={(next, meta) => meta.isUserInteraction && remember(next)}
    >
      <Side {...left} />
      <Separator className="separator vertical" aria-label={`Resize ${left.label}`} />
      <Panel id={middle.id} minSize={middle.least ?? 280}>
        {middle.content}
      </Panel>
      {right && (
        <>
          <Separator className="separator vertical" aria-label={`Resize ${right.label}`} />
          <Side {...right} />
        </>
      )}
    </Group>
  );
}

function Side({ id, content, size = 304, least = 240, collapsible }: SideColumn) {
  return (
    <Panel
      id={id}
      defaultSize={size}
      minSize={least}
      maxSize="45%"
      collapsible={collapsible}
      groupResizeBehavior="preserve-pixel-size"
    >
      {content}
    </Panel>
  );
}
