import type { ConvexShape } from '../../../../shared/shape/types';
import { bodyOf } from './body';
import { poseOf, searchPose, type Pivot, type PoseParameters } from './pose';
import type { SeenObject } from './seen';
import { outlineError, outlineOf } from './silhouette';
import { believeTold, type FoundPose } from './told-pose';

const AZIMUTHS = 36;
const ELEVATIONS = [0, 10, 20, 30, 45, 65].map((degrees) => (degrees * Math.PI) / 180);
const SECOND = 12;
const LAST = 3;
/** How much worse a told pose may explain the outline: many poses explain one. */
const SLACK = 0.2;

/**
 * Where a colour camera stands about a shape, by the shape's outline alone: the unit is the shape's own, and the error
 * is 1 - IoU of the outlines. Where the camera's own word explains it about as well, that is taken. Null when the shape has no body or the mask is empty.
 */
export function findOutlinePose(shape: ConvexShape, seen: SeenObject): FoundPose | null {
  const body = bodyOf(shape, 1);
  const outline = outlineOf(seen);
  if (!body || !outline) return null;
  const error = (pose: ReturnType<typeof poseOf>): number => outlineError(body, outline, pose);
  const extent = extentOf(outline.object);
  const middleX = outline.left + extent.column * outline.stepX;
  const middleY = outline.top + extent.row * outline.stepY;
  // A unit cube's diagonal view is about 1.2 wide.
  const distance = 1.2 / Math.max(extent.columns * outline.stepX, extent.rows * outline.stepY);
  const pivot: Pivot = [middleX * distance, middleY * distance, distance];
  const candidates = ELEVATIONS.flatMap((elevation) =>
    Array.from({ length: AZIMUTHS }, (_, i) => {
      const azimuth = (2 * Math.PI * i) / AZIMUTHS;
      // Where the camera looks at the object lies the shape's middle.
      const start: PoseParameters = { azimuth, elevation, roll: 0, logScale: 0, x: 0, y: 0, z: 0 };
      const coarse = { azimuth: 0, elevation: 0, roll: 0, logScale: 0, x: 0.15, y: 0.15, z: 0.15 };
      return searchPose(start, coarse, 1, pivot, error);
    }),
  );
  const steps = { azimuth: 0.1, elevation: 0.1, roll: 0.03, logScale: 0, x: 0.05, y: 0.05, z: 0.05 };
  const best = <T extends { error: number }>(found: readonly T[], count: number): T[] =>
    [...found].sort((a, b) => a.error - b.error).slice(0, count);
  const second = best(candidates, SECOND).map(({ parameters }) =>
    searchPose(parameters, steps, 2, pivot, error),
  );
  const [found] = best(
    best(second, LAST).map(({ parameters }) => searchPose(parameters, steps, 6, pivot, error)),
    1,
  );
  const searched = { pose: poseOf(found.parameters, pivot), error: found.error };
  return believeTold(seen.told, searched, error, SLACK);
}

/** Middle and size of the object's cells. */
function extentOf(object: Uint8Array): { column: number; row: number; columns: number; rows: number } {
  const side = Math.sqrt(object.length);
  const low = [side, side];
  const high = [-1, -1];
  for (let i = 0; i < object.length; i++) {
    if (!object[i]) continue;
    [i % side, Math.floor(i / side)].forEach((value, c) => {
      low[c] = Math.min(low[c], value);
      high[c] = Math.max(high[c], value);
    });
  }
  return {
    column: (low[0] + high[0]) / 2,
    row: (low[1] + high[1]) / 2,
    columns: high[0] - low[0] + 1,
    rows: high[1] - low[1] + 1,
  };
}
