import { useEffect, useRef, useState } from 'react';
import { DEFAULT_FRAME } from '../../../shared/document/fields';
import type { Frame } from '../../../shared/document/types';
import type { ConvexPart } from '../../../shared/shape/types';
import { lendViewport } from '../shape/actions/viewport';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { createViewport, type PaintedSurface, type PickTarget, type Viewport } from '../../viewport';
import { shapeSlice } from '../shape/state';

export interface ShapeCanvasProps {
  readonly parts: readonly ConvexPart[];
  readonly frame: Frame | null;
  readonly selected: string | null;
  /** Parts that are marked beside the selected one. */
  readonly marked?: readonly string[];
  /** Parts that are painted in colours of their own. */
  readonly painted?: ReadonlyMap<string, PaintedSurface> | null;
  readonly onSelect: (partId: string | null) => void;
  /** The workspace of this canvas is shown: commands of the view are meant for it. */
  readonly active: boolean;
}

const NONE: readonly string[] = [];

/** A viewport on a shape that is no document: to look at and to select in, not to edit. */
export function ShapeCanvas({
  parts,
  frame,
  selected,
  marked = NONE,
  painted = null,
  onSelect,
  active,
}: ShapeCanvasProps) {
  const workbench = useWorkbench();
  const theme = useUi((state) => state.theme);
  const showGrid = useSlice(shapeSlice, (state) => state.showGrid);
  const showEdges = useSlice(shapeSlice, (state) => state.showEdges);
  const explode = useSlice(shapeSlice, (state) => state.explode);
  const container = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState<Viewport | null>(null);
  const [hover, setHover] = useState<PickTarget | null>(null);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  }, [onSelect]);

  useEffect(() => {
    if (!container.current) return;
    const created = createViewport(container.current, {
      onHover: setHover,
      onSelect: (target) => select.current(target?.partId ?? null),
      onEdit: () => undefined,
      onFrameRate: (frameRate) => shapeSlice.set(workbench, { frameRate }),
    });
    setViewport(created);
    return () => {
      setViewport(null);
      created.dispose();
    };
  }, [workbench]);

  useEffect(() => {
    viewport?.update({
      parts,
      frame: frame ?? DEFAULT_FRAME,
      ghost: null,
      ghostOpacity: 0,
      selectedPartIds: new Set(selected === null ? marked : [selected, ...marked]),
      selectedPlane: null,
      hover,
      isolatedPartIds: null,
      explode,
      showGrid,
      showEdges,
      painted,
      theme,
      readOnly: true,
    });
  }, [viewport, parts, frame, selected, marked, painted, hover, explode, showGrid, showEdges, theme]);

  useEffect(() => {
    if (!viewport || !active) return;
    return lendViewport(
      workbench,
      viewport,
      () => container.current?.getBoundingClientRect() ?? new DOMRect(),
    );
  }, [workbench, viewport, active]);

  return <div ref={container} className="viewport-canvas" />;
}
