import { REFERENCE_SHARPNESS } from '../../../shared/shape/parameters';
import type { ManifoldApi } from '../../../shared/geometry/manifold';
import type { TriangleMesh } from '../../../shared/geometry/types';
import type { ConvexShape } from '../../../shared/shape/types';
import { FINISHED_SMOOTHNESS } from '../cvxnet/fit/finish';
import { partName } from '../cvxnet/fit/names';
import { exactBodies, type ExactLimits } from './exact';

/**
 * The shape of a solid that is made of flat-sided convex parts: exactly these, with the solid's own facets as planes.
 * Null for any other solid (`exactBodies` says which), which is for a fit to approximate.
 */
export function exactShape(api: ManifoldApi, mesh: TriangleMesh, limits: ExactLimits): ConvexShape | null {
  const bodies = exactBodies(api, mesh, limits);
  if (bodies === null) return null;
  const parts = bodies.map(({ planes, middle }, at) => ({
    ...partName(at + 1),
    visible: true,
    locked: false,
    smoothness: FINISHED_SMOOTHNESS,
    translation: middle,
    planes: planes.map(({ normal, offset }) => ({
      normal,
      offset: offset - normal[0] * middle[0] - normal[1] * middle[1] - normal[2] * middle[2],
      locked: false,
    })),
  }));
  return { parts, sharpness: REFERENCE_SHARPNESS };
}
