import { useEffect, useMemo, useRef, type PointerEvent } from 'react';
import type { ExplainedParts } from '../../../../shared/contract/explain';
import type { Picture } from '../../../../shared/contract/inputs';
import { paintOverlay } from '../../../../shared/pictures/overlay';
import { outlinePath } from '../../reconstruct/outline';
import type { OpenedPicture } from '../../reconstruct/state';
import { rectangleBetween, rectangleBrush, withStroke } from './brush';
import { COLOUR_MAP } from './Legend';
import type { PartMaps } from './maps';
import { partsSlice } from './state';
import { useSlice, useWorkbench } from '../../../workbench/state/hooks';

export interface PartsPictureProps {
  readonly picture: OpenedPicture;
  readonly explained: ExplainedParts;
  readonly maps: PartMaps;
  /** The selected part: its map is laid over the picture. */
  readonly part: { readonly index: number; readonly name: string } | null;
}

/** Canvas pixels: twice what is shown, for sharp displays. */
const SIZE = 720;
/** Of the paint brush, as a share of the picture's width. */
const RADIUS = 0.05;

type Place = readonly [x: number, y: number];

/** The square that the network looked at, the map of a part over it, and what a person brushes. */
export function PartsPicture({ picture, explained, maps, part }: PartsPictureProps) {
  const workbench = useWorkbench();
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ readonly from: Place; readonly at: Place } | null>(null);
  const { opacity, brush, tool } = useSlice(partsSlice);
  const { width, height } = maps;
  const map = part ? maps.byPart.get(part.index) : undefined;
  const outline = useMemo(() => brush && outlinePath(brush, width, height), [brush, width, height]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    drawBase(context, picture, explained);
    if (!map) return;
    const painted = paintOverlay(explained.seen, map, maps.scale, COLOUR_MAP, 1);
    context.globalAlpha = opacity;
    context.drawImage(canvasOf(painted), 0, 0, SIZE, SIZE);
    context.globalAlpha = 1;
  }, [picture, explained, maps, map, opacity]);

  const placeOf = (event: PointerEvent<HTMLElement>): Place => {
    const area = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - area.left) / area.width) * width,
      ((event.clientY - area.top) / area.height) * height,
    ];
  };
  const brushTo = (from: Place, before: Place, at: Place): void => {
    if (tool === 'paint') {
      const painted = withStroke(partsSlice.get(workbench).brush, before, at, RADIUS * width, maps);
      partsSlice.set(workbench, { brush: painted });
      return;
    }
    const rectangle = rectangleBetween(from, at, maps);
    partsSlice.set(workbench, { brush: rectangle && rectangleBrush(rectangle, maps) });
  };
  const end = (): void => {
    last.current = null;
  };
  return (
    <div
      className="picture-frame drawing parts-picture"
      data-testid="parts-picture"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = placeOf(event);
        last.current = { from: at, at };
        brushTo(at, at, at);
      }}
      onPointerMove={(event) => {
        if (!last.current) return;
        const at = placeOf(event);
        brushTo(last.current.from, last.current.at, at);
        last.current = { from: last.current.from, at };
      }}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <canvas
        ref={canvas}
        className="picture"
        width={SIZE}
        height={SIZE}
        role="img"
        aria-label={
          part
            ? `The object in ${picture.name} with the attention of ${part.name}`
            : `The object in ${picture.name}`
        }
      />
      {outline !== null && (
        <svg className="picture-overlay" viewBox={`0 0 ${width} ${height}`} aria-hidden data-testid="brush">
          <path className="outline-under" d={outline} />
          <path className="outline" d={outline} />
        </svg>
      )}
    </div>
  );
}

/** The cut-out in the picture's own pixels: finer than what the network saw, and in the same place. */
function drawBase(
  context: CanvasRenderingContext2D,
  { inspected }: OpenedPicture,
  { crop }: ExplainedParts,
): void {
  const scale = inspected.picture.width / inspected.width;
  context.clearRect(0, 0, SIZE, SIZE);
  context.imageSmoothingEnabled = true;
  context.drawImage(
    canvasOf(inspected.picture),
    crop.x * scale,
    crop.y * scale,
    crop.width * scale,
    crop.height * scale,
    0,
    0,
    SIZE,
    SIZE,
  );
}

function canvasOf({ width, height, rgba }: Picture): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
  return canvas;
}
