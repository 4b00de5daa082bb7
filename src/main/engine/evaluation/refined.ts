import type { ShapeView } from '../../../shared/dataset/types';
import type { ConvexShape } from '../../../shared/shape/types';
import { createView } from '../../files/source/depth/view';
import { findDepthPose, refineByDepth, type Refined } from '../../learning/cvxnet/refine';
import type { ConvexFieldKernel } from '../../learning/kernels/types';
import { observeDepth, seenDepth } from '../jobs/learned/observe';

/** What a refinement needs besides the guess and its view. */
export interface RefineTools {
  readonly kernel: ConvexFieldKernel;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/**
 * Refines a guess on the depth view that it was made from, the pose found as for a person's picture: of the view's
 * camera only which way is up is told. Null where no pose is found, or the view has no depth.
 */
export async function refineOnView(
  guess: ConvexShape,
  { depth, camera }: ShapeView,
  tools: RefineTools,
): Promise<Refined | null> {
  if (depth === null || camera === null) return null;
  const { width, height } = depth;
  const read = { kind: 'depth', width, height, values: depth.depth, notes: [] } as const;
  const view = createView(read, { ...camera, depthScale: 1 }, 'y', 'view', 'camera');
  if (!view.ok) return null;
  const picture = {
    input: 'depth',
    name: 'view',
    view: view.value,
    mask: Uint8Array.from(depth.depth, (z) => (z > 0 ? 1 : 0)),
    planes: [],
    camera,
    notes: [],
  } as const;
  const found = findDepthPose(guess, seenDepth(picture));
  if (found === null) return null;
  const { label, points } = observeDepth(picture, found.pose);
  const refined = await refineByDepth(
    { ...tools, guess, onProgress: () => undefined, onPreview: () => undefined },
    label,
    points,
  );
  return refined.ok ? refined.value : null;
}
