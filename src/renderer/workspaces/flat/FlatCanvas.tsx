import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { drawMask } from './actions';
import { drawFlat } from './draw';
import { stroke } from './paint';
import { flatSlice } from './state';

/** Longest side of the drawing, CSS pixels. */
const SIDE = 440;
/** How far an arrow key moves the brush, pixels of the mask. */
const KEY_STEP = 6;

type Point = readonly [number, number];

/** The mask and what was fitted to it. Draws with the mouse, or with the arrow keys and the space bar. */
export function FlatCanvas() {
  const workbench = useWorkbench();
  const { mask, shown, view, part, options, tool, brush } = useSlice(flatSlice);
  const theme = useUi((state) => state.theme);
  const ref = useRef<HTMLCanvasElement>(null);
  const last = useRef<Point | null>(null);
  const [keyPoint, setKeyPoint] = useState<Point | null>(null);
  const size = SIDE / Math.max(mask.width, mask.height);
  const ratio = window.devicePixelRatio;

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const style = getComputedStyle(canvas);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    drawFlat(canvas, {
      mask,
      shown,
      view,
      part,
      options,
      theme,
      paper: colour('--viewport'),
      ink: colour('--text'),
      accent: colour('--accent-ink'),
    });
  }, [mask, shown, view, part, options, theme]);

  const paint = (from: Point, to: Point): void => {
    const current = flatSlice.get(workbench).mask;
    drawMask(workbench, stroke(current, from, to, brush, tool === 'pen' ? 1 : 0));
  };
  const pointAt = (event: PointerEvent<HTMLElement>): Point => {
    const area = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - area.left) / area.width) * mask.width,
      ((event.clientY - area.top) / area.height) * mask.height,
    ];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = keyPoint ?? [mask.width / 2, mask.height / 2];
    if (event.key === ' ') {
      event.preventDefault();
      setKeyPoint(at);
      paint(at, at);
      return;
    }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? 1 : KEY_STEP;
    const next: Point = [
      Math.min(mask.width, Math.max(0, at[0] + way[0] * step)),
      Math.min(mask.height, Math.max(0, at[1] + way[1] * step)),
    ];
    setKeyPoint(next);
  };
  const percent = (value: number, of: number): string => `${(100 * value) / of}%`;

  return (
    <div
      className="flat-drawing"
      role="application"
      aria-label="Mask and polygons"
      aria-describedby="flat-drawing-help"
      tabIndex={0}
      data-testid="flat-canvas"
      style={{ width: mask.width * size, height: mask.height * size }}
      onKeyDown={onKeyDown}
      onBlur={() => setKeyPoint(null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = pointAt(event);
        paint(last.current, last.current);
      }}
      onPointerMove={(event) => {
        if (!last.current) return;
        const next = pointAt(event);
        paint(last.current, next);
        last.current = next;
      }}
      onPointerUp={() => {
        last.current = null;
      }}
      onPointerCancel={() => {
        last.current = null;
      }}
    >
      <canvas
        ref={ref}
        width={Math.round(mask.width * size * ratio)}
        height={Math.round(mask.height * size * ratio)}
      />
      {keyPoint && (
        <span
          className="flat-brush"
          style={{
            left: percent(keyPoint[0], mask.width),
            top: percent(keyPoint[1], mask.height),
            width: brush * size,
            height: brush * size,
          }}
        />
      )}
    </div>
  );
}
