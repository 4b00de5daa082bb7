/** A point or direction. Coordinates are float64; the unit is that of the space the caller names. */
export type Vec3 = readonly [number, number, number];

/** Any numeric buffer that geometry reads. */
export type Numbers = ArrayLike<number>;

/** An indexed triangle mesh: positions x,y,z per vertex, three vertex indices per triangle, counter-clockwise outside. */
export interface TriangleMesh {
  readonly positions: Float64Array;
  readonly indices: Uint32Array;
}

/** One face of a polytope. */
export interface PolytopeFace {
  /**
   * Index of the half-space that made the face, in the caller's order: a click on a face is a click on a plane.
   * A face made by the clipping box has plane -1 - i, i the box side in the order -x, +x, -y, +y, -z, +z.
   */
  readonly plane: number;
  /** Vertex indices, counter-clockwise seen from outside. At least 3. */
  readonly loop: readonly number[];
}

/** A bounded convex polytope as an explicit boundary: V - E + F = 2. */
export interface Polytope {
  /** x,y,z per vertex, in the space of the planes that were intersected. */
  readonly vertices: Float64Array;
  readonly faces: readonly PolytopeFace[];
  /** Half-spaces that made no face, ascending. */
  readonly redundantPlanes: readonly number[];
  /** True when the planes alone do not bound the body and the box had to. */
  readonly clippedByBox: boolean;
}

/** Mass properties at unit density. */
export interface MassProperties {
  readonly volume: number;
  readonly centre: Vec3;
  /** Inertia about the centre of mass: xx, yy, zz, xy, xz, yz (off-diagonals are the tensor's own, with their sign). */
  readonly inertia: readonly [number, number, number, number, number, number];
}
