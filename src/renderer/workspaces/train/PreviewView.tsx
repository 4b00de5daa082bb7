import { useEffect, useRef } from 'react';
import { DEFAULT_FRAME } from '../../../shared/document/fields';
import type { ConvexShape } from '../../../shared/shape/types';
import { useUi } from '../../workbench/state/hooks';
import { createViewport, type Viewport } from '../../viewport';

const NOTHING: ReadonlySet<string> = new Set();

/** A shape to look at and turn, nothing else: the viewport's engine without selection and tools. */
export function PreviewView({ shape }: { readonly shape: ConvexShape }) {
  const container = useRef<HTMLDivElement>(null);
  const viewport = useRef<Viewport | null>(null);
  const theme = useUi((state) => state.theme);
  useEffect(() => {
    if (!container.current) return;
    const created = createViewport(container.current, {
      onHover: () => undefined,
      onSelect: () => undefined,
      onEdit: () => undefined,
      onFrameRate: () => undefined,
    });
    viewport.current = created;
    return () => {
      viewport.current = null;
      created.dispose();
    };
  }, []);
  useEffect(() => {
    viewport.current?.update({
      parts: shape.parts,
      frame: DEFAULT_FRAME,
      ghost: null,
      ghostOpacity: 0,
      selectedPartIds: NOTHING,
      selectedPlane: null,
      hover: null,
      isolatedPartIds: null,
      explode: 0,
      showGrid: false,
      showEdges: true,
      theme,
      readOnly: true,
    });
  }, [shape, theme]);
  return (
    <figure className="run-preview">
      <div
        ref={container}
        className="run-preview-view"
        data-testid="run-preview"
        data-parts={shape.parts.length}
      />
      <figcaption className="muted small">A held-out shape as the network sees it now</figcaption>
    </figure>
  );
}
