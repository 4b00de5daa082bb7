import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import type { FlatFrame, FlatMask } from '../../../../shared/flat/types';
import type { Random } from '../../../../shared/random';
import type { FitSamples } from '../fit';

/** Learning space reaches half a unit from the middle; samples a little beyond it keep parts from growing outwards. */
const HALF_SIZE = 0.55;
/** Standard deviation of the distance from the outline, learning units. */
const BAND = 0.02;

export const FLAT_SAMPLING = { box: 8192, nearOutline: 16_384 } as const;

/**
 * Labelled points of a mask in learning units, [N, 2]: uniform in the box, and about points of its outline, which runs
 * along the edges of pixels. A point takes the label of the pixel that it lies in; off the picture is outside.
 */
export function sampleMask(
  mask: FlatMask,
  frame: FlatFrame,
  count: { readonly box: number; readonly nearOutline: number },
  random: Random,
): FitSamples {
  const label = (points: Float32Array): LabelledPoints => ({ points, inside: labelsOf(mask, frame, points) });
  const box = Float32Array.from({ length: count.box * 2 }, () => HALF_SIZE * (2 * random.uniform() - 1));
  const edges = outlineEdges(mask);
  const near = new Float32Array(count.nearOutline * 2);
  for (let i = 0; i < count.nearOutline; i++) {
    const at = 4 * random.integer(edges.length / 4);
    const t = random.uniform();
    const x = edges[at] + t * (edges[at + 2] - edges[at]);
    const y = edges[at + 1] + t * (edges[at + 3] - edges[at + 1]);
    near[2 * i] = (x - frame.centre[0]) / frame.pixelsPerUnit + BAND * random.normal();
    near[2 * i + 1] = (frame.centre[1] - y) / frame.pixelsPerUnit + BAND * random.normal();
  }
  return { box: label(box), nearSurface: label(near) };
}

/** [N] the mask at points [N, 2] of learning space. */
export function labelsOf(mask: FlatMask, frame: FlatFrame, points: Float32Array): Uint8Array {
  const labels = new Uint8Array(points.length / 2);
  for (let i = 0; i < labels.length; i++) {
    const x = Math.floor(frame.centre[0] + points[2 * i] * frame.pixelsPerUnit);
    const y = Math.floor(frame.centre[1] - points[2 * i + 1] * frame.pixelsPerUnit);
    labels[i] = pixel(mask, x, y);
  }
  return labels;
}

/** The edges between inside and outside, x, y, x, y in pixels from the top left corner. */
function outlineEdges(mask: FlatMask): number[] {
  const edges: number[] = [];
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      if (pixel(mask, x, y) === 0) continue;
      if (pixel(mask, x - 1, y) === 0) edges.push(x, y, x, y + 1);
      if (pixel(mask, x + 1, y) === 0) edges.push(x + 1, y, x + 1, y + 1);
      if (pixel(mask, x, y - 1) === 0) edges.push(x, y, x + 1, y);
      if (pixel(mask, x, y + 1) === 0) edges.push(x, y + 1, x + 1, y + 1);
    }
  }
  return edges;
}

function pixel({ width, height, inside }: FlatMask, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : inside[y * width + x];
}
