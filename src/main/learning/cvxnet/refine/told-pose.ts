import type { ShapePose } from './pose';

/** A camera's pose about a shape. */
export interface FoundPose {
  readonly pose: ShapePose;
  /** Of a depth camera the mean distance between what was measured and the shape, both ways, learning units. */
  readonly error: number;
  /** It is where the camera says that it stands, and was not searched for. */
  readonly told: boolean;
}

/** Times the best pose's error that a told one may have. */
const FACTOR = 2;

/**
 * Where the camera says that it stands, when that explains the picture about as well as the best pose that a search
 * found: a guess is not the object, and a search bends the pose to its mistakes. Else the camera's world is not the
 * object's own frame, and the search is taken.
 * @param slack how much worse than twice the searched pose's error the told one's may be
 */
export function believeTold(
  told: ShapePose | null,
  searched: Omit<FoundPose, 'told'>,
  error: (pose: ShapePose) => number,
  slack: number,
): FoundPose {
  const errorTold = told ? error(told) : Infinity;
  return told && errorTold <= FACTOR * searched.error + slack
    ? { pose: told, error: errorTold, told: true }
    : { ...searched, told: false };
}
