import type { Manifold } from 'manifold-3d';
import type { ManifoldApi } from '../../../shared/geometry/manifold';
import type { Piece } from './pieces';
import { deleteAll } from './solids';

/** Share of a joint hull's volume outside the solid that is rounding: cuts take slabs of 2e-6 away. */
const ROUNDING = 2e-5;

/** Some pieces whose joint hull lies in the solid. */
interface Group {
  readonly pieces: ReadonlySet<number>;
  readonly hull: Manifold;
  readonly volume: number;
}

/**
 * Convex bodies that cover convex pieces of a solid, fewer where joint hulls lie in it: pairs are joined while any can
 * be, the least growth first; then a body goes whose pieces others can take as well, which then overlap. The bodies are
 * the caller's, and so the pieces and the solid stay.
 */
export function joinPieces(api: ManifoldApi, solid: Manifold, pieces: readonly Piece[]): Manifold[] {
  const join = createJoin(api, solid, pieces);
  let groups = pieces.map((_, i) => join.single(i));
  for (;;) {
    const best = leastGrowth(groups, join.both);
    if (best === null) break;
    groups = [...groups.filter((group) => group !== best.a && group !== best.b), best.joined];
  }
  for (let given = giveAway(groups, join); given !== null; given = giveAway(groups, join)) groups = given;
  const bodies = groups.map(({ hull }) => hull.translate(0, 0, 0));
  join.dispose();
  return bodies;
}

interface Join {
  single(piece: number): Group;
  /** Null where the joint hull leaves the solid. */
  both(a: Group, b: Group): Group | null;
  dispose(): void;
}

function createJoin(api: ManifoldApi, solid: Manifold, pieces: readonly Piece[]): Join {
  const known = new Map<string, Group | null>();
  const singles = pieces.map((piece, i): Group => {
    const hull = piece.solid.hull();
    return { pieces: new Set([i]), hull, volume: hull.volume() };
  });
  const made = (members: ReadonlySet<number>, a: Group, b: Group): Group | null => {
    const hull = api.Manifold.hull([a.hull, b.hull]);
    const volume = hull.volume();
    const outside = hull.subtract(solid);
    const leaves = outside.volume() > ROUNDING * volume;
    outside.delete();
    if (!leaves) return { pieces: members, hull, volume };
    hull.delete();
    return null;
  };
  return {
    single: (piece) => singles[piece],
    both: (a, b) => {
      const members = new Set([...a.pieces, ...b.pieces].toSorted((x, y) => x - y));
      const key = [...members].join();
      const before = known.get(key);
      if (before !== undefined) return before;
      const group = made(members, a, b);
      known.set(key, group);
      return group;
    },
    dispose: () => {
      const joined = [...known.values()].filter((group) => group !== null);
      deleteAll([...singles, ...joined].map(({ hull }) => hull));
    },
  };
}

function leastGrowth(
  groups: readonly Group[],
  both: Join['both'],
): { a: Group; b: Group; joined: Group } | null {
  let best: { a: Group; b: Group; joined: Group; growth: number } | null = null;
  for (const [i, a] of groups.entries()) {
    for (const b of groups.slice(i + 1)) {
      const joined = both(a, b);
      if (joined === null) continue;
      const growth = joined.volume - a.volume - b.volume;
      if (best === null || growth < best.growth) best = { a, b, joined, growth };
    }
  }
  return best;
}

/** The groups without one of them, its pieces taken by others; null when none can be spared. */
function giveAway(groups: readonly Group[], { single, both }: Join): Group[] | null {
  const small = groups.toSorted((a, b) => a.pieces.size - b.pieces.size || a.volume - b.volume);
  for (const spared of small) {
    let others: Group[] | null = groups.filter((group) => group !== spared);
    for (const piece of spared.pieces) {
      if (others.some((group) => group.pieces.has(piece))) continue;
      others = taken(others, single(piece), both);
      if (others === null) break;
    }
    if (others !== null && others.length > 0) return others;
  }
  return null;
}

/** The groups, of which the one that grows least has taken a piece; null when none can. */
function taken(groups: readonly Group[], piece: Group, both: Join['both']): Group[] | null {
  let best: { from: Group; to: Group } | null = null;
  for (const from of groups) {
    const to = both(from, piece);
    if (to === null) continue;
    if (best === null || to.volume - from.volume < best.to.volume - best.from.volume) best = { from, to };
  }
  return best && groups.map((group) => (group === best.from ? best.to : group));
}
