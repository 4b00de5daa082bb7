import type { Frame, UpAxis } from '../../../shared/document/types';
import type { Numbers, Vec3 } from '../../../shared/geometry/types';

/** Half the edge of the box in which labelled points lie, learning units (Occupancy Networks' 1.1). */
export const BOX_HALF_SIZE = 0.55;

/** Standard deviation of near-surface points' distance, learning units. */
export const SURFACE_BAND = 0.02;

export interface Bounds {
  readonly centre: Vec3;
  readonly size: Vec3;
  /** Longest side. */
  readonly extent: number;
}

/** Bounding box of points [N, 3]; all zeros for none. */
export function boundsOf(points: Numbers): Bounds {
  if (points.length === 0) return { centre: [0, 0, 0], size: [0, 0, 0], extent: 0 };
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 3) {
    for (let c = 0; c < 3; c++) {
      low[c] = Math.min(low[c], points[i + c]);
      high[c] = Math.max(high[c], points[i + c]);
    }
  }
  const size: Vec3 = [high[0] - low[0], high[1] - low[1], high[2] - low[2]];
  return {
    centre: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
    size,
    extent: Math.max(...size),
  };
}

/** The frame in which the box has longest edge 1 and its centre at the origin. */
export function frameOf(bounds: Bounds, metresPerFileUnit: number, upAxis: UpAxis): Frame {
  const [x, y, z] = bounds.centre;
  return {
    origin: [x * metresPerFileUnit, y * metresPerFileUnit, z * metresPerFileUnit],
    metresPerUnit: bounds.extent * metresPerFileUnit,
    upAxis,
  };
}

/** File units to learning units. */
export function toLearning(points: Numbers, bounds: Bounds): Float64Array {
  const out = new Float64Array(points.length);
  for (let i = 0; i < out.length; i++) out[i] = (points[i] - bounds.centre[i % 3]) / bounds.extent;
  return out;
}

export function scaleSize(size: Vec3, factor: number): [number, number, number] {
  return [size[0] * factor, size[1] * factor, size[2] * factor];
}
