import type { ConvexShape } from '../../../shared/shape/types';
import {
  findDepthPose,
  findOutlinePose,
  type FoundPose,
  type GuessedCode,
} from '../../learning/cvxnet/refine';
import type { OpenNetwork } from '../models/networks';
import type { ColourPicture } from './load-colour';
import type { DepthPicture } from './load-depth';
import { seenDepth, seenOutline } from './observe';

/** Mean distances beyond which a pose explains too little to be told: learning units, and 1 - IoU of outlines. */
const WORST_POSE = { depth: 0.12, rgb: 0.6 } as const;

/**
 * Null when no pose explains the picture well enough.
 * @param ask whether the camera's own word for its place counts
 */
export function findPose(
  shape: ConvexShape,
  picture: DepthPicture | ColourPicture,
  ask = true,
): FoundPose | null {
  const quiet = ask ? {} : { told: null };
  const found =
    picture.input === 'depth'
      ? findDepthPose(shape, { ...seenDepth(picture), ...quiet })
      : findOutlinePose(shape, { ...seenOutline(picture), ...quiet });
  return found && found.error <= WORST_POSE[picture.input] ? found : null;
}

/** A guess as a refinement takes it. Its code may move only about a told pose: it would follow a searched one's errors. */
export function refinable(
  { config, withWeights, decode }: Pick<OpenNetwork, 'config' | 'withWeights' | 'decode'>,
  latent: Float32Array,
  guess: ConvexShape,
  { told }: FoundPose,
): { readonly guess: ConvexShape; readonly code?: GuessedCode } {
  const shapeOf = async (code: Float32Array): Promise<ConvexShape> => (await decode(code))[0].shape;
  return { guess, ...(told && { code: { latent, config, withWeights, shapeOf } }) };
}
