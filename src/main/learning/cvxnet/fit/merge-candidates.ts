import type { Random } from '../../../../shared/random';
import type { PackedShape } from '../../../../shared/shape/types';
import { isCovered, type Coverage, type WeightedPoints } from './coverage';

/** Segments between two parts that are probed for a pair. */
const PROBES = 64;
/** A pair is a candidate when at most this share of the probes leaves the union. */
const LEAST_CONVEX = 0.04;
/** Pairs that are worth a trial at most, the most convex first. */
const MOST = 12;

/**
 * Pairs of parts whose union looks convex: of random points on segments from one to the other nearly all are covered
 * by the shape. Sorted, the most convex first.
 */
export function mergeCandidates(
  shape: PackedShape<Float32Array>,
  cover: Coverage,
  samples: WeightedPoints,
  free: ReadonlySet<number>,
  random: Random,
): (readonly [number, number])[] {
  const members = Array.from(free, (k) => ({ k, rows: membersOf(cover.byPart[k], samples.inside, random) }));
  const full = members.filter(({ rows }) => rows.length > 0);
  const pairs: { readonly pair: readonly [number, number]; readonly outside: number }[] = [];
  const probe = new Float64Array(3);
  for (let i = 0; i < full.length; i++) {
    for (let j = i + 1; j < full.length; j++) {
      let outside = 0;
      for (let p = 0; p < PROBES; p++) {
        const from = full[i].rows[p % full[i].rows.length];
        const to = full[j].rows[p % full[j].rows.length];
        const t = random.uniform();
        for (let a = 0; a < 3; a++) {
          probe[a] = samples.grid.points[from * 3 + a] * (1 - t) + samples.grid.points[to * 3 + a] * t;
        }
        if (!isCovered(shape, probe)) outside++;
      }
      if (outside <= PROBES * LEAST_CONVEX) pairs.push({ pair: [full[i].k, full[j].k], outside });
    }
  }
  return pairs
    .sort((a, b) => a.outside - b.outside)
    .slice(0, MOST)
    .map(({ pair }) => pair);
}

/** Up to PROBES random interior samples that the part covers. */
function membersOf(covered: Uint8Array, inside: Uint8Array, random: Random): number[] {
  const rows: number[] = [];
  for (let i = 0; i < covered.length; i++) if (covered[i] === 1 && inside[i] === 1) rows.push(i);
  return rows.length <= PROBES
    ? rows
    : Array.from({ length: PROBES }, () => rows[random.integer(rows.length)]);
}
