import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { CollectionPicture } from '../../../shared/contract/explain';
import { nearestPoint } from './space';

export interface SpaceCanvasProps {
  readonly pictures: readonly CollectionPicture[];
  /** [pictures * 2] */
  readonly places: Float32Array;
  /** Name of each picture's class; empty where it has none. */
  readonly labels: readonly string[];
  readonly colours: readonly string[];
  /** Index of the chosen point; -1 when none is here. */
  readonly chosen: number;
  readonly hovered: number;
  readonly onHover: (at: number) => void;
  readonly onChoose: (at: number) => void;
}

/** CSS pixels: of a thumbnail, and how near the pointer must be. */
const THUMBNAIL = 26;
const LARGE = 64;
const REACH = 24;
const MARGIN = 40;

interface Window {
  readonly width: number;
  readonly height: number;
}

/** How far a person has zoomed in, and on what: 1 and the middle show everything. */
interface Zoom {
  readonly factor: number;
  readonly x: number;
  readonly y: number;
}

const WHOLE: Zoom = { factor: 1, x: 0, y: 0 };

/** Pictures at their places. Arrow keys go to the next one in a direction, Enter chooses, plus and minus zoom. */
export function SpaceCanvas(props: SpaceCanvasProps) {
  const { pictures, places, labels, colours, chosen, hovered, onHover, onChoose } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  const [zoom, setZoom] = useState(WHOLE);
  const dragged = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const thumbnails = useMemo(() => pictures.map(({ picture }) => thumbnail(picture)), [pictures]);
  const screen = useMemo(() => onScreen(places, size, zoom), [places, size, zoom]);
  const cursor = hovered >= 0 ? hovered : chosen;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || size.width === 0) return;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingEnabled = false;
    const style = getComputedStyle(element);
    const ink = style.getPropertyValue('--text').trim();
    const paper = style.getPropertyValue('--viewport').trim();
    context.font = `600 10px ${style.getPropertyValue('--font')}`;
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    const draw = (i: number, side: number): void => {
      const [x, y] = [screen[i * 2] - side / 2, screen[i * 2 + 1] - side / 2];
      if (x < -side || y < -side || x > size.width || y > size.height) return;
      context.drawImage(thumbnails[i], x, y, side, side);
      if (colours[i]) {
        context.strokeStyle = colours[i];
        context.lineWidth = 2;
        context.strokeRect(x, y, side, side);
      }
      if (labels[i] && labels[i].length <= 2) {
        context.fillStyle = paper;
        context.fillRect(x + side - 9, y + side - 11, 10, 12);
        context.fillStyle = ink;
        context.fillText(labels[i], x + side - 4, y + side - 5);
      }
    };
    for (let i = 0; i < thumbnails.length; i++) if (i !== hovered && i !== chosen) draw(i, THUMBNAIL);
    for (const i of [chosen, hovered]) {
      if (i < 0) continue;
      draw(i, LARGE);
      context.strokeStyle = ink;
      context.lineWidth = i === chosen ? 2 : 1;
      context.strokeRect(
        screen[i * 2] - LARGE / 2 - 2,
        screen[i * 2 + 1] - LARGE / 2 - 2,
        LARGE + 4,
        LARGE + 4,
      );
    }
  }, [thumbnails, screen, size, colours, labels, hovered, chosen]);

  const pointAt = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return nearestPoint(
      screen,
      event.clientX - box.left,
      event.clientY - box.top,
      (dx, dy) => Math.hypot(dx, dy) < REACH,
    );
  };
  const onPointerMove = (event: PointerEvent): void => {
    const from = dragged.current;
    if (!from) {
      onHover(pointAt(event));
      return;
    }
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < 4) return;
    dragged.current = { x: event.clientX, y: event.clientY, moved: true };
    setZoom((now) => ({ ...now, x: now.x + dx, y: now.y + dy }));
  };
  const onPointerUp = (event: PointerEvent): void => {
    const at = pointAt(event);
    if (dragged.current && !dragged.current.moved && at >= 0) onChoose(at);
    dragged.current = null;
  };
  const zoomBy = (factor: number, x = 0, y = 0): void => setZoom((now) => zoomed(now, factor, x, y));
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) {
      const at = Math.max(0, cursor);
      const next = nearestPoint(screen, screen[at * 2], screen[at * 2 + 1], (dx, dy) => {
        const along = dx * way[0] + dy * way[1];
        return along > 0.5 && along >= Math.abs(dx * way[1] + dy * way[0]);
      });
      if (next >= 0) onHover(next);
    } else if (event.key === 'Enter' && cursor >= 0) onChoose(cursor);
    else if (event.key === '+' || event.key === '=') zoomBy(1.5);
    else if (event.key === '-') zoomBy(1 / 1.5);
    else if (event.key === '0') setZoom(WHOLE);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useWheel(canvas, (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
    zoomBy(Math.exp(-event.deltaY * 0.002), x, y);
  });

  return (
    <div
      className="space-canvas"
      role="application"
      aria-label={`${pictures.length} pictures in the latent space. Arrow keys move, Enter chooses, plus and minus zoom.`}
      tabIndex={0}
      data-testid="space-canvas"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = { x: event.clientX, y: event.clientY, moved: false };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => {
        if (!dragged.current) onHover(-1);
      }}
      onDoubleClick={() => setZoom(WHOLE)}
    >
      <canvas ref={canvas} aria-hidden />
    </div>
  );
}

