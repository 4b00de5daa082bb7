import { Eye, EyeOff, Lock, LockOpen } from 'lucide-react';
import { memo, useState } from 'react';
import { partColour } from '../../../../shared/shape/colour';
import type { ConvexPart } from '../../../../shared/shape/types';
import { lockParts, rename, showParts } from '../actions/edit';
import { useUi, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { shapeSlice } from '../state';

export interface OutlinerRowProps {
  readonly part: ConvexPart;
  readonly selected: boolean;
  /** Whether Tab reaches this row: one row of the list is in the tab order. */
  readonly focusable: boolean;
  onSelect(id: string, range: boolean, toggle: boolean): void;
}

export const OutlinerRow = memo(function OutlinerRow({
  part,
  selected,
  focusable,
  onSelect,
}: OutlinerRowProps) {
  const workbench = useWorkbench();
  const theme = useUi((state) => state.theme);
  const hovered = useSlice(shapeSlice, (state) => state.hover?.partId === part.id);
  const renaming = useSlice(shapeSlice, (state) => state.renaming === part.id);
  const problem = useSlice(shapeSlice, (state) => state.figures?.perPart.get(part.id)?.problem ?? null);
  const className = ['part-row', hovered && 'hovered', !part.visible && 'hidden-part']
    .filter(Boolean)
    .join(' ');
  return (
    <div
      role="row"
      className={className}
      data-part-id={part.id}
      aria-selected={selected}
      tabIndex={focusable ? 0 : -1}
      onClick={(event) => onSelect(part.id, event.shiftKey, event.ctrlKey || event.metaKey)}
      onDoubleClick={() => shapeSlice.set(workbench, { renaming: part.id })}
      onPointerEnter={() => shapeSlice.set(workbench, { hover: { partId: part.id, plane: null } })}
      onPointerLeave={() => shapeSlice.set(workbench, { hover: null })}
    >
      <span role="gridcell" className="row-cell">
        <RowToggle
          label={`${part.visible ? 'Hide' : 'Show'} ${part.name}`}
          on={!part.visible}
          onClick={() => showParts(workbench, [part.id], !part.visible)}
        >
          {part.visible ? <Eye size={14} aria-hidden /> : <EyeOff size={14} aria-hidden />}
        </RowToggle>
      </span>
      <span role="gridcell" className="row-cell row-name">
        <span className="swatch" style={{ background: partColour(part.index, theme).css }} aria-hidden />
        {renaming ? (
          <RenameField part={part} />
        ) : (
          <span className="ellipsis" title={problem ?? part.name}>
            {part.name}
          </span>
        )}
        {problem && (
          <span className="problem-mark" role="img" aria-label={problem} title={problem}>
            !
          </span>
        )}
      </span>
      <span role="gridcell" className="row-cell">
        <RowToggle
          label={`${part.locked ? 'Unlock' : 'Lock'} ${part.name}`}
          on={part.locked}
          onClick={() => lockParts(workbench, [part.id], !part.locked)}
        >
          {part.locked ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
        </RowToggle>
      </span>
    </div>
  );
});

interface RowToggleProps {
  readonly label: string;
  readonly on: boolean;
  onClick(): void;
  readonly children: React.ReactNode;
}

function RowToggle({ label, on, onClick, children }: RowToggleProps) {
  return (
    <button
      type="button"
      className={on ? 'row-toggle on' : 'row-toggle'}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {children}
    </button>
  );
}

function RenameField({ part }: { readonly part: ConvexPart }) {
  const workbench = useWorkbench();
  const [text, setText] = useState(part.name);
  return (
    <input
      className="rename-field"
      aria-label={`Name of ${part.name}`}
      value={text}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => rename(workbench, part.id, text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') shapeSlice.set(workbench, { renaming: null });
      }}
    />
  );
}
