import type { FlatOptions, FlatPreview } from '../../../shared/contract/flat';
import { packFlat } from '../../../shared/flat/pack';
import { partPolygon } from '../../../shared/flat/polygon';
import { pixelCorners } from '../../../shared/flat/text';
import type { FlatFrame, FlatMask, FlatPart, FlatPolygon, FlatShape } from '../../../shared/flat/types';
import { partColour, type Theme } from '../../../shared/shape/colour';
import { evaluateField, unionIndicator } from '../../../shared/shape/field';
import type { FlatView } from './state';

export interface FlatPicture {
  readonly mask: FlatMask;
  readonly shown: FlatPreview | null;
  readonly view: FlatView;
  readonly part: number;
  /** The field is drawn with these, whatever it was fitted with. */
  readonly options: Pick<FlatOptions, 'smoothness' | 'sharpness'>;
  readonly theme: Theme;
  /** CSS colours. */
  readonly paper: string;
  readonly ink: string;
  readonly accent: string;
}

/** Longest side of the grid that the field is evaluated on; it is drawn smoothly enlarged. */
const FIELD_SIDE = 144;
const INFERNO = ['#000004', '#320a5e', '#781c6d', '#bc3754', '#ed6925', '#fbb61a', '#fcffa4'];

/** Draws the mask and what was fitted to it over the whole canvas. */
export function drawFlat(canvas: HTMLCanvasElement, picture: FlatPicture): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { mask, shown, view, theme } = picture;
  const scale = canvas.width / mask.width;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = picture.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  if (view === 'field' && shown) drawField(context, picture, shown);
  else drawMask(context, mask, picture.ink);
  if (!shown) return;
  if (view === 'part') {
    const part = shown.shape.parts[picture.part] ?? shown.shape.parts[0];
    for (const other of shown.shape.parts) {
      if (other !== part)
        tracePart(context, other, shown.frame, { stroke: picture.ink, width: 1, alpha: 0.5 });
    }
    if (part) drawPartWithLines(context, picture, part, shown.frame);
    return;
  }
  for (const part of shown.shape.parts) {
    const colour = partColour(part.index, theme).css;
    if (view === 'polygons') tracePart(context, part, shown.frame, { fill: colour, alpha: 0.62 });
    tracePart(context, part, shown.frame, {
      stroke: view === 'field' ? '#ffffff' : colour,
      width: 1.5,
      alpha: 0.9,
    });
  }
}

function drawMask(context: CanvasRenderingContext2D, mask: FlatMask, ink: string): void {
  const [red, green, blue] = channels(context, ink);
  const image = new ImageData(mask.width, mask.height);
  for (let i = 0; i < mask.inside.length; i++) {
    if (mask.inside[i] === 1) image.data.set([red, green, blue, 110], 4 * i);
  }
  drawImage(context, image, mask, false);
}

/** The union's indicator max_k C_k, black at 0, bright at 1. */
function drawField(
  context: CanvasRenderingContext2D,
  picture: FlatPicture,
  { shape, frame }: FlatPreview,
): void {
  const { mask, options } = picture;
  const step = Math.max(mask.width, mask.height) / FIELD_SIDE;
  const width = Math.max(1, Math.round(mask.width / step));
  const height = Math.max(1, Math.round(mask.height / step));
  const values = fieldOnGrid(withField(shape, options), frame, mask, width, height);
  const image = new ImageData(width, height);
  const stops = INFERNO.map((colour) => channels(context, colour));
  values.forEach((value, i) => {
    const at = Math.min(value * (stops.length - 1), stops.length - 1.000001);
    const [low, high, t] = [stops[Math.floor(at)], stops[Math.floor(at) + 1], at % 1];
    image.data.set([...low.map((channel, c) => channel + t * (high[c] - channel)), 255], 4 * i);
  });
  drawImage(context, image, mask, true);
}

/** The same half-planes under another smoothness and sharpness. */
export function withField(shape: FlatShape, { smoothness, sharpness }: FlatPicture['options']): FlatShape {
  return { sharpness, parts: shape.parts.map((part) => ({ ...part, smoothness })) };
}