type WheelOnCanvas = WheelEvent & { readonly currentTarget: HTMLCanvasElement };

/** React listens passively to wheels, so scrolling could not be kept from the page around. */
function useWheel(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  onWheel: (event: WheelOnCanvas) => void,
): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const element = canvas.current;
    const listen = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(event as WheelOnCanvas);
    };
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [canvas]);
}

function useSize(canvas: React.RefObject<HTMLCanvasElement | null>): Window {
  const [size, setSize] = useState<Window>({ width: 0, height: 0 });
  useEffect(() => {
    const box = canvas.current?.parentElement;
    if (!box) return;
    const observer = new ResizeObserver(() => {
      if (box.clientWidth > 0) setSize({ width: box.clientWidth, height: box.clientHeight });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [canvas]);
  return size;
}

/** The place under the pointer, measured from the middle, stays where it is. */
function zoomed({ factor, x, y }: Zoom, by: number, atX: number, atY: number): Zoom {
  const next = Math.min(40, Math.max(1, factor * by));
  const real = next / factor;
  return next === 1 ? WHOLE : { factor: next, x: atX + (x - atX) * real, y: atY + (y - atY) * real };
}

/** CSS pixels of every point: the same scale both ways, so that distances can be compared. */
function onScreen(places: Float32Array, { width, height }: Window, zoom: Zoom): Float32Array {
  const count = places.length / 2;
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    left = Math.min(left, places[i * 2]);
    right = Math.max(right, places[i * 2]);
    bottom = Math.min(bottom, places[i * 2 + 1]);
    top = Math.max(top, places[i * 2 + 1]);
  }
  const scale =
    zoom.factor *
    Math.min(
      (width - 2 * MARGIN) / Math.max(1e-6, right - left),
      (height - 2 * MARGIN) / Math.max(1e-6, top - bottom),
    );
  const screen = new Float32Array(places.length);
  for (let i = 0; i < count; i++) {
    screen[i * 2] = width / 2 + zoom.x + (places[i * 2] - (left + right) / 2) * scale;
    screen[i * 2 + 1] = height / 2 + zoom.y - (places[i * 2 + 1] - (bottom + top) / 2) * scale;
  }
  return screen;
}

function thumbnail({ width, height, rgba }: CollectionPicture['picture']): OffscreenCanvas {
  const image = new OffscreenCanvas(width, height);
  image.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
  return image;
}
