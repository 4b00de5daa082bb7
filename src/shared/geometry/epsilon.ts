/**
 * The one epsilon policy of the exact geometry. All are relative: multiply by the size that is meant (`reach` = largest
 * absolute coordinate, `extent` = longest side of the bounding box).
 */

/** Rounding of a signed distance, times reach: a vertex this close to a plane counts as on it. 64 units in the last place. */
export const ON_PLANE = 64 * Number.EPSILON;

/** Vertices of one edge closer than this times extent are one vertex; a face that loses its third vertex so is redundant. */
export const WELD = 1e-10;

/** A body whose volume is below this times extent cubed has no usable inside: it is reported as a sliver. */
export const SLIVER = 1e-15;

/** How far the length of a normal may differ from 1 (float32 data differ by 1e-7). */
export const UNIT_NORMAL = 1e-3;

/** Facets of a hull closer than this times extent (of the dual body) are one face. */
export const COPLANAR = 1e-9;

/** A point set thinner than this times extent has no hull with a volume. */
export const FLAT_POINTS = 1e-9;
