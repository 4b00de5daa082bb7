import type { ShapeView } from '../../../shared/dataset/types';
import { ok, type Result } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';
import { createView } from '../../files/source/depth/view';
import { refineByDepth, refineByOutline } from '../../learning/cvxnet/refine';
import type { ConvexFieldKernel } from '../../compute/kernels/types';
import type { ColourPicture } from '../observation/load-colour';
import type { DepthPicture } from '../observation/load-depth';
import { observeDepth, seenOutline } from '../observation/observe';
import { findPose, refinable } from '../observation/pose';
import type { OpenNetwork } from '../models/networks';

/** What a refinement needs besides the guess and its view. */
export interface RefineTools {
  readonly kernel: ConvexFieldKernel;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A guess, the code that it was decoded from, and the network that did. */
export interface NetworkGuess {
  readonly network: Pick<OpenNetwork, 'input' | 'config' | 'withWeights' | 'decode'>;
  readonly latent: Float32Array;
  readonly shape: ConvexShape;
}

/**
 * Refines a guess on the view that it was made from, by what the network saw and no more: depth for a depth network,
 * the outline for a colour one. The pose is judged as for a person's picture: the camera's own where it fits, else
 * searched for. The guess itself where no pose explains the view. Problems: cancelled, a camera that does not fit.
 * @param told whether the camera's place is told; otherwise only which way is up is
 */
export async function refineOnView(
  { network, latent, shape }: NetworkGuess,
  view: ShapeView,
  tools: RefineTools,
  told: boolean,
): Promise<Result<ConvexShape>> {
  const picture = network.input === 'depth' ? depthPicture(view) : ok(colourPicture(view));
  if (!picture.ok) return picture;
  if (picture.value === null) return ok(shape);
  const found = findPose(shape, picture.value, told);
  if (found === null) return ok(shape);
  const start = refinable(network, latent, shape, found);
  const request = { ...tools, ...start, onProgress: () => undefined, onPreview: () => undefined };
  if (picture.value.input === 'rgb') {
    return shapeOf(await refineByOutline(request, seenOutline(picture.value), found.pose));
  }
  const { label, points } = observeDepth(picture.value, found.pose);
  return shapeOf(await refineByDepth(request, label, points));
}

function shapeOf(refined: Result<{ readonly shape: ConvexShape }>): Result<ConvexShape> {
  return refined.ok ? ok(refined.value.shape) : refined;
}

/** A view as a depth image that was told apart; null without depth or camera. */
function depthPicture({ depth, camera }: ShapeView): Result<DepthPicture | null> {
  if (depth === null || camera === null) return ok(null);
  const { width, height } = depth;
  const read = { kind: 'depth', width, height, values: depth.depth, notes: [] } as const;
  const view = createView(read, { ...camera, depthScale: 1 }, 'y', 'view', 'camera');
  if (!view.ok) return view;
  const mask = Uint8Array.from(depth.depth, (z) => (z > 0 ? 1 : 0));
  return ok({ input: 'depth', name: 'view', view: view.value, mask, planes: [], camera, notes: [] });
}

/** A view as a colour picture that was told apart by its coverage; null without colour. */
function colourPicture({ colour, camera }: ShapeView): ColourPicture | null {
  if (colour === null) return null;
  const { width, height, rgba } = colour;
  return {
    input: 'rgb',
    name: 'view',
    width,
    height,
    small: colour,
    image: colour,
    area: { left: 0, top: 0, width, height },
    mask: Uint8Array.from({ length: width * height }, (_, i) => rgba[i * 4 + 3]),
    maskFrom: 'alpha',
    camera,
    notes: [],
  };
}
