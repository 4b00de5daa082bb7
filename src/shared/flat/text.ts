import type { FormatSavedAs } from '../formats/index';
import { partColour } from '../shape/colour';
import { partPolygon } from './polygon';
import type { FlatFrame, FlatMask, FlatPolygon, FlatShape } from './types';

export type FlatFormat = FormatSavedAs<'drawing'>;

/** What is written: the shape, and the picture that it lies on. */
export interface FlatDrawing {
  readonly shape: FlatShape;
  readonly frame: FlatFrame;
  readonly width: number;
  readonly height: number;
}

/** A drawing over a mask of its size. */
export function drawingOver(mask: FlatMask, frame: FlatFrame, shape: FlatShape): FlatDrawing {
  return { shape, frame, width: mask.width, height: mask.height };
}

/** A polygon's corners in pixels of the picture, y down, x and y in turn. */
export function pixelCorners({ corners }: FlatPolygon, { centre, pixelsPerUnit }: FlatFrame): number[] {
  return Array.from(corners, (value, i) => centre[i % 2] + (i % 2 === 0 ? value : -value) * pixelsPerUnit);
}

/** The drawing as a file's text; every number of the polygons is kept to the last bit. */
export function flatText(drawing: FlatDrawing, format: FlatFormat): string {
  return format === 'svg' ? svgText(drawing) : jsonText(drawing);
}

/** One polygon per part in pixels; `data-lines` names the line of each edge. Parts without an area are left out. */
function svgText({ shape, frame, width, height }: FlatDrawing): string {
  const polygons = shape.parts.flatMap((part) => {
    const polygon = partPolygon(part);
    if (!polygon) return [];
    const corners = pixelCorners(polygon, frame);
    const points = Array.from(polygon.lines, (_, i) => `${corners[2 * i]},${corners[2 * i + 1]}`).join(' ');
    const colour = partColour(part.index, 'light').css;
    return [
      `  <polygon id="part-${part.index + 1}" data-lines="${[...polygon.lines].join(' ')}" fill="${colour}" points="${points}"/>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ` <g fill-opacity="0.7" stroke="#1b1e23" stroke-width="0.5" stroke-linejoin="round">`,
    ...polygons,
    ' </g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The half-planes in learning units, and the polygons in pixels with the line of each edge. */
function jsonText({ shape, frame, width, height }: FlatDrawing): string {
  const parts = shape.parts.map((part) => {
    const polygon = partPolygon(part);
    const corners = polygon ? pixelCorners(polygon, frame) : [];
    return {
      ...part,
      polygon: Array.from({ length: corners.length / 2 }, (_, i) => [corners[2 * i], corners[2 * i + 1]]),
      edgeLines: polygon ? [...polygon.lines] : [],
    };
  });
  const content = { picture: { width, height }, frame, sharpness: shape.sharpness, parts };
  return `${JSON.stringify(content, null, 2)}\n`;
}
