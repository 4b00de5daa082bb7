export type { GuessedCode } from './code';
export { findDepthPose } from './depth-pose';
export { findOutlinePose } from './outline-pose';
export { poseMatrix, toCamera, toShape, type ShapePose } from './pose';
export { refineByDepth, refineByOutline, type Refined } from './refine';
export { pointsInShape, type ObservedLabel } from './samples';
export { observedPoints, type SeenDepth, type SeenObject } from './seen';
export type { FoundPose } from './told-pose';
