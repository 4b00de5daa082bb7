import type { Vec3 } from '../geometry/types';

/**
 * One half-space of a part: {x : normal . (x - translation) <= offset}, translation being the part's.
 * `normal` has unit length. Learned offsets lie in (0, 0.5); edited ones may be any finite number.
 */
export interface PartPlane {
  readonly normal: Vec3;
  readonly offset: number;
  /** A locked plane is left as it is by a fit or a refinement. */
  readonly locked: boolean;
}

/** A convex part in learning space (the cube of side 1 around the origin). */
export interface ConvexPart {
  /** Stable for the life of the document. */
  readonly id: string;
  readonly name: string;
  /** The learned part's index: the same index has always the same hue. */
  readonly index: number;
  readonly translation: Vec3;
  readonly planes: readonly PartPlane[];
  /** Smoothness delta of the smooth maximum, in (50, 300) when learned. */
  readonly smoothness: number;
  readonly visible: boolean;
  /** A locked part is left as it is by a fit or a refinement. */
  readonly locked: boolean;
}

/** A union of convex parts. */
export interface ConvexShape {
  readonly parts: readonly ConvexPart[];
  /** Sharpness sigma of the indicator; 75 in the reference. */
  readonly sharpness: number;
}

/**
 * A shape as flat buffers, the form that kernels and losses take (CvxNet, Deng et al., CVPR 2020).
 * K = parts, H = planes per part, D = dims. Parts with fewer planes are padded with INACTIVE_OFFSET, whose weight in
 * the smooth maximum is exactly zero.
 */
export interface PackedShape<A extends Float32Array | Float64Array = Float64Array> {
  readonly dims: 2 | 3;
  readonly parts: number;
  readonly planes: number;
  readonly sharpness: number;
  /** [K, H, D] unit normals. */
  readonly normals: A;
  /** [K, H] offsets d; inside is n . (x - c) <= d. */
  readonly offsets: A;
  /** [K, D] translations c. */
  readonly translations: A;
  /** [K] smoothness delta. */
  readonly smoothness: A;
}

/** Offset of a padding plane: far outside any learning space, and exact in float32. */
export const INACTIVE_OFFSET = 1024;
