import { lookAt } from '../../../shared/geometry/ray-camera';
import { renderMesh } from '../../../shared/geometry/ray-render';
import { triangulatePolytope } from '../../../shared/geometry/triangulate';
import { partColour } from '../../../shared/shape/colour';
import { partPolytope } from '../../../shared/shape/explicit';
import type { ConvexPart } from '../../../shared/shape/types';

export interface PictureOrder {
  readonly parts: readonly ConvexPart[];
  /** Learned index of the part that keeps its colour while the others turn grey; null colours all. */
  readonly highlighted: number | null;
  readonly upAxis: 'y' | 'z';
  /** Pixels, width and height. */
  readonly size: number;
}

/** Radians: the cube of learning space with a margin. */
const VERTICAL_VIEW = 0.72;
const GREY: readonly number[] = [122, 126, 134];

/** A small studio picture of a shape: [size * size * 4] RGBA, row by row. */
export function renderShape({ parts, highlighted, upAxis, size }: PictureOrder): Uint8Array {
  const positions: number[] = [];
  const indices: number[] = [];
  const colours: number[] = [];
  for (const part of parts) {
    const polytope = partPolytope(part);
    if (!polytope.ok) continue;
    const mesh = triangulatePolytope(polytope.value);
    const first = positions.length / 3;
    for (const value of mesh.positions) positions.push(value);
    for (const index of mesh.indices) indices.push(first + index);
    const rgb = highlighted === null || part.index === highlighted ? colourOf(part.index) : GREY;
    for (let t = 0; t < mesh.indices.length; t += 3) colours.push(...rgb);
  }
  const mesh = { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
  const [eye, up] = (
    upAxis === 'y'
      ? [
          [1.1, 0.85, 1.6],
          [0, 1, 0],
        ]
      : [
          [1.1, -1.6, 0.85],
          [0, 0, 1],
        ]
  ) as [[number, number, number], [number, number, number]];
  const camera = lookAt(eye, [0, 0, 0], up, size, size, VERTICAL_VIEW);
  return renderMesh(mesh, camera, { colours: Uint8Array.from(colours), upAxis, samples: 2 });
}

function colourOf(index: number): readonly number[] {
  const { css } = partColour(index, 'dark');
  return [1, 3, 5].map((digit) => Number.parseInt(css.slice(digit, digit + 2), 16));
}
