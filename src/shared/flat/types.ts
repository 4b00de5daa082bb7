/** A point or direction of the plane. */
export type Vec2 = readonly [number, number];

/** One line of a flat part: {x : normal . (x - translation) <= offset}, the normal of unit length. */
export interface FlatLine {
  readonly normal: Vec2;
  readonly offset: number;
}

/** A convex part of the plane in learning space (the square of side 1 around the origin, y up). */
export interface FlatPart {
  /** The same index has always the same hue. */
  readonly index: number;
  readonly translation: Vec2;
  readonly lines: readonly FlatLine[];
  /** Smoothness delta of the smooth maximum. */
  readonly smoothness: number;
}

/** A union of convex parts of the plane: CvxNet's representation with D = 2. */
export interface FlatShape {
  readonly parts: readonly FlatPart[];
  /** Sharpness sigma of the indicator. */
  readonly sharpness: number;
}

/** Which pixels belong to a shape. */
export interface FlatMask {
  readonly width: number;
  readonly height: number;
  /** [height * width], row by row from the top: 1 inside, 0 outside. */
  readonly inside: Uint8Array;
}

/** How learning space lies on a picture: pixel = centre + pixelsPerUnit * (x, -y); pixel (0, 0) begins at its corner. */
export interface FlatFrame {
  readonly centre: Vec2;
  readonly pixelsPerUnit: number;
}

/** A part's outline, in learning units. */
export interface FlatPolygon {
  /** [M, 2] corners, anticlockwise with y up. */
  readonly corners: Float64Array;
  /** [M] the part's line that carries the edge from corner i to the next; OUTSIDE_LINE where only the box does. */
  readonly lines: Int32Array;
}

/** Marks an edge that lies on no line of the part: the part is open there and was cut by the box. */
export const OUTSIDE_LINE = -1;
