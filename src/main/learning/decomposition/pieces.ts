import type { Manifold } from 'manifold-3d';
import type { TriangleMesh } from '../../../shared/geometry/types';
import type { FacetPlane } from './facets';
import { deleteAll } from './solids';

/** A piece of a solid, and what its hull has beyond it. */
export interface Piece {
  readonly solid: Manifold;
  readonly volume: number;
  readonly hullVolume: number;
}

/**
 * Half of the slab that a cut takes away: without it faces that lie in the plane stay attached as flaps of no
 * thickness. The planes of the parts are put back where they were (`partPlanes`).
 */
const KERF = 1e-6;
/** Less of a body is rounding, learning units cubed. */
const LEAST_VOLUME = 1e-10;
/** Share of its volume by which the hull of a convex body differs, coordinates being float32. */
const ROUNDING = 1e-5;

/** Takes the solid over. */
export function createPiece(solid: Manifold): Piece {
  const hull = solid.hull();
  const piece = { solid, volume: solid.volume(), hullVolume: hull.volume() };
  hull.delete();
  return piece;
}

/** Volume of the hull that is not the piece's. */
export function excessOf({ volume, hullVolume }: Piece): number {
  return hullVolume - volume;
}

export function isConvex(piece: Piece): boolean {
  return excessOf(piece) <= ROUNDING * piece.volume;
}

/** The connected bodies on both sides of a plane; null when the plane cuts nothing. */
export function cutPiece({ solid }: Piece, { normal, offset }: FacetPlane): Piece[] | null {
  const [x, y, z] = normal;
  const sides = [solid.trimByPlane([x, y, z], offset + KERF), solid.trimByPlane([-x, -y, -z], KERF - offset)];
  const bodies = sides.flatMap(connectedBodies);
  if (sides.some((side) => side.volume() <= LEAST_VOLUME)) {
    deleteAll([...sides, ...bodies]);
    return null;
  }
  deleteAll(sides);
  return bodies.map(createPiece);
}

/** A body with a cavity stays whole: the library would give the cavity as a body of its own, inside out. */
function connectedBodies(side: Manifold): Manifold[] {
  const bodies = side.decompose();
  if (bodies.some((body) => body.volume() < 0)) {
    deleteAll(bodies);
    return [side.translate(0, 0, 0)];
  }
  return bodies.filter((body) => {
    if (body.volume() > LEAST_VOLUME) return true;
    body.delete();
    return false;
  });
}

export function meshOf(solid: Manifold): TriangleMesh {
  const { vertProperties, triVerts } = solid.getMesh();
  return { positions: Float64Array.from(vertProperties), indices: Uint32Array.from(triVerts) };
}
