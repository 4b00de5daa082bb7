import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import type { Frame } from '../../../../shared/document/types';
import type { Random } from '../../../../shared/random';
import { BOX_HALF_SIZE, SURFACE_BAND } from '../frame';
import { SEEN, type SpaceLabeller } from './space';

/** Draws per wanted point: what nobody saw may be most of the box. */
const TRIES = 60;

/** Up to `count` points uniform in the known part of the box of side 1.1, learning units. */
export function sampleKnownBox(
  count: number,
  label: SpaceLabeller,
  frame: Frame,
  random: Random,
): LabelledPoints {
  return collect(count, label, frame, (out) => {
    for (let c = 0; c < 3; c++) out[c] = (2 * random.uniform() - 1) * BOX_HALF_SIZE;
  });
}

/** Up to `count` known points about the surface, whose points [N, 3] are in learning units. */
export function sampleKnownSurface(
  count: number,
  label: SpaceLabeller,
  frame: Frame,
  surface: Float64Array,
  random: Random,
): LabelledPoints {
  return collect(count, label, frame, (out) => {
    const p = random.integer(surface.length / 3) * 3;
    for (let c = 0; c < 3; c++) out[c] = surface[p + c] + SURFACE_BAND * random.normal();
  });
}

function collect(
  count: number,
  label: SpaceLabeller,
  { origin, metresPerUnit }: Frame,
  draw: (out: Float32Array) => void,
): LabelledPoints {
  const points = new Float32Array(count * 3);
  const inside = new Uint8Array(count);
  const point = new Float32Array(3);
  let found = 0;
  for (let tries = count * TRIES; found < count && tries > 0; tries--) {
    draw(point);
    const seen = label(
      origin[0] + metresPerUnit * point[0],
      origin[1] + metresPerUnit * point[1],
      origin[2] + metresPerUnit * point[2],
    );
    if (seen !== SEEN.free && seen !== SEEN.inside) continue;
    points.set(point, found * 3);
    inside[found++] = seen === SEEN.inside ? 1 : 0;
  }
  return { points: points.slice(0, found * 3), inside: inside.slice(0, found) };
}
