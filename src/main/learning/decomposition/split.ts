import { concavePlanes, type FacetPlane } from './facets';
import { cutPiece, excessOf, isConvex, meshOf, type Piece } from './pieces';
import { deleteAll } from './solids';

/** What a piece costs beside the share of the excess that is left: one more, and one more that is not convex. */
const PIECE_COST = 0.02;
const OPEN_COST = 0.02;
/** More planes at concave edges than this, and the solid is no shape of flat sides. */
const MOST_PLANES = 40;
/** First cuts that are each followed to the end. */
const BEGINNINGS = 6;

/**
 * A solid as convex pieces, cut along its own facets at concave edges: the cut that leaves the least of the hulls' excess
 * and the fewest pieces comes first, and of some beginnings the one that ends with the fewest pieces is kept. Null when
 * this takes more than `most` pieces. The pieces' solids are the caller's; the solid stays its owner's.
 */
export function splitIntoConvex(root: Piece, most: number): Piece[] | null {
  if (isConvex(root)) return [{ ...root, solid: copy(root) }];
  const planes = concavePlanes(meshOf(root.solid));
  if (planes.length > MOST_PLANES) return null;
  let best: Piece[] | null = null;
  for (const first of rankedCuts(root, planes).slice(0, BEGINNINGS)) {
    const pieces = splitFrom(root, first, best === null ? most : best.length - 1);
    // The best beginning that needs too many is no shape of flat sides, or one of too many.
    if (pieces === null && best === null) return null;
    if (pieces === null) continue;
    if (best) release(best);
    best = pieces;
  }
  return best;
}

export function release(pieces: readonly Piece[]): void {
  deleteAll(pieces.map(({ solid }) => solid));
}

function copy({ solid }: Piece): Piece['solid'] {
  return solid.translate(0, 0, 0);
}

function splitFrom(root: Piece, first: FacetPlane, most: number): Piece[] | null {
  const done: Piece[] = [];
  const open: Piece[] = [];
  const sort = (pieces: readonly Piece[]): void => {
    for (const piece of pieces) (isConvex(piece) ? done : open).push(piece);
  };
  sort(cutPiece(root, first) ?? []);
  while (open.length > 0 && done.length + open.length <= most) {
    open.sort((a, b) => excessOf(b) - excessOf(a));
    const piece = open.shift()!;
    const [next] = rankedCuts(piece, concavePlanes(meshOf(piece.solid)));
    const pieces = next && cutPiece(piece, next);
    piece.solid.delete();
    if (!pieces) {
      // Concave, yet without a cut that divides it: not a shape of flat sides.
      release([...done, ...open]);
      return null;
    }
    sort(pieces);
  }
  if (open.length === 0 && done.length <= most) return done;
  release([...done, ...open]);
  return null;
}

/** The planes that divide a piece, the best first. */
function rankedCuts(piece: Piece, planes: readonly FacetPlane[]): FacetPlane[] {
  const costs = planes.flatMap((plane) => {
    const pieces = cutPiece(piece, plane);
    if (pieces === null) return [];
    const cost = costOf(piece, pieces);
    release(pieces);
    return [{ plane, cost }];
  });
  return costs.toSorted((a, b) => a.cost - b.cost).map(({ plane }) => plane);
}

function costOf(piece: Piece, pieces: readonly Piece[]): number {
  const left = pieces.reduce((sum, one) => sum + excessOf(one), 0);
  const open = pieces.filter((one) => !isConvex(one)).length;
  return left / excessOf(piece) + PIECE_COST * pieces.length + OPEN_COST * open;
}