/** The field at the middles of a grid's cells over the mask, [height * width]. */
export function fieldOnGrid(
  shape: FlatShape,
  frame: FlatFrame,
  mask: Pick<FlatMask, 'width' | 'height'>,
  width: number,
  height: number,
): Float64Array {
  const points = new Float64Array(width * height * 2);
  for (let i = 0; i < width * height; i++) {
    const x = (((i % width) + 0.5) / width) * mask.width;
    const y = ((Math.floor(i / width) + 0.5) / height) * mask.height;
    points[2 * i] = (x - frame.centre[0]) / frame.pixelsPerUnit;
    points[2 * i + 1] = (frame.centre[1] - y) / frame.pixelsPerUnit;
  }
  return unionIndicator(evaluateField(packFlat(shape), points).indicator, shape.parts.length, width * height);
}

/** One part filled, and its lines from border to border: those that bound it drawn through, idle ones dashed. */
function drawPartWithLines(
  context: CanvasRenderingContext2D,
  picture: FlatPicture,
  part: FlatPart,
  frame: FlatFrame,
): void {
  const colour = partColour(part.index, picture.theme).css;
  const bounding = new Set(partPolygon(part)?.lines);
  tracePart(context, part, frame, { fill: colour, alpha: 0.62 });
  const reach = picture.mask.width + picture.mask.height;
  part.lines.forEach(({ normal, offset }, line) => {
    const x = frame.centre[0] + (part.translation[0] + normal[0] * offset) * frame.pixelsPerUnit;
    const y = frame.centre[1] - (part.translation[1] + normal[1] * offset) * frame.pixelsPerUnit;
    context.globalAlpha = bounding.has(line) ? 0.95 : 0.6;
    context.strokeStyle = picture.accent;
    const unit = lineUnit(context);
    context.lineWidth = (bounding.has(line) ? 1.5 : 1) * unit;
    context.setLineDash(bounding.has(line) ? [] : [4 * unit, 4 * unit]);
    context.beginPath();
    // The line runs across its normal, which the picture shows with y down.
    context.moveTo(x - normal[1] * reach, y - normal[0] * reach);
    context.lineTo(x + normal[1] * reach, y + normal[0] * reach);
    context.stroke();
  });
  context.setLineDash([]);
  const [x, y] = [
    frame.centre[0] + part.translation[0] * frame.pixelsPerUnit,
    frame.centre[1] - part.translation[1] * frame.pixelsPerUnit,
  ];
  context.globalAlpha = 1;
  context.fillStyle = picture.accent;
  context.beginPath();
  context.arc(x, y, 3 * lineUnit(context), 0, 2 * Math.PI);
  context.fill();
}

interface Trace {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly alpha: number;
}

function tracePart(context: CanvasRenderingContext2D, part: FlatPart, frame: FlatFrame, trace: Trace): void {
  const polygon: FlatPolygon | null = partPolygon(part);
  if (!polygon) return;
  const corners = pixelCorners(polygon, frame);
  context.beginPath();
  for (let i = 0; i < corners.length; i += 2) context.lineTo(corners[i], corners[i + 1]);
  context.closePath();
  context.globalAlpha = trace.alpha;
  if (trace.fill) {
    context.fillStyle = trace.fill;
    context.fill();
  }
  if (trace.stroke) {
    context.strokeStyle = trace.stroke;
    context.lineWidth = (trace.width ?? 1) * lineUnit(context);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** One CSS pixel in the mask's pixels. */
function lineUnit(context: CanvasRenderingContext2D): number {
  return window.devicePixelRatio / context.getTransform().a;
}

function drawImage(
  context: CanvasRenderingContext2D,
  image: ImageData,
  { width, height }: FlatMask,
  smooth: boolean,
): void {
  const small = new OffscreenCanvas(image.width, image.height);
  small.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = smooth;
  context.drawImage(small, 0, 0, width, height);
}

/** The channels of a hex colour, 0 to 255. */
function channels(context: CanvasRenderingContext2D, colour: string): readonly number[] {
  // A canvas gives every opaque colour back as #rrggbb.
  context.fillStyle = colour;
  const hex = String(context.fillStyle);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
